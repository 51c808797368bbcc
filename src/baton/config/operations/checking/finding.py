"""One answer of the self-test."""

from dataclasses import dataclass
from enum import StrEnum

from baton.words import Problem


class State(StrEnum):
    """How it stands."""

    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: sentences of the catalogue, with a mend where it is not good."""

    state: State
    problem: Problem


def good(code: str, **params: object) -> Finding:
    """Say that something is well."""
    return Finding(State.GOOD, Problem(code, params))


def warning(code: str, **params: object) -> Finding:
    """Say what may go wrong later."""
    return Finding(State.WARNING, Problem(code, params))


def error(code: str, **params: object) -> Finding:
    """Say what is wrong now."""
    return Finding(State.ERROR, Problem(code, params))
