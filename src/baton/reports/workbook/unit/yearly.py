"""Indicators scored once a year: target, actual, points with their sum, rank, rule in words."""

from collections.abc import Sequence
from functools import partial

from baton.documents.excel import Column, Kind, Table, Value
from baton.engine.explain import Explanation, LeafExplanation
from baton.engine.explain.line import shown
from baton.engine.rules import Needs
from baton.reports.results import LightLevels, Results, light
from baton.reports.results.results import bare
from baton.reports.workbook.figures import actual, due
from baton.reports.workbook.formulas import formula
from baton.reports.workbook.unit import grid
from baton.reports.workbook.unit.parts import Entry, Section
from baton.reports.workbook.words import flags_in_short, hand_check, rule_in_words


def yearly(results: Results, explained: Explanation, section: Section, levels: LightLevels, first: int) -> Table:
    """Give the table of a part's yearly entries; `first` is the number of its first row."""
    rows = [_row(results, explained, entry, levels, first + n) for n, entry in enumerate(section.yearly)]
    return Table(columns(results), rows, caption=section.node.name)


def columns(results: Results) -> tuple[Column, ...]:
    """Give the columns: sixteen, as all tables of the sheet have at most."""
    say, narrow = results.say, grid.CELL_WIDTH
    number = partial(Column, kind=Kind.DECIMAL, width=narrow)
    return (
        Column(say("reports.indicator"), width=grid.NAME_WIDTH),
        Column(say("reports.measured_in"), width=grid.UNIT_WIDTH, centred=True),
        number(say("reports.target")),
        number(say("reports.actual")),
        number(say("reports.points"), note=say("reports.points_note")),
        number(say("reports.full")),
        Column(say("reports.share"), Kind.PERCENT, 1, width=narrow),
        Column(say("reports.light"), Kind.LIGHT, width=narrow),
        Column(say("reports.rank_in_group"), Kind.INTEGER, width=narrow, note=say("reports.rank_note")),
        Column(say("reports.scored_units"), Kind.INTEGER, width=narrow),
        Column(say("reports.branch"), width=narrow, centred=True),
        Column(say("reports.lead"), width=narrow, centred=True),
        Column(say("reports.reviewer"), width=narrow, centred=True),
        Column(say("reports.treatment"), width=narrow, centred=True, note=say("reports.treatment_note")),
        Column(
            say("reports.contribution"), Kind.DECIMAL, width=grid.SHARE_WIDTH, note=say("reports.contribution_note")
        ),
        Column(say("reports.rule_and_sum"), width=grid.WORDS_WIDTH),
    )


def _row(results: Results, explained: Explanation, entry: Entry, levels: LightLevels, at: int) -> Sequence[Value]:
    (leaf,) = entry.periods
    indicator = entry.leaf.indicator
    wanted = due(entry.leaf, leaf, explained.year, f"C{at}")
    found = actual(entry.leaf, leaf, f"D{at}")
    share = leaf.points / leaf.full if leaf.points is not None and leaf.full else None
    return (
        entry.title(results),
        indicator.unit,
        wanted.value,
        found.value,
        formula(entry.leaf, leaf, found.written, wanted.written) or leaf.points,
        bare(leaf.full) if leaf.full else None,
        None if share is None else results.rounded(share, 3),
        light(results, levels.level(share)),
        leaf.rank,
        leaf.group.scored,
        results.nodes[entry.leaf.node.code].name,
        _who(results, indicator.lead),
        _who(results, indicator.reviewer) if indicator.lead == explained.unit else None,
        flags_in_short(results, leaf),
        leaf.contribution,
        _words(results, entry, leaf),
    )


def _who(results: Results, code: str | None) -> str:
    return results.short_name(code) if code in results.units else ""


def _words(results: Results, entry: Entry, leaf: LeafExplanation) -> str:
    lines = [rule_in_words(results, entry.leaf), hand_check(results, leaf), _compared(results, entry, leaf)]
    return "\n".join(line for line in lines if line)


def _compared(results: Results, entry: Entry, leaf: LeafExplanation) -> str:
    """Say what the rule compared with in the group, where it did."""
    needs, group = entry.leaf.rule.needs(), leaf.group
    named = (
        (Needs.EXTREMES, "reports.group_best", group.best),
        (Needs.EXTREMES, "reports.group_worst", group.worst),
        (Needs.MEAN, "reports.group_mean", group.mean),
    )
    found = [
        results.say(code, number=shown(number)) for need, code, number in named if need in needs and number is not None
    ]
    return results.say("reports.group_figures", figures=results.joined(found)) if found else ""
