"""A sheet that says which weights ranks hang on, what makes neighbours change places, and where grades part equals."""

from collections.abc import Iterator

from baton.documents.excel import Column, Fact, Kind, Link, Sheet, Table, Value
from baton.engine.robustness.result import GroupRobustness, Robustness
from baton.reports.results import Results
from baton.reports.results.advice import boundary_in_words, reversal_in_words, weight_name
from baton.reports.results.sureness import decimal, groups_with_names

_PLACES = 11.0


def weights_sheet(results: Results, found: Robustness) -> Sheet:
    """Make the sheet of weights: which matter most, what it takes to change places, where grades part equals."""
    say = results.say
    groups = list(groups_with_names(results, found))
    weights = Table(
        (
            Column(say("reports.group"), width=26),
            Column(say("reports.sure_weight_of"), width=54),
            Column(say("reports.sure_weight_now"), Kind.PERCENT, places=1, width=_PLACES),
            Column(
                say("reports.sure_shift"), Kind.DECIMAL, places=2, width=_PLACES, note=say("reports.sure_shift_note")
            ),
            Column(say("reports.sure_without"), Kind.DECIMAL, places=2, width=_PLACES),
            Column(say("reports.sure_most"), Kind.INTEGER, width=_PLACES),
            Column(say("reports.sure_moved"), width=24),
        ),
        [row for name, group in groups for row in _weights(results, name, group)],
        caption=say("reports.sure_weights"),
    )
    told = [
        (
            "reports.sure_reversals",
            [(name, reversal_in_words(results, one)) for name, group in groups for one in group.reversals],
        ),
        (
            "reports.sure_boundaries",
            [(name, boundary_in_words(results, one)) for name, group in groups for one in group.boundaries],
        ),
    ]
    columns = (Column(say("reports.group"), width=26), Column(say("reports.content"), width=54))
    tables = [Table(columns, rows, caption=say(caption)) for caption, rows in reversed(told) if rows]
    return Sheet(
        say("reports.weights_that_matter"),
        say("reports.weights_that_matter_title", year=found.year),
        facts=(Fact(say("reports.back"), Link(say("reports.overview"), "overview")),),
        tables=(weights, *tables),
        notes=(say("reports.sure_shift_note"), say("reports.sure_advice_only")),
        key="weights_that_matter",
    )


def _weights(results: Results, name: str, group: GroupRobustness) -> Iterator[tuple[Value, ...]]:
    moving = [one for one in group.weights if one.shift or one.without]
    for one in moving:
        yield (
            name,
            weight_name(results, one.code),
            decimal(one.weight, 4),
            decimal(one.shift, 2),
            decimal(one.without, 2),
            one.most,
            results.short_name(one.moved) if one.most else "",
        )
    if idle := len(group.weights) - len(moving):
        yield (name, results.say("reports.sure_idle", count=idle), None, None, None, None, "")
