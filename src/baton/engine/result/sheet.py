"""The score sheet: every leaf, every node, every unit's standing, in whole quanta."""

from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

import narwhals as nw

from baton.engine.scheme.model import Scheme


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A bonus, deduction or veto that an event brought, and whether it counted.

    `points`: what counted in the end, in points (bonus positive, deduction negative, after caps and same-matter).
    `asked`: before caps. `reason` is a code of the catalogue where it did not count in full: `engine.same_matter`,
    `engine.item_cap`, `engine.total_cap`, `engine.not_confirmed`, `engine.veto_without_basis`; empty otherwise.
    """

    unit: str
    item: str
    kind: str
    matter: str
    asked: Decimal
    points: Decimal
    counting: str = "total"
    reason: str = ""
    document: str = ""
    level: str = ""
    quantity: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's standing in its group. Scores are decimals in points; `rank` is None without a score.

    `parts`: scores of the root's children by code. `grade_by_score`: by threshold alone; `grade`: the suggestion after
    quota and vetoes. `tie_keys`: per tie-break of the scheme what is compared, more is better (None: not scored, last).
    `reasons`: codes of the catalogue saying why grade differs (`engine.quota_full`,
    `engine.veto_cap`, `engine.moved_up`, `engine.tie_at_boundary`, `engine.grade_dropped`), each with its parameters.
    """

    unit: str
    group: str
    base: Decimal | None
    bonus: Decimal
    deduction: Decimal
    total: Decimal | None
    compared: Decimal | None
    rank: Decimal | None
    tie_keys: tuple[Decimal | None, ...] = ()
    parts: dict[str, Decimal | None] = field(default_factory=dict)
    vetoes: tuple[str, ...] = ()
    tie_bonus: Decimal = Decimal(0)
    grade_by_score: str | None = None
    grade: str | None = None
    reasons: tuple[tuple[str, dict[str, Any]], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What a result holds beside its leaves, which were too many to be held at once.

    nodes: one row per unit, node and period: unit, group, node, period, score and full (Int64 quanta), flags.
    statistics: one row per group, indicator, part and period with what rules compared with: count, best, worst, mean,
      deviation (text decimals; empty where not used).
    Quanta are 10^-scheme.decimals points. Frames are Polars behind Narwhals whatever engine computed them,
    sorted by their keys.
    """

    scheme: Scheme
    year: int
    nodes: nw.DataFrame[Any]
    statistics: nw.DataFrame[Any]
    standings: tuple[Standing, ...]
    adjustments: tuple[Adjustment, ...]
    scheme_digest: str
    data_digest: str
    engine_version: str
    digest: str
    engine: str = "polars"

    def with_leaves(self, leaves: nw.DataFrame[Any]) -> "ScoreSheet":
        """Give the whole sheet."""
        return ScoreSheet(leaves=leaves, **{one.name: getattr(self, one.name) for one in fields(Summary)})


@dataclass(frozen=True, kw_only=True)
class ScoreSheet(Summary):
    """The result of scoring one scheme over one year.

    leaves: one row per unit, indicator, part (empty: whole) and period: columns unit, group, indicator, part, period
      (text, held as categories in the order of the keys), value and target (Int64 in units of 10^-decimals, null:
      none), decimals (Int32), points and full (Int64 quanta; points null and full 0 where excluded), rank (Int32 in
      group and period by points, null: excluded), flags (Int32, bits of `Happened`).
    """

    leaves: nw.DataFrame[Any]
