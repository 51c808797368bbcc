"""What a statistician looks at in a result before it is used: spread, availability, correlations, reliability."""

from collections.abc import Iterator
from dataclasses import dataclass

from baton.engine.measures.correlate import Correlation, alpha, correlations
from baton.engine.measures.spread import Available, Spread, availability, spreads
from baton.engine.measures.table import Table, last_rows, name_of, table, tables
from baton.engine.result.sheet import ScoreSheet
from baton.words import Place, Problem, Refused


@dataclass(frozen=True, slots=True)
class Limits:
    """From which |r| on two indicators are said to measure much the same (`same`; COINr flags 0.9).

    `skewness` and `kurtosis` are those of the test for outliers (OECD/JRC: 2 and 3.5).
    """

    same: float = 0.9
    skewness: float = 2.0
    kurtosis: float = 3.5


@dataclass(frozen=True, slots=True)
class Reliability:
    """Cronbach's alpha of the children of a node over a group's units that have all of them (None: cannot be told)."""

    group: str
    period: str
    node: str
    children: int
    units: int
    alpha: float | None


@dataclass(frozen=True)
class Measures:
    """Measures of a result. Correlations are of points, so that more is better on both sides."""

    year: int
    limits: Limits
    spreads: tuple[Spread, ...]
    available: tuple[Available, ...]
    correlations: tuple[Correlation, ...]
    reliabilities: tuple[Reliability, ...]

    @property
    def same(self) -> tuple[Correlation, ...]:
        """Pairs that measure much the same, or the opposite: the closest first."""
        close = [one for one in self.correlations if one.r is not None and abs(one.r) >= self.limits.same]
        return tuple(sorted(close, key=lambda one: (-abs(one.r or 0), one.group, one.one, one.other)))

    def uneven(self, one: Spread) -> bool:
        """Whether an indicator fails the test for outliers: skewness and kurtosis both reach their limits."""
        if one.skewness is None or one.kurtosis is None:
            return False
        return abs(one.skewness) >= self.limits.skewness and one.kurtosis >= self.limits.kurtosis


def measures(sheet: ScoreSheet, limits: Limits | None = None) -> Measures:
    """Measure a score sheet: each indicator in the last period it is scored in, each unit over the whole year.

    Raises `Refused` for a limit of correlation that is not between 0 and 1, and for a sheet without any leaf.
    """
    asked = limits or Limits()
    if not 0 < asked.same <= 1:
        raise Refused([Problem("engine.measures_limit", {"given": asked.same}, Place(field="same"))])
    rows = last_rows(sheet)
    if not rows:
        raise Refused([Problem("engine.measures_of_nothing", {"year": sheet.year})])
    return Measures(
        sheet.year,
        asked,
        tuple(spreads(rows)),
        tuple(availability(list(sheet.leaves.iter_rows(named=True)))),
        tuple(found for one in tables(rows, "points") for found in correlations(one)),
        tuple(_reliabilities(sheet)),
    )


def _reliabilities(sheet: ScoreSheet) -> Iterator[Reliability]:
    for one, node in _children(sheet):
        units, found = alpha(one)
        yield Reliability(one.group, one.period, node, len(one.columns), units, found)


def _children(sheet: ScoreSheet) -> Iterator[tuple[Table, str]]:
    """Tables of what stands right under each node, as shares of full marks, in the node's last period."""
    parents = {node.code: node.parent for node in sheet.scheme.nodes if node.in_total}
    parents |= {indicator.code: indicator.parent for indicator in sheet.scheme.indicators}
    last: dict[tuple[str, str], str] = {}
    cells: dict[tuple[str, str, str], dict[tuple[str, str], float]] = {}
    units: dict[tuple[str, str, str], dict[str, None]] = {}
    for row in sheet.nodes.iter_rows(named=True):
        last[row["group"], row["node"]] = row["period"]
    leaves = ((row, name_of(row), row["indicator"], row["points"]) for row in sheet.leaves.iter_rows(named=True))
    nodes = ((row, row["node"], row["node"], row["score"]) for row in sheet.nodes.iter_rows(named=True))
    for row, name, code, score in (*leaves, *nodes):
        parent = parents.get(code)
        if parent is None or last.get((row["group"], parent)) != row["period"]:
            continue
        key = row["group"], parent, row["period"]
        units.setdefault(key, {})[row["unit"]] = None
        mine = cells.setdefault(key, {})
        if score is not None and row["full"]:
            mine[row["unit"], name] = score / row["full"]
    for key, mine in sorted(cells.items()):
        group, node, period = key
        columns = tuple(sorted({name for _, name in mine}))
        yield table(group, period, tuple(units[key]), columns, mine), node
