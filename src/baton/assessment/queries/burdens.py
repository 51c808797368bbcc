"""The burden of units (负担一览): how often each is checked, what is asked of it, and what would relieve most."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, QuerySet, Value, When

from baton.assessment.actions.below.special_desk import reported_monthly
from baton.assessment.models import PlanItem, SchemeVersion, Special
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.plans import numbers_on, planned
from baton.assessment.rules.asked import AskedOf, add_asks, asked_of_units
from baton.assessment.rules.expected import Ask
from baton.assessment.rules.plans import Relief, quarter_of, reliefs, visits
from baton.assessment.rules.special import asks_of
from baton.core import clock
from baton.core.models import User
from baton.org.models import Unit

_COLUMNS = {"quarter": "quarter", "year": "year", "asked": "figures", "files": "files", "fresh": "fresh"}
"""What lists sort units by; a unit has `figures` of its own."""


@dataclass(frozen=True, slots=True)
class UnitBurden:
    """What one unit bears in a year: checks this quarter and this year, figures and files asked of it, figures new.

    `fresh` None: the scheme of the year before is not held.
    """

    quarter: int = 0
    year: int = 0
    figures: int = 0
    files: int = 0
    fresh: int | None = None


@dataclass(frozen=True, slots=True)
class Burdens:
    """The burden of all units by number, the county's total, and the items whose leaving out would relieve most."""

    quarter: str
    most: int
    units: Mapping[int, UnitBurden]
    total: UnitBurden
    reliefs: tuple[Relief, ...]


def burdens(user: User, day: date | None = None) -> Burdens:
    """Give what units bear in the year of a day (None: today), by the plan and by the schemes in force.

    Totals are the county's; of single units a person sees those of their own, unless they see everything.
    """
    day = day or clock.today()
    items = planned(PlanItem.objects.visible_to(user).standing().filter(year=day.year))
    now, before = _asked(day), _asked_before(day)
    for special in Special.objects.filter(first__startswith=str(day.year)).select_related("version"):
        add_asks(now, _asked_by(special))
    numbers = dict(Unit.objects.filter(code__in=now).values_list("code", "pk"))
    asked = {numbers[code]: (one, code) for code, one in now.items() if code in numbers}
    times, quarter, yearly = visits(items), quarter_of(day), Counter[int]()
    for (unit, _), several in times.items():
        yearly[unit] += len(several)
    found: dict[int, UnitBurden] = {}
    for number in {*yearly, *asked}:
        one, code = asked.get(number, (AskedOf(), ""))
        fresh = None if before is None else one.fresh(before.get(code))
        checked = len(times.get((number, quarter), ()))
        found[number] = UnitBurden(checked, yearly[number], one.figures, one.files, fresh)
    most = numbers_on(day)["checks_per_quarter"]
    return Burdens(quarter, most, found, _total(found, before is not None), tuple(reliefs(items, day)))


def burdened(user: User, found: Burdens) -> QuerySet[Unit]:
    """Give the units whose burden a person sees, each with its numbers as columns that lists sort by."""
    sight = sight_of(user)
    rows = Unit.objects.on(clock.today())
    rows = rows if sight.everything else rows.filter(pk__in=sight.member)
    columns = {column: _column(found.units, name) for column, name in _COLUMNS.items()}
    return rows.filter(pk__in=found.units).annotate(**columns)


def _column(units: Mapping[int, UnitBurden], name: str) -> Case:
    """Give one number of each unit as a column; the few values that there are, each with the units that have it."""
    alike: dict[int | None, list[int]] = {}
    for number, one in units.items():
        alike.setdefault(getattr(one, name), []).append(number)
    cases = (When(pk__in=several, then=Value(value)) for value, several in alike.items())
    return Case(*cases, default=Value(0), output_field=IntegerField())


def _total(units: Mapping[int, UnitBurden], known: bool) -> UnitBurden:
    each = units.values()
    fresh = sum(one.fresh or 0 for one in each) if known else None
    return UnitBurden(
        sum(one.quarter for one in each),
        sum(one.year for one in each),
        sum(one.figures for one in each),
        sum(one.files for one in each),
        fresh,
    )


def _asked_by(special: Special) -> Iterator[tuple[str, Ask]]:
    """Give what a special assessment asks of units themselves: unit (code) and figure; what comes in monthly is not."""
    form = special.version.form
    own = {key for key, duty in form.duties.items() if duty.of_itself}
    monthly = reported_monthly(special, {series for series, _ in own})
    numbers = dict(Unit.objects.filter(code__in={unit for _, unit in own}).values_list("code", "pk"))
    for ask in asks_of(form, special.first, special.last):
        series = ask.field.series
        for code in ask.units:
            if (series, code) in own and (series, numbers.get(code, 0)) not in monthly:
                yield code, ask


def _asked(day: date) -> dict[str, AskedOf]:
    version = SchemeVersion.objects.on(day).first()
    return {} if version is None else asked_of_units([version.form])


def _asked_before(day: date) -> Mapping[str, AskedOf] | None:
    version = SchemeVersion.objects.on(date(day.year - 1, 12, 31)).first()
    return None if version is None else asked_of_units([version.form])
