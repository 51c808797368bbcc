"""The door of the engine: which year, and whether every key of the panel is one the scheme reads."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

import narwhals as nw

from baton.engine.backends import Backend
from baton.engine.panel.observation import PERIOD
from baton.engine.panel.panel import Panel
from baton.engine.plan import Plan
from baton.engine.plan.calendar import frequency_of, texts
from baton.engine.scheme.structure.figures import reported
from baton.engine.steps.room import Largest
from baton.engine.steps.tables import Tables
from baton.engine.terms import Frequency
from baton.words import Place, Problem, Refused

_EXAMPLES = {Frequency.MONTH: "{year}-06", Frequency.QUARTER: "{year}-Q2", Frequency.YEAR: "{year}"}


def frame_years(panel: Panel) -> int:
    """The only year of the panel; raises `Refused` where there is none or more than one."""
    if len(panel.years) == 1:
        return panel.years[0]
    years = "、".join(str(year) for year in panel.years) or "-"
    raise Refused([Problem("engine.year_not_clear", {"years": years})])


def check_panel(plan: Plan, tables: Tables, panel: Panel, backend: Backend) -> Largest:
    """Refuse units, series, figures and periods the scheme does not know, and figures for periods that nobody reads.

    Gives the largest absolute value of each figure of a series, in units of 10^-decimals of the series.
    """
    units = {unit.code for unit in plan.scheme.units}
    found_units = backend.collect(panel.frame.select("unit").unique()).to_series().to_list()
    problems = [*_unknown("engine.unknown_unit", set(found_units), units)]
    figures: dict[str, set[str]] = {}
    for indicator in plan.scheme.indicators:
        figures.setdefault(indicator.series_code, set()).update(reported(indicator))
    value = nw.col("value")
    by_figure = panel.frame.group_by("series", "figure").agg(low=value.min(), high=value.max())
    largest = {(s, f): max(abs(low), abs(high)) for s, f, low, high in backend.collect(by_figure).iter_rows()}
    found: dict[str, set[str]] = {}
    for series, figure in largest:
        found.setdefault(series, set()).add(figure)
    problems += _unknown("engine.unknown_series", set(found), set(figures))
    for series in sorted(found.keys() & figures.keys()):
        problems += _unknown("engine.unknown_figure", found[series], figures[series], series=series)
    problems += _periods(plan, tables, panel, backend)
    if problems:
        raise Refused(problems)
    return largest


def _periods(plan: Plan, tables: Tables, panel: Panel, backend: Backend) -> Iterator[Problem]:
    """What is no period, and figures reported more or less often than the scheme reads them; other years are free."""
    given = sorted(backend.collect(panel.frame.select("period").unique()).to_series().to_list())
    known = texts(plan.year)
    for period in given:
        if not re.fullmatch(PERIOD, period):
            yield Problem("engine.frame_not_a_period", {"given": period}, Place(field="period"))
    by_frequency: dict[Frequency, list[str]] = {}
    for period in given:
        if period in known:
            by_frequency.setdefault(frequency_of(known[period]), []).append(period)
    for frequency, periods in by_frequency.items():
        elsewhere = {key for key, read in tables.frequencies.items() if frequency not in read}
        if elsewhere:
            series = sorted({series for series, _ in elsewhere})
            rows = panel.frame.filter(nw.col("series").is_in(series) & nw.col("period").is_in(periods))
            found = backend.collect(rows.group_by("series", "figure").agg(period=nw.col("period").min()))
            for key_series, figure, period in sorted(found.iter_rows()):
                if (key_series, figure) in elsewhere:
                    wanted = sorted(tables.frequencies[key_series, figure], key=list(Frequency).index)
                    shown = "、".join(_EXAMPLES[one].format(year=plan.year) for one in wanted)
                    params = {"series": key_series, "figure": figure, "given": period, "wanted": shown}
                    yield Problem("engine.period_not_read", params, Place(field="period"))


def _unknown(code: str, found: set[str], known: set[str], **params: str) -> Iterable[Problem]:
    for value in sorted(found - known):
        near = get_close_matches(value, sorted(known), n=3) or sorted(known)[:3]
        yield Problem(code, {"given": value, "near": "、".join(near), **params})
