"""A sheet with the league table of a group."""

from collections import Counter
from collections.abc import Mapping
from functools import partial

from baton.documents.excel import Column, Fact, Formula, Group, Kind, Level, Link, Places, Sheet, Table, Value, letters
from baton.engine.result import Standing
from baton.reports.results import Got, LightLevels, Results, light
from baton.reports.results.league import League
from baton.reports.results.results import bare
from baton.reports.workbook.unit.sheet import league_key, unit_key

type Lamps = Mapping[str, Counter[Level]]
"""By unit: how many of its indicators show which light."""

LEVELS = (Level.NORMAL, Level.NEAR, Level.OVER)
_NARROW = 12.0


def league_sheet(results: Results, league: League, lamps: Lamps, *, linked: bool) -> Sheet:
    """Make the sheet of a group; `linked`: units lead to sheets of their own."""
    say = results.say
    facts = (Fact(say("reports.back"), Link(say("reports.overview"), "overview")),)
    first = Places(facts=facts).table(len(league.standings), groups=True)
    rows = [
        _row(results, league, one, first + n, lamps.get(one.unit, Counter()), linked=linked)
        for n, one in enumerate(league.standings)
    ]
    parts = len(league.parts)
    groups = (
        Group("", 2),
        Group(say("reports.parts"), parts),
        Group(say("reports.sum"), 5),
        Group(say("reports.suggestion"), 2),
    )
    table = Table(_columns(results, league), rows, groups=(*groups, Group(say("reports.lights"), len(LEVELS))))
    return Sheet(
        league.group.name,
        say("reports.league_title", group=league.group.name, year=results.sheet.year),
        facts=facts,
        tables=(table,),
        notes=(say("reports.read_precision"), say("reports.grade_is_suggestion")),
        key=league_key(league.group.code),
        frozen_columns=2,
    )


def _columns(results: Results, league: League) -> tuple[Column, ...]:
    say, places = results.say, results.sheet.scheme.ranking.decimals
    number = partial(Column, kind=Kind.DECIMAL, width=_NARROW)
    return (
        Column(say("reports.rank"), Kind.DECIMAL, width=8),
        Column(say("reports.unit")),
        *(number(name, places=places) for _, name in league.parts),
        number(say("reports.base")),
        number(say("reports.bonus"), places=places),
        number(say("reports.deduction"), places=places),
        number(say("reports.unrounded"), note=say("reports.unrounded_note")),
        number(say("reports.total"), places=places, note=say("reports.total_note", decimals=places)),
        Column(say("reports.suggested_grade"), width=_NARROW, centred=True),
        Column(say("reports.reasons"), width=44),
        *(Column(str(light(results, level)), Kind.INTEGER, width=9) for level in LEVELS),
    )


def _row(
    results: Results, league: League, one: Standing, row: int, lamps: Counter[Level], *, linked: bool
) -> tuple[Value, ...]:
    name = results.unit_name(one.unit)
    return (
        None if one.rank is None else bare(one.rank),
        Link(name, unit_key(one.unit)) if linked else name,
        *(one.parts.get(code) for code, _ in league.parts),
        one.base,
        one.bonus,
        one.deduction,
        *_totals(results, one, row, 2 + len(league.parts)),
        results.grade(one.grade),
        league.reasons(results, one),
        *(lamps[level] for level in LEVELS),
    )


def _totals(results: Results, one: Standing, row: int, base: int) -> tuple[Value, Value]:
    """Give the total before and after rounding, as formulas of the cells on their left."""
    if one.total is None or one.base is None or one.compared is None:
        return None, None
    scheme = results.sheet.scheme
    cells = [f"{letters(base + n)}{row}" for n in range(4)]
    exact: Value = one.total
    if one.total == one.base + one.bonus - one.deduction:
        exact = Formula(f"=ROUND({cells[0]}+{cells[1]}-{cells[2]},{scheme.decimals})", one.total)
    return exact, Formula(f"=ROUND({cells[3]},{scheme.ranking.decimals})", one.compared)


def lamps_of(got: Mapping[tuple[str, str], Got], levels: LightLevels) -> Lamps:
    """Count for each unit how many of its indicators show which light."""
    found: dict[str, Counter[Level]] = {}
    for (unit, _), one in got.items():
        if one.full:
            found.setdefault(unit, Counter())[levels.level(one.share)] += 1
    return found
