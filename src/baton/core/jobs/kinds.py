"""The kinds of jobs that apps registered."""

from collections.abc import Callable
from dataclasses import dataclass

from baton.core.jobs.work import Work


@dataclass(frozen=True, slots=True)
class Kind:
    """What a job does. `code`: its name, and its words in the catalogue.

    `run` does it, in steps that may each be done twice: a step that was cut off is done again.
    """

    code: str
    run: Callable[[Work], None]


_KINDS: dict[str, Kind] = {}


def register_job(code: str, run: Callable[[Work], None]) -> None:
    """Add a kind; raises `ValueError` for one that is there."""
    if code in _KINDS:
        msg = f"jobs of kind {code} are registered twice"
        raise ValueError(msg)
    _KINDS[code] = Kind(code, run)


def kind_of(code: str) -> Kind:
    """Give a kind. Raises `KeyError` for one that nobody registered."""
    return _KINDS[code]
