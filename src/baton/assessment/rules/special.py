"""Policy of special assessments: the months they assess, what they ask for, and what stands against their scheme."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from baton.assessment.choices import SpecialStage
from baton.assessment.rules.expected import Ask, Form
from baton.assessment.rules.month_scheme import last_of, unit_within
from baton.engine.scheme.model import Scheme
from baton.engine.terms import Frequency
from baton.words import Place, Problem


@dataclass(frozen=True, slots=True)
class Opening:
    """A special assessment as it is opened: its item of the plan by number, its scheme's text, months and days."""

    item: int
    text: str
    first: str
    last: str
    report_until: date
    check_until: date
    document: str = ""


def stage_of(report_until: date, check_until: date, today: date) -> SpecialStage:
    """Say what an open special assessment waits for."""
    if today <= report_until:
        return SpecialStage.REPORT
    return SpecialStage.CHECK if today <= check_until else SpecialStage.RESULT


def months_of(first: str, last: str) -> tuple[str, ...]:
    """Give the months from one to another of the same year."""
    return tuple(f"{first[:4]}-{number:02d}" for number in range(int(first[5:]), int(last[5:]) + 1))


def periods_of(first: str, last: str) -> tuple[str, ...]:
    """Give the periods it assesses: its months, the quarters that end among them, and the year as a whole."""
    months = months_of(first, last)
    quarters = [f"{one[:4]}-Q{int(one[5:]) // 3}" for one in months if int(one[5:]) % 3 == 0]
    return (*months, *quarters, first[:4])


def span_scheme(scheme: Scheme, first: str, last: str) -> Scheme:
    """Give the scheme for some months alone: of a unit that is not there before and after, nothing is due.

    Places are given, grades are not: these are for the year. Whoever has scheme and months makes the same scheme again.
    """
    begins = date(int(first[:4]), int(first[5:]), 1)
    changes: dict[str, Any] = {
        "units": tuple(unit_within(unit, begins, last_of(last)) for unit in scheme.units),
        "groups": tuple(one.model_copy(update={"graded": False, "quota_pool": None}) for one in scheme.groups),
    }
    return scheme.model_copy(update=changes)


@lru_cache(maxsize=64)
def asks_of(form: Form, first: str, last: str) -> tuple[Ask, ...]:
    """Give what a special assessment asks for: every figure of its periods, about each unit that carries it."""
    grains = {Frequency.YEAR: (first[:4],), Frequency.MONTH: months_of(first, last)}
    grains[Frequency.QUARTER] = tuple(one for one in periods_of(first, last) if "Q" in one)
    return tuple(
        Ask(field, period, field.units, frozenset(field.units))
        for field in form.fields.values()
        if not field.optional and field.units
        for period in grains[field.frequency]
    )


def scheme_problems(scheme: Scheme, objects: Collection[str], others: Iterable[Form]) -> list[Problem]:
    """Say what stands against a scheme of a special assessment, beyond its structure.

    Each names its place in the scheme. `objects`: codes of the units that its item of the plan names. `others`: schemes
    whose series it may read too.
    """
    strangers = [unit for unit in scheme.units if unit.group is not None and unit.code not in objects]
    problems = [
        Problem("plans.unit_not_in_item", {"unit": one.name, "code": one.code}, Place(field=f"units[{one.code}]"))
        for one in strangers
    ]
    for part, several in (("bonuses", scheme.bonuses), ("deductions", scheme.deductions), ("vetoes", scheme.vetoes)):
        problems += [Problem("plans.special_adjusts", {}, Place(field=f"{part}[{one.code}]")) for one in several[:1]]
    own = Form(scheme).fields
    for form in others:
        for key, field in own.items():
            there = form.fields.get(key)
            if there is not None and (there.unit, there.frequency) != (field.unit, field.frequency):
                params = {"series": field.series, "name": field.heading, "other": there.heading}
                place = Place(field=f"indicators[{field.indicator.code}]")
                problems.append(Problem("plans.series_differs", params, place))
    return problems


def day_problems(given: Opening, opens: date, closes: date, today: date) -> list[Problem]:
    """Say what stands against the months and days of a special assessment. `opens`, `closes`: those of its item."""
    problems = []
    for name, month in (("first", given.first), ("last", given.last)):
        if not is_month(month):
            problems.append(Problem("plans.no_month", {"given": month or "—"}, Place(field=name)))
    if not problems and (given.first > given.last or given.first[:4] != given.last[:4]):
        params = {"first": given.first, "last": given.last}
        problems.append(Problem("plans.months_in_no_order", params, Place(field="last")))
    if given.report_until < today:
        problems.append(Problem("assessment.day_is_past", {}, Place(field="report_until")))
    if given.check_until <= given.report_until:
        problems.append(Problem("plans.checks_before_reports", {}, Place(field="check_until")))
    if not opens <= given.report_until <= closes or not opens <= given.check_until <= closes:
        params = {"opens": opens.isoformat(), "closes": closes.isoformat()}
        problems.append(Problem("plans.days_outside_item", params, Place(field="check_until")))
    if today < opens:
        problems.append(Problem("plans.not_begun", {"opens": opens.isoformat()}, Place(field="item")))
    return problems


def is_month(given: str) -> bool:
    """Whether a text is a month such as `2026-09`."""
    year, _, month = given.partition("-")
    return len(given) == len("2026-09") and year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12
