"""A part's own scores over the periods, live where the points below them add up to the stored score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from baton.documents.excel import Formula, Value
from baton.engine.explain import NodeExplanation
from baton.engine.terms import plain
from baton.reports.results import Results
from baton.reports.workbook.unit import grid

_DIGITS = 60


@dataclass(frozen=True, slots=True)
class Counted:
    """Points that count in a period: their cell, the points, and the full points they are out of."""

    cell: str
    points: Decimal
    full: Decimal


def score_row(
    results: Results, node: NodeExplanation, counted: Mapping[str, Sequence[Counted]], row: int
) -> tuple[Value, ...]:
    """Give the row of a part's scores by period, and over the year."""
    known = dict(node.periods)
    cells: list[Value] = [score(results, node, known.get(period), below) for period, below in counted.items()]
    cells += [None] * (grid.MONTHS - len(cells))
    title = results.say("reports.score_of", part=node.name)
    return (title, results.say("reports.points"), *cells, _over_the_year(results, node, len(counted), row), None)


def score(results: Results, node: NodeExplanation, stored: Decimal | None, counted: Sequence[Counted]) -> Value:
    """Give a stored score as the sum of what counts, scaled to the node's full mark where parts were left out.

    It stays a plain number where neither gives it to the last digit: other means, floors and caps.
    """
    full = results.nodes[node.code].full
    if stored is None or not counted:
        return stored
    decimals = _decimals(results, node)
    line = "+".join(one.cell for one in counted)
    with localcontext(prec=_DIGITS):
        points = sum((one.points for one in counted), Decimal(0))
        applicable = sum((one.full for one in counted), Decimal(0))
        if results.rounded(points, decimals) == stored:
            return Formula(f"=ROUND({line},{decimals})", stored)
        if full and applicable and results.rounded(points / applicable * full, decimals) == stored:
            return Formula(f"=ROUND(({line})/{plain(applicable)}*{plain(full)},{decimals})", stored)
    return stored


def _over_the_year(results: Results, node: NodeExplanation, periods: int, row: int) -> Value:
    of = results.nodes[node.code]
    scores = [score for _, score in node.periods if score is not None]
    if node.score is None or of.over_periods != "mean" or not scores:
        return node.score
    decimals = of.decimals_over_periods if of.decimals_over_periods is not None else _decimals(results, node)
    with localcontext(prec=_DIGITS):
        same = results.rounded(sum(scores, Decimal(0)) / len(scores), decimals) == node.score
    cells = f"{grid.letter(0)}{row}:{grid.letter(periods - 1)}{row}"
    return Formula(f"=ROUND(AVERAGE({cells}),{decimals})", node.score) if same else node.score


def _decimals(results: Results, node: NodeExplanation) -> int:
    own = results.nodes[node.code].decimals
    return own if own is not None else results.sheet.scheme.decimals
