"""The parts of a comparison. Numbers are decimals in points; None stands for what one of the two sides lacks."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from baton.engine.result.sheet import Standing

type Kind = Literal["indicator", "bonus", "deduction", "bound"]

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class PieceChange:
    """A piece of a unit's total before and after: an indicator, a bonus or deduction item, or the bound on the total.

    None: that side does not have it. It then counts as zero in `difference`.
    """

    kind: Kind
    code: str
    name: str
    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal:
        """After minus before."""
        return (self.after or _NOTHING) - (self.before or _NOTHING)


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit that both results have. The differences of `pieces` add up to that of the total without remainder."""

    unit: str
    name: str
    before: Standing
    after: Standing
    pieces: tuple[PieceChange, ...]

    @property
    def difference(self) -> Decimal | None:
        """Total after minus total before; None if a side has none."""
        if self.before.total is None or self.after.total is None:
            return None
        return self.after.total - self.before.total

    @property
    def places_won(self) -> Decimal | None:
        """Places moved up in the group (negative: down); None without two ranks in one group."""
        if self.before.rank is None or self.after.rank is None or self.before.group != self.after.group:
            return None
        return self.before.rank - self.after.rank


@dataclass(frozen=True, slots=True)
class SchemeChange:
    """A spot of the scheme that differs: `indicators[M01].rule.cap`; None where a side does not have it."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Edition:
    """Which result a side is."""

    scheme: str
    version: str
    year: int
    scheme_digest: str
    data_digest: str
    digest: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two results.

    `units` follow the order of the result after; `added` and `gone` are codes that only one side has, in the order of
    their schemes. `scheme` lists what differs between the schemes, units left aside.
    """

    before: Edition
    after: Edition
    units: tuple[UnitChange, ...]
    units_added: tuple[str, ...]
    units_gone: tuple[str, ...]
    indicators_added: tuple[str, ...]
    indicators_gone: tuple[str, ...]
    scheme: tuple[SchemeChange, ...]
