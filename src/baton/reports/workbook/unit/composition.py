"""How the total is put together: parts, base, bonus, deduction, total; live where plain sums say the same."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext

from baton.documents.excel import Column, Formula, Kind, Table, Value
from baton.engine.explain import Explanation, NodeExplanation
from baton.engine.scheme.nodes import Arithmetic, Sum
from baton.reports.results import Results
from baton.reports.results.results import bare

_INDENT = "　"
_DIGITS = 60


def composition(results: Results, explained: Explanation, first: int) -> Table:
    """Give the table; `first` is the number of its first row."""
    say = results.say
    points = Column(say("reports.points"), Kind.DECIMAL)
    columns = (
        Column(say("reports.part")),
        Column(say("reports.weight"), Kind.DECIMAL),
        points,
        Column(say("reports.full"), Kind.DECIMAL),
        Column(say("reports.contribution"), Kind.DECIMAL, note=say("reports.contribution_note")),
    )
    nodes = [node for node in explained.nodes if node.depth and (node.depth == 1 or node.score is not None)]
    rows: list[tuple[Value, ...]] = [
        (
            _INDENT * (node.depth - 1) + node.name,
            None if node.weight is None else bare(node.weight),
            node.score,
            bare(node.full) if node.score is not None else None,
            node.contribution,
        )
        for node in nodes
    ]
    rows += _sums(results, explained, nodes, first)
    return Table(columns, rows, caption=say("reports.composition"), emphasised=frozenset({len(rows) - 1}))


def rows_of(explained: Explanation, results: Results) -> int:
    """Give how many rows the table has."""
    return len(composition(results, explained, 1).rows)


def _sums(
    results: Results, explained: Explanation, nodes: Sequence[NodeExplanation], first: int
) -> Iterator[tuple[Value, ...]]:
    one, say = explained.standing, results.say
    root = next(node for node in explained.nodes if node.depth == 0)
    at = first + len(nodes)
    yield say("reports.base"), None, _base(results, explained, nodes, first), bare(root.full), one.base
    if one.total is None:
        yield say("reports.total"), None, None, None, None
        return
    yield say("reports.bonus"), None, bare(one.bonus), None, None
    yield say("reports.deduction"), None, bare(-one.deduction), None, None
    line = f"C{at}+C{at + 1}+C{at + 2}"
    if explained.bounded:
        yield say("reports.bounded"), None, bare(explained.bounded), None, None
        line += f"+C{at + 3}"
    decimals = results.sheet.scheme.ranking.decimals
    yield say("reports.total"), None, Formula(f"=ROUND({line},{decimals})", one.compared or Decimal(0)), None, None


def _base(results: Results, explained: Explanation, nodes: Sequence[NodeExplanation], first: int) -> Value:
    """Give the base score, as a formula of the parts above it where that gives the stored score to the last digit."""
    base = explained.standing.base
    root = results.nodes[next(node.code for node in explained.nodes if node.depth == 0)]
    parts = [(node, f"{first + row}") for row, node in enumerate(nodes) if node.depth == 1]
    whole = next(node for node in explained.nodes if node.depth == 0)
    if base is None or any(node.score is None or node.full != whole.full for node, _ in parts):
        return base
    decimals = root.decimals if root.decimals is not None else results.sheet.scheme.decimals
    with localcontext(prec=_DIGITS):
        if isinstance(root.combine, Sum):
            raw, line = sum((node.score or Decimal(0) for node, _ in parts), Decimal(0)), _plus(parts, "C{0}")
        elif isinstance(root.combine, Arithmetic) and all(node.weight is not None for node, _ in parts):
            weights = sum((node.weight or Decimal(0) for node, _ in parts), Decimal(0))
            raw = sum(((node.weight or Decimal(0)) * (node.score or Decimal(0)) for node, _ in parts), Decimal(0))
            raw, line = raw / weights, _plus(parts, "B{0}*C{0}")
            line = line if weights == 1 else f"({line})/({_plus(parts, 'B{0}')})"
        else:
            return base
        same = results.rounded(raw, decimals) == base
    return Formula(f"=ROUND({line},{decimals})", base) if same else base


def _plus(parts: Sequence[tuple[NodeExplanation, str]], pattern: str) -> str:
    return "+".join(pattern.format(row) for _, row in parts)
