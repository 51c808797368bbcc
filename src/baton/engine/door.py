"""The door of the engine: which year, and whether every key of the panel is known to the scheme."""

from collections.abc import Iterable
from difflib import get_close_matches

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
    """Refuse units, series and figures the scheme does not know."""
    units = {unit.code for unit in plan.scheme.units}
    found_units = backend.collect(panel.frame.select("unit").unique()).to_series().to_list()
    problems = [*_unknown("engine.unknown_unit", set(found_units), units)]
    figures: dict[str, set[str]] = {}
    for indicator in plan.scheme.indicators:
        figures.setdefault(indicator.series_code, set()).update(reported(indicator))
    found: dict[str, set[str]] = {}
    for series, figure in backend.collect(panel.frame.select("series", "figure").unique()).iter_rows():
        found.setdefault(series, set()).add(figure)
    problems += _unknown("engine.unknown_series", set(found), set(figures))
    for series in sorted(found.keys() & figures.keys()):
        problems += _unknown("engine.unknown_figure", found[series], figures[series], series=series)
    if problems:
        raise Refused(problems)


def _unknown(code: str, found: set[str], known: set[str], **params: str) -> Iterable[Problem]:
    for value in sorted(found - known):
        near = get_close_matches(value, sorted(known), n=3) or sorted(known)[:3]
        yield Problem(code, {"given": value, "near": "、".join(near), **params})
