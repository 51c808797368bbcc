"""targets.xlsx: what targets ask, what is worth checking, and the plan of visits, to be filled in on the spot."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from baton.documents import excel
from baton.documents.excel import Column, Fact, Kind, Level, Light, Sheet, Table, Value, Workbook
from baton.engine.integrity.asked import Asked, Stretch
from baton.engine.integrity.checks import Checks
from baton.engine.scheme.model import Scheme
from baton.reports.targets.names import Names
from baton.reports.targets.visits import visit_sheets
from baton.reports.targets.wording import in_words, number, percent, span
from baton.words import Language, text

LEVELS = {
    Stretch.LOW: Level.NEAR,
    Stretch.STEADY: Level.NORMAL,
    Stretch.STRETCHING: Level.NORMAL,
    Stretch.OUT_OF_REACH: Level.OVER,
}


def targets_workbook(scheme: Scheme, found: Checks, language: Language) -> bytes:
    """Write the checks as xlsx; the same checks give the same bytes."""
    names = Names(scheme, language)
    sheets = [_stretch(found, names), _flags(found, names)]
    if found.form is not None:
        sheets += visit_sheets(found.form, names)
    title = text("integrity.book_title", language, scheme=scheme.name, year=found.year)
    created = date(found.year, 12, 31)
    return excel.write(Workbook(tuple(sheets), title, scheme.organisation, created, language))


def _stretch(found: Checks, names: Names) -> Sheet:
    say = names.say
    columns = (
        Column(say("integrity.head_indicator"), width=24),
        Column(say("integrity.head_group"), width=18),
        Column(say("integrity.head_unit"), width=20),
        Column(say("integrity.head_last"), Kind.DECIMAL, width=12),
        Column(say("integrity.head_target"), Kind.DECIMAL, width=12),
        Column(say("integrity.head_asked"), Kind.PERCENT, places=1, width=10),
        Column(say("integrity.head_peers"), Kind.PERCENT, places=1, width=10),
        Column(say("integrity.head_expected"), Kind.DECIMAL, width=12),
        Column(say("integrity.head_interval"), width=22, centred=True),
        Column(say("integrity.head_chance"), Kind.PERCENT, places=0, width=10),
        Column(say("integrity.head_stretch"), Kind.LIGHT, width=14),
    )
    plans = tuple(
        Fact(
            say("integrity.fact_plan", indicator=names.indicators.get(code, code)),
            say(
                "integrity.county_plan",
                target=number(plan.target),
                total=number(plan.sum_of_targets),
                expected=number(plan.expected),
                chance=percent(plan.chance),
            ),
        )
        for code, plan in found.plans.items()
    )
    table = Table(columns, [_asked_row(one, names) for one in found.asked])
    notes = (say("integrity.note_stretch"), say("integrity.note_check"))
    title = say("integrity.sheet_stretch_title", year=found.year)
    return Sheet(say("integrity.sheet_stretch"), title, plans, (table,), notes, frozen_columns=3)


def _asked_row(one: Asked, names: Names) -> list[Value]:
    return [
        names.indicators.get(one.indicator, one.indicator),
        names.groups.get(one.group, one.group),
        names.units.get(one.unit, one.unit),
        number(one.last),
        number(one.target),
        _share(one.asked),
        _share(one.peers),
        number(one.expected),
        f"{number(one.low):f} – {number(one.high):f}",
        _share(one.chance),
        Light(LEVELS[one.stretch], names.say(f"integrity.stretch_{one.stretch}")),
    ]


def _share(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.4f}")


def _flags(found: Checks, names: Names) -> Sheet:
    say = names.say
    columns = (
        Column(say("integrity.head_unit"), width=20),
        Column(say("integrity.head_indicator"), width=24),
        Column(say("integrity.head_months"), width=20),
        Column(say("integrity.head_kind"), width=20),
        Column(say("integrity.head_reason"), width=50),
        Column(say("integrity.head_ordinary"), width=50),
        Column(say("integrity.head_alarm"), width=24),
        Column(say("integrity.head_answer"), width=30, unlocked=True),
    )
    table = Table(columns, list(_flag_rows(found, names)))
    title = say("integrity.sheet_flags_title", year=found.year)
    return Sheet(say("integrity.sheet_flags"), title, (), (table,), (say("integrity.note_check"),), frozen_columns=2)


def _flag_rows(found: Checks, names: Names) -> Iterator[list[Value]]:
    """Write flags by unit, the unit with the strongest evidence first."""
    total: dict[str, float] = {}
    for flag in found.flags:
        total[flag.unit] = total.get(flag.unit, 0.0) + flag.strength
    ordered = sorted(found.flags, key=lambda flag: (-total[flag.unit], flag.unit, -flag.strength, flag.indicator))
    for flag in (*ordered, *found.points):
        words = in_words(flag, names.language, names.units)
        yield [
            names.units.get(flag.unit, names.groups.get(flag.unit, flag.unit)),
            names.indicators.get(flag.indicator, flag.indicator),
            span(flag),
            words["title"],
            words["reason"],
            words["ordinary"],
            words["alarm"],
            None,
        ]
