"""What was added, taken away or vetoed: item, document, reason, points asked for and points that count."""

from baton.documents.excel import Column, Kind, Table, Value
from baton.engine.explain import Explanation
from baton.engine.result import Adjustment
from baton.reports.results import Results
from baton.reports.results.results import bare
from baton.reports.workbook.unit import grid


def adjusted(results: Results, explained: Explanation) -> Table:
    """Give the table of a unit's events; item, document and reasons stand one below the other in its first column."""
    say = results.say
    columns = (
        Column(say("reports.item")),
        Column(say("reports.kind"), centred=True, width=grid.UNIT_WIDTH),
        Column(say("reports.level"), centred=True, width=grid.CELL_WIDTH),
        Column(say("reports.quantity"), Kind.DECIMAL, width=grid.CELL_WIDTH),
        Column(say("reports.asked"), Kind.DECIMAL, width=grid.CELL_WIDTH),
        Column(say("reports.counted"), Kind.DECIMAL, width=grid.CELL_WIDTH),
        Column(say("reports.matter"), centred=True, width=grid.CELL_WIDTH),
    )
    rules = {item.code: results.run_on(line.text(results.language) for line in item.rule) for item in explained.items}
    rows = [_row(results, one, rules.get(one.item, "")) for one in explained.adjustments]
    return Table(columns, rows, caption=say("reports.adjustments"))


def _row(results: Results, one: Adjustment, rule: str) -> tuple[Value, ...]:
    name = f"{one.item} {results.items.get(one.item, '')}"
    lines = [name, rule, one.document, one.note, results.why_not(one)]
    veto = one.kind == "veto"
    return (
        "\n".join(line for line in lines if line),
        results.say(f"reports.kind_{one.kind}"),
        one.level,
        None if one.quantity is None else bare(one.quantity),
        None if veto else bare(one.asked),
        None if veto else bare(one.points),
        one.matter,
    )
