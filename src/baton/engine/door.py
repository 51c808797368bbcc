"""The door of the engine: which year, and whether every key of the panel is known to the scheme."""

from collections.abc import Iterable
from difflib import get_close_matches

import narwhals as nw

from baton.engine.backends import Backend
from baton.engine.panel.panel import Panel
from baton.engine.plan import Plan
from baton.engine.scheme.structure.figures import reported
from baton.words import Problem, Refused


def frame_years(panel: Panel) -> int:
    """The only year of the panel; raises `Refused` where there is none or more than one."""
    if len(panel.years) == 1:
        return panel.years[0]
    years = "、".join(str(year) for year in panel.years) or "-"
    raise Refused([Problem("engine.year_not_clear", {"years": years})])


def check_panel(plan: Plan, panel: Panel, backend: Backend) -> None:
    """Refuse units, series and figures the scheme does not know, and periods that are none."""
    known = {
        "unit": {unit.code for unit in plan.scheme.units},
        "series": {indicator.series_code for indicator in plan.scheme.indicators},
        "figure": {figure for indicator in plan.scheme.indicators for figure in reported(indicator)},
    }
    problems = []
    for column, codes in known.items():
        found = backend.collect(panel.frame.select(column).unique()).to_series().to_list()
        problems.extend(_unknown(column, sorted(set(found) - codes), codes))
    if problems:
        raise Refused(problems)


def _unknown(column: str, found: Iterable[str], known: set[str]) -> Iterable[Problem]:
    codes = {"unit": "engine.unknown_unit", "series": "engine.unknown_series", "figure": "engine.unknown_figure"}
    for value in found:
        near = get_close_matches(value, sorted(known), n=3)
        yield Problem(codes[column], {"given": value, "near": "、".join(near) or "-"})


