"""Two results side by side: one unit in two months, or two units in one month."""

from dataclasses import dataclass
from decimal import Decimal

from baton.assessment.models import LeafResult, UnitResult
from baton.assessment.queries.looking.month import Shown
from baton.engine.scheme.indicators import Indicator

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: a unit in a month."""

    shown: Shown
    result: UnitResult


@dataclass(frozen=True, slots=True)
class Pair:
    """An indicator on both sides; None where a side does not carry it."""

    code: str
    name: str
    first: LeafResult | None
    second: LeafResult | None

    @property
    def difference(self) -> Decimal | None:
        """Points of the second minus those of the first; None unless both have points."""
        if self.first is None or self.second is None or self.first.points is None or self.second.points is None:
            return None
        found: Decimal = self.second.points - self.first.points
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides, indicator by indicator. What is left of the difference of the scores stands in `rest`.

    Points of what a side does not carry are shared out among the rest (剔除归一), so that the differences of the lines
    need not add up to that of the scores.
    """

    first: Side
    second: Side
    pairs: tuple[Pair, ...]

    @property
    def difference(self) -> Decimal | None:
        """Score of the second minus that of the first; None unless both have one."""
        if self.first.result.score is None or self.second.result.score is None:
            return None
        found: Decimal = self.second.result.score - self.first.result.score
        return found

    @property
    def rest(self) -> Decimal | None:
        """What the lines do not explain."""
        if self.difference is None:
            return None
        return self.difference - sum((pair.difference or NOTHING for pair in self.pairs), NOTHING)


def side(shown: Shown, unit: str) -> Side | None:
    """Give a unit in a month; None where it has no result there."""
    result = UnitResult.objects.filter(run=shown.run, unit__code=unit).select_related("unit").first()
    return None if result is None else Side(shown, result)


def compare(first: Side, second: Side) -> Comparison:
    """Put two results side by side, in the order of the first side's scheme; two queries."""
    lines = (_leaves(first), _leaves(second))
    names: dict[str, Indicator] = {**second.shown.indicators, **first.shown.indicators}
    places = {code: place for place, code in enumerate(names)}
    keys = sorted({*lines[0], *lines[1]}, key=lambda key: (places.get(key[0], -1), key[1]))
    pairs = []
    for code, part in keys:
        name = names[code].name if code in names else code
        pairs.append(Pair(code, f"{name} {part}".strip(), lines[0].get((code, part)), lines[1].get((code, part))))
    return Comparison(first, second, tuple(pairs))


def _leaves(one: Side) -> dict[tuple[str, str], LeafResult]:
    rows = LeafResult.objects.filter(run=one.shown.run, unit=one.result.unit)
    return {(row.indicator, row.part): row for row in rows}
