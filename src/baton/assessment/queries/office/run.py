"""One run of a month: what it rests on, why it was refused, its tables, how well indicators tell units apart."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Count

from baton.assessment.choices import RunState
from baton.assessment.models import LeafResult, Run
from baton.assessment.queries.looking import League, Shown, league
from baton.core.models import User
from baton.words import Place, Problem

_LISTED = 200
"""Indicators by group that are listed; with more, those that tell fewest units apart."""
_KEPT_RUNS = 16


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


def _apart(shown: Shown) -> list[Apart]:
    """Those that tell fewest units apart first."""
    known, groups = shown.indicators, shown.groups
    found = [
        Apart(one.code, known[one.code].name, groups.get(one.group, one.group), one.units, one.different)
        for one in _counted(shown.run.pk, shown.run.digest)
        if one.code in known
    ]
    return sorted(found, key=lambda one: (one.different / one.units, one.group, one.code))


class _Counted(NamedTuple):
    group: str
    code: str
    units: int
    different: int


@lru_cache(maxsize=_KEPT_RUNS)
def _counted(run: int, digest: str) -> tuple[_Counted, ...]:
    """Count the units and their different points, by group and indicator, where there are two units at least."""
    rows = LeafResult.objects.filter(run=run, part="", points__isnull=False).order_by().values("group", "indicator")
    counted = rows.annotate(units=Count("pk"), different=Count("points", distinct=True)).values_list(
        "group", "indicator", "units", "different"
    )
    return tuple(one for row in counted if (one := _Counted(*row)).units > 1)
