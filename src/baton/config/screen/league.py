"""League tables of a result on the terminal: place, unit, score, suggested grade, light with its word."""

from rich.text import Text

from baton.config.screen.tables import Shown, print_line, print_table
from baton.documents.excel import Level
from baton.engine.quantum import to_points
from baton.engine.result.sheet import ScoreSheet, Standing
from baton.reports.results import LightLevels, Results, leagues, light
from baton.words import Language, text

_HEADS = (
    "config.head_rank",
    "config.head_unit",
    "config.head_total",
    "config.head_base",
    "config.head_bonus",
    "config.head_deduction",
    "config.head_grade",
    "config.head_light",
)
_COLOURS = {Level.NORMAL: "green", Level.NEAR: "yellow", Level.OVER: "red", Level.NONE: "dim"}


def print_leagues(sheet: ScoreSheet, language: Language, most: int | None = None) -> None:
    """Print a table per group, best first; `most` rows of each (None: all). Scores have the precision of ranks."""
    results = Results(sheet, language)
    full = _full_marks(results)
    for league in leagues(results):
        standings = league.standings
        ordered = sorted(standings, key=lambda one: (one.rank is None, one.rank or 0, one.unit))
        title = text("config.league_title", language, group=league.group.name, units=len(ordered), year=sheet.year)
        print_table(title, _HEADS, [_row(one, results, full) for one in ordered[:most]], language)
        if most is not None and len(ordered) > most:
            print_line("config.league_more", language, more=len(ordered) - most)
    print_line("config.grade_is_suggestion", language)


def _full_marks(results: Results) -> dict[str, int]:
    """Give the full mark of every unit's base, in quanta: that of the root of its tree over the year."""
    roots = {group.root for group in results.sheet.scheme.groups}
    year = str(results.sheet.year)
    rows = results.sheet.nodes.select("unit", "node", "period", "full").iter_rows()
    return {unit: full for unit, node, period, full in rows if node in roots and period == year}


def _row(one: Standing, results: Results, full: dict[str, int]) -> list[Shown]:
    marks = to_points(full.get(one.unit, 0), results.sheet.scheme.decimals)
    level = LightLevels().level(one.base / marks if one.base is not None and marks else None)
    lamp = light(results, level)
    return [
        one.rank,
        results.unit_name(one.unit),
        results.shown(one.total),
        results.shown(one.base),
        one.bonus or None,
        one.deduction or None,
        results.grade(one.grade),
        Text(str(lamp), style=_COLOURS[level]),
    ]
