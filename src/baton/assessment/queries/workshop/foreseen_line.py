"""A line of a draft as a form would leave it: its rule in words, and what would be found in the scheme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from baton.assessment.queries.workshop.drafts import DraftPage, by_line
from baton.assessment.queries.workshop.lines import rule_lines
from baton.assessment.rules.scheme_edits import with_line, with_new_line
from baton.engine.explain.line import Line
from baton.engine.lint import lint
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.words import Problem


@dataclass(frozen=True, slots=True)
class ForeseenLine:
    """An indicator as it would be: its rule in sentences, what is found in it, and what is new elsewhere."""

    indicator: Indicator
    rule: tuple[Line, ...]
    found: tuple[Problem, ...]
    elsewhere: tuple[Problem, ...]


def as_it_stands(found: DraftPage, one: Indicator) -> ForeseenLine:
    """Give a line of a draft as it stands."""
    return ForeseenLine(one, tuple(rule_lines(one)), found.found.get(f"indicators[{one.code}]", ()), ())


def foreseen_line(found: DraftPage, code: str, changes: Mapping[str, Any], *, new: bool) -> ForeseenLine:
    """Give a line as changes would leave it; nothing is saved. Raises `Refused` with what does not hold."""
    if new:
        line = {"code": code} | {name: value for name, value in changes.items() if value is not None}
        scheme = with_new_line(found.scheme, "indicators", line)
    else:
        scheme = with_line(found.scheme, "indicators", code, changes)
    return _foreseen(found, scheme, code)


def _foreseen(found: DraftPage, scheme: Scheme, code: str) -> ForeseenLine:
    one = next(each for each in scheme.indicators if each.code == code)
    path = f"indicators[{code}]"
    after = by_line(lint(scheme))
    known = {_key(each) for each in _all(found.found)}
    elsewhere = tuple(
        each for line, several in after.items() if line != path for each in several if _key(each) not in known
    )
    return ForeseenLine(one, tuple(rule_lines(one)), after.get(path, ()), elsewhere)


def _all(found: Mapping[str, tuple[Problem, ...]]) -> Iterable[Problem]:
    return (each for several in found.values() for each in several)


def _key(problem: Problem) -> tuple[str, str, str]:
    return problem.code, problem.place.field, str(sorted(problem.params.items(), key=lambda pair: pair[0]))
