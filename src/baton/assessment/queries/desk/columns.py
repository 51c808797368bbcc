"""Which figures a unit reports about others in a month, and about whom."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from baton.assessment.actions.below.cells import goes_by_desks
from baton.assessment.models import Duty, Month
from baton.assessment.queries.desk.cells import Column
from baton.assessment.queries.desk.windows import Until, no_window, report_windows
from baton.assessment.rules.expected import exists_in
from baton.assessment.rules.month_scheme import month_before
from baton.core.models import User
from baton.engine.terms import Aggregation, Frequency, Reporter
from baton.org.models import Unit
from baton.sheets.forms import Field, Sort, grain_of, periods_due

RATES = frozenset({"", "%", "‰", "分", "百分点"})
"""Units of measure of figures that rise and fall; totals since January are in others."""
_JANUARY, _QUARTERS = "01", 4


@dataclass(frozen=True, slots=True)
class Asked:
    """The columns of a unit's grid, and the units of each by number.

    `own`: series that the unit does not report about itself here, since others verify that; it goes over its desks.
    """

    columns: tuple[Column, ...]
    about: tuple[frozenset[int], ...]
    units: dict[int, Unit]
    own: frozenset[str]


def adds_up(field: Field) -> bool:
    """Whether a figure is a total since January, as offices report it (本年累计)."""
    total = field.indicator.aggregation is Aggregation.LAST and field.frequency is not Frequency.YEAR
    return total and field.sort is Sort.NUMBER and field.unit not in RATES


@lru_cache(maxsize=512)
def period_before(period: str) -> str:
    """Give the month, quarter or year before."""
    if "Q" in period:
        year, number = int(period[:4]), int(period[-1])
        return f"{year}-Q{number - 1}" if number > 1 else f"{year - 1}-Q{_QUARTERS}"
    return month_before(period) if "-" in period else str(int(period) - 1)


def first_of_year(period: str) -> bool:
    """Whether a total begins again with a period."""
    return period[5:] in (_JANUARY, "Q1", "")


def columns_of(user: User, month: Month, unit: Unit) -> Asked:
    """Give what a unit reports for the whole county, in the order of the scheme; its own few figures go another way."""
    about: dict[str, dict[int, str]] = defaultdict(dict)
    sources, own, form = {}, set(), month.scheme.form
    duties = Duty.objects.visible_to(user).filter(scheme=month.scheme, reporter=unit).order_by()
    rows = list(duties.values_list("series", "unit", "verifier", "source"))
    units = Unit.objects.in_bulk({number for _, number, _, _ in rows})
    for series, number, verifier, source in rows:
        about[series][number] = units[number].code
        sources[series] = source
        if goes_by_desks(unit.pk, number, verifier, form.fields_in(series)[0]):
            own.add(series)
    windows = report_windows(month, unit)
    columns, whom = [], []
    for field in form.fields.values():
        if field.series not in about or field.sort is Sort.VOTES or field.reporter is Reporter.UNIT:
            continue
        for period in (month.period[:4],) if field.target else periods_due(month.period):
            asked = frozenset(
                number
                for number, code in about[field.series].items()
                if code in field.units and exists_in(form.units[code], period)
            )
            if asked and grain_of(period) is field.frequency:
                until = windows.get(sources[field.series]) or windows.get("") or no_window()
                columns.append(_column(field, period, until))
                whom.append(asked)
    return Asked(tuple(columns), tuple(whom), units, frozenset(own))


def _column(field: Field, period: str, until: Until) -> Column:
    return Column(
        field=field,
        period=period,
        last_period=period_before(period),
        closed=until.closed,
        closes=until.closes.isoformat(),
        waits_for=until.waits_for,
        adds_up=adds_up(field),
        first=first_of_year(period),
    )
