"""The door of the engine: which year, and whether every key of the panel is one the scheme reads."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

import narwhals as nw

from baton.engine.backends import Backend
from baton.engine.panel.known import Known
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
    return only_year(panel.years)


def only_year(found: Sequence[int]) -> int:
    """The only one of these years; raises `Refused` where there is none or more than one."""
    if len(found) == 1:
        return found[0]
    years = "、".join(map(str, found)) or "-"
    raise Refused([Problem("engine.year_not_clear", {"years": years})])


def check_known(plan: Plan, tables: Tables, known: Known) -> Largest:
    """Refuse units, series, figures and periods the scheme does not know, and figures for periods that nobody reads.

    Gives the largest absolute value of each figure of a series, in units of 10^-decimals of the series.
    """
    problems = [*_unknown("engine.unknown_unit", known.units, {unit.code for unit in plan.scheme.units})]
    figures: dict[str, set[str]] = {}
    for indicator in plan.scheme.indicators:
        figures.setdefault(indicator.series_code, set()).update(reported(indicator))
    found: dict[str, set[str]] = {}
    for series, figure, _ in known.largest:
        found.setdefault(series, set()).add(figure)
    problems += _unknown("engine.unknown_series", found, figures)
    for series in sorted(found.keys() & figures.keys()):
        problems += _unknown("engine.unknown_figure", found[series], figures[series], series=series)
    problems += _periods(plan, tables, known)
    if problems:
        raise Refused(problems)
    largest: dict[tuple[str, str], int] = {}
    for (series, figure, _), value in known.largest.items():
        largest[series, figure] = max(value, largest.get((series, figure), 0))
    return largest


def known_of(panel: Panel, backend: Backend) -> Known:
    """Give the names that occur in a panel; goes over it where nobody has yet."""
    if panel.known is not None:
        return panel.known
    value = nw.col("value")
    units = backend.collect(panel.frame.select("unit").unique()).to_series()
    named = panel.frame.group_by("series", "figure", "period").agg(low=value.min(), high=value.max())
    rows = backend.collect(named).iter_rows()
    return Known(frozenset(units), {tuple(names): max(abs(low), abs(high)) for *names, low, high in rows})


def _periods(plan: Plan, tables: Tables, known: Known) -> Iterator[Problem]:
    """What is no period, and figures reported more or less often than the scheme reads them; other years are free."""
    for period in sorted({period for _, _, period in known.largest}):
        if not re.fullmatch(PERIOD, period):
            yield Problem("engine.frame_not_a_period", {"given": period}, Place(field="period"))
    numbers = texts(plan.year)
    first: dict[tuple[Frequency, str, str], str] = {}
    for series, figure, period in sorted(known.largest):
        if period in numbers:
            first.setdefault((frequency_of(numbers[period]), series, figure), period)
    for (frequency, series, figure), period in first.items():
        read = tables.frequencies.get((series, figure))
        if read is not None and frequency not in read:
            wanted = "、".join(_EXAMPLES[one].format(year=plan.year) for one in Frequency if one in read)
            params = {"series": series, "figure": figure, "given": period, "wanted": wanted}
            yield Problem("engine.period_not_read", params, Place(field="period"))


def _unknown(code: str, found: Iterable[str], known: Iterable[str], **params: str) -> Iterable[Problem]:
    for value in sorted(set(found) - set(known)):
        near = get_close_matches(value, sorted(known), n=3) or sorted(known)[:3]
        yield Problem(code, {"given": value, "near": "、".join(near), **params})
