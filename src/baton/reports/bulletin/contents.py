"""What a bulletin tells of a month, read from its published run: tables by group, lights, what lags.

Nothing is computed anew but counts, so that a number in it is the one on the page.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from baton.assessment.choices import Light, Movement
from baton.assessment.queries.looking import League, Shown, league, overview
from baton.documents.content import Align, Column, Table
from baton.engine.robustness.result import Interval
from baton.reports.bulletin.saying import place, say, shown_points
from baton.words import Language

type Ranges = Mapping[str, Interval]
_NO_RANGES: Ranges = {}
_LIT = (Light.GREEN, Light.YELLOW, Light.RED)
_CHANGED = (Movement.BETTER, Movement.WORSE)


@dataclass(frozen=True, slots=True)
class Contents:
    """The sentences and tables of a bulletin. `units`: how many are told of; `lights`: how many of each."""

    period: str
    units: int
    groups: int
    lights: dict[Light, int]
    leagues: tuple[tuple[str, Table], ...]
    moved: Table | None
    behind: Table | None
    behind_count: int
    language: Language


def contents_of(shown: Shown, language: Language, ranges: Ranges = _NO_RANGES) -> Contents:
    """Read a month. `ranges` of places by unit, where the scheme lets a public notice have them; empty: none stand."""
    tables, found = league(shown), overview(shown)
    rows = [row for table in tables for row in table.rows]
    counted = Counter(Light(row.light) for row in rows)
    return Contents(
        period=shown.month.period,
        units=len(rows),
        groups=len(tables),
        lights={light: counted[light] for light in _LIT},
        leagues=tuple((table.name, _league(table, language, ranges)) for table in tables),
        moved=_moved(shown, tables, language),
        behind=_behind(shown, language),
        behind_count=len(found.behind),
        language=language,
    )


def _league(table: League, language: Language, ranges: Ranges) -> Table:
    right, centre = Align.RIGHT, Align.CENTRE
    columns = (
        Column(say("results.rank", language), centre),
        Column(say("results.unit", language)),
        Column(say("results.score", language), right),
        Column(say("results.light", language), centre),
        Column(say("results.mean", language), right),
        Column(say("results.mean_rank", language), centre),
        *((Column(say("office.place_range", language), centre),) if ranges else ()),
    )
    rows = tuple(
        (
            place(row.rank),
            row.unit.name,
            shown_points(row.score),
            say(f"results.short_{row.light}", language) if row.light in _LIT else "—",
            shown_points(row.mean),
            place(row.mean_rank),
            *((_range(ranges.get(row.unit.code)),) if ranges else ()),
        )
        for row in table.rows
    )
    return Table(columns, rows)


def _range(found: Interval | None) -> str:
    if found is None:
        return "—"
    return str(found.best) if found.best == found.worst else f"{found.best}–{found.worst}"


def _moved(shown: Shown, tables: list[League], language: Language) -> Table | None:
    """Units whose score moved beyond their usual variation; usual ups and downs are no news."""
    rows = tuple(
        (
            row.unit.name,
            table.name,
            shown_points(row.score_before),
            shown_points(row.score),
            say(f"results.movement_{row.movement}", language),
        )
        for table in tables
        for row in table.rows
        if row.movement in _CHANGED
    )
    heads = ("results.unit", "results.group", "office.last_month", "office.this_month", "results.movement")
    number = (Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.CENTRE)
    columns = tuple(Column(say(head, language), align) for head, align in zip(heads, number, strict=True))
    return Table(columns, rows) if rows else None


def _behind(shown: Shown, language: Language) -> Table | None:
    rows = tuple(_behind_rows(shown))
    heads = ("results.unit", "results.indicator", "results.value", "results.target", "office.months_behind")
    aligned = (Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.CENTRE)
    columns = tuple(Column(say(head, language), align) for head, align in zip(heads, aligned, strict=True))
    return Table(columns, rows) if rows else None


def _behind_rows(shown: Shown) -> Iterator[tuple[str, ...]]:
    known = shown.indicators
    for leaf in overview(shown).behind:
        indicator = known.get(leaf.indicator)
        name = leaf.indicator if indicator is None else indicator.name
        yield leaf.unit.name, name, leaf.value or "—", leaf.target or "—", str(leaf.behind)
