"""League tables of a result on the terminal: place, unit, score, suggested grade and why, light with its word."""

from rich.text import Text

from baton.config.screen.tables import Shown, print_line, print_table
from baton.documents.excel import Level
from baton.engine.quantum import to_points
from baton.engine.result.sheet import ScoreSheet, Standing
from baton.engine.scheme.adjustments import GradeCap
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
    "config.head_reason",
    "config.head_light",
)
_WHY = {
    "engine.veto_cap": "config.why_capped",
    "engine.grade_dropped": "config.why_dropped",
    "engine.quota_full": "config.why_no_place",
    "engine.pool_too_small": "config.why_pool_too_small",
    "engine.tie_at_boundary": "config.why_tie",
    "engine.moved_up": "config.why_moved_up",
    "engine.screened": "config.why_screened",
}
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
        results.short_name(one.unit),
        results.shown(one.total),
        results.shown(one.base),
        one.bonus or None,
        one.deduction or None,
        results.grade(one.grade),
        _why(one, results) or None,
        Text(str(lamp), style=_COLOURS[level]),
    ]


def _why(one: Standing, results: Results) -> str:
    """Say in a word or two why the grade is not that of the score: `V1 封顶`, 名额已满; `explain` has the sentences."""
    vetoes = {veto.code: isinstance(veto.consequence, GradeCap) for veto in results.sheet.scheme.vetoes}
    said = []
    for reason, _ in one.reasons:
        if reason in _WHY:
            caps = reason == "engine.veto_cap"
            codes = dict.fromkeys(code for code in one.vetoes if vetoes.get(code) is caps)
            said.append(text(_WHY[reason], results.language, veto="、".join(codes)))
    return "；".join(said)
