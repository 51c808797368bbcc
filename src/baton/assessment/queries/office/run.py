"""One run of a month: what it rests on, why it was refused, its tables, how well indicators tell units apart."""

from collections.abc import Iterator
from dataclasses import dataclass

from baton.assessment.choices import RunState
from baton.assessment.models import LeafResult, Run
from baton.assessment.queries.looking import League, Shown, league
from baton.core.models import User
from baton.words import Place, Problem

_LISTED = 200
"""Indicators by group that are listed; with more, those that tell fewest units apart."""


@dataclass(frozen=True, slots=True)
class Apart:
    """In how many different scores an indicator puts the units of a group; 1: it tells nobody apart."""

    code: str
    name: str
    group: str
    units: int
    different: int


@dataclass(frozen=True, slots=True)
class RunPage:
    """A run with its tables, empty where it gave no result.

    `apart`: the indicators that tell fewest units apart; `more_apart`: how many others tell more.
    """

    run: Run
    tables: tuple[League, ...]
    apart: tuple[Apart, ...]
    more_apart: int
    problems: tuple[Problem, ...]


def run_page(user: User, number: int) -> RunPage | None:
    """Give a run; None where there is none that this person may see."""
    run = Run.objects.visible_to(user).select_related("month", "scheme", "by").filter(pk=number).first()
    if run is None:
        return None
    problems = tuple(Problem(one["code"], one["params"], Place(field=one.get("field", ""))) for one in run.problems)
    if run.state != RunState.DONE:
        return RunPage(run, (), (), 0, problems)
    shown = Shown(run.month, run, None)
    apart = tuple(_apart(shown))
    return RunPage(run, tuple(league(shown)), apart[:_LISTED], len(apart[_LISTED:]), problems)


def _apart(shown: Shown) -> Iterator[Apart]:
    """Those that tell fewest units apart first."""
    points: dict[tuple[str, str], list[object]] = {}
    rows = LeafResult.objects.filter(run=shown.run, part="", points__isnull=False)
    for group, code, given in rows.values_list("group", "indicator", "points"):
        points.setdefault((group, code), []).append(given)
    known, groups = shown.indicators, shown.groups
    found = [
        Apart(code, known[code].name, groups.get(group, group), len(given), len(set(given)))
        for (group, code), given in points.items()
        if code in known and len(given) > 1
    ]
    yield from sorted(found, key=lambda one: (one.different / one.units, one.group, one.code))
