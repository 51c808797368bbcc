"""Leaves: an indicator of a group, or a part of one, with everything its score depends on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cached_property

from baton.engine.rules import Feed, Needs, RuleBase
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.nodes import Node
from baton.engine.terms import Direction, Frequency
from baton.engine.values import Direct, GrowthRate, Ratio, Value, WeightedSum

DERIVED_DECIMALS = 12
MEAN_DECIMALS = 9
EVERY_GROUP = "*"


@dataclass(frozen=True)
class Leaf:
    """One leaf. `key` = group number x number of entries + entry number; `points` are its full points.

    `weight` is its weight under a mean (None under a sum). `frequency` is that of its node: how often it is scored.
    `decimals` is the scale of value and target: both are whole numbers of 10^-decimals. `rounding` is the number of
    decimals its points are rounded to.
    """

    key: int
    group: str
    indicator: Indicator
    part: str
    node: Node
    rule: RuleBase
    value: Value
    figures: dict[str, str]
    points: Decimal
    weight: Decimal | None
    decimals: int
    rounding: int

    @property
    def frequency(self) -> Frequency:
        """How often the leaf is scored."""
        return self.node.frequency

    @property
    def sign(self) -> int:
        """+1 where more is better, -1 where less is."""
        return -1 if self.indicator.direction is Direction.LOWER else 1

    @cached_property
    def needs(self) -> Needs:
        """What its rule looks at."""
        return self.rule.needs()

    @cached_property
    def wants_target(self) -> bool:
        """Whether its rule looks at a target."""
        return Needs.TARGET in self.needs

    @cached_property
    def divides(self) -> bool:
        """Whether its rule divides by the target."""
        return Needs.DIVISOR in self.needs

    @property
    def derived(self) -> bool:
        """Whether the value is a quotient, so that it is rounded to `decimals` when it is made."""
        return is_derived(Entry(self.indicator, self.part, self.rule, self.value, self.figures))

    @cached_property
    def feeds(self) -> tuple[Feed, ...]:
        """The figures it reads, under their reported names."""
        return feeds_of(self.indicator, self.rule, self.value, self.figures)

    @cached_property
    def ratio_scale(self) -> Decimal:
        """What a quotient is multiplied with."""
        if self.rule.feeds():
            return Decimal(1)
        return self.value.scale if isinstance(self.value, Ratio | GrowthRate) else Decimal(1)


def feeds_of(indicator: Indicator, rule: RuleBase, value: Value, figures: Mapping[str, str]) -> tuple[Feed, ...]:
    """The figures that an indicator or one of its parts reads, under their reported names."""
    found = rule.feeds() or tuple(_value_feeds(value))
    needs_target = Needs.TARGET in rule.needs() and indicator.target.value is None
    if needs_target and not any(feed.role == "target" for feed in found):
        found = (*found, Feed("target", "target"))
    return tuple(Feed(figures.get(f.figure, f.figure), f.role, f.factor) for f in found)


def feed_frequency(indicator: Indicator, feeds: Iterable[Feed], feed: Feed) -> Frequency:
    """How often a figure is reported: targets as the indicator's target says, everything else like the indicator.

    A figure that is read in another role as well (votes) is reported once, like the indicator.
    """
    elsewhere = any(other.figure == feed.figure and other.role != "target" for other in feeds)
    return indicator.target.frequency if feed.role == "target" and not elsewhere else indicator.frequency


def _value_feeds(value: Value) -> Iterator[Feed]:
    if isinstance(value, Direct):
        yield Feed("actual", "value")
    elif isinstance(value, Ratio):
        yield Feed(value.numerator, "numerator")
        yield Feed(value.denominator, "denominator")
    elif isinstance(value, GrowthRate):
        yield Feed("actual", "numerator")
        yield Feed(value.previous, "numerator", Decimal(-1))
        yield Feed(value.previous, "denominator")
    elif isinstance(value, WeightedSum):
        for figure, factor in value.terms.items():
            yield Feed(figure, "value", factor)


@dataclass(frozen=True)
class Entry:
    """An indicator, or one of its parts, before it is given to a group."""

    indicator: Indicator
    part: str
    rule: RuleBase
    value: Value
    figures: dict[str, str]
    numerator: Decimal = Decimal(1)
    denominator: Decimal = Decimal(1)

    def points(self, whole: Decimal) -> Decimal:
        """The part's points of the indicator's whole points, to 28 digits."""
        with localcontext() as context:
            context.prec = 28
            return whole * self.numerator / self.denominator


def is_derived(entry: Entry) -> bool:
    """Whether the value is a quotient of reported figures."""
    feeds = entry.rule.feeds() or tuple(_value_feeds(entry.value))
    return any(feed.role in ("numerator", "denominator", "present") for feed in feeds)


def entries(indicator: Indicator) -> tuple[Entry, ...]:
    """The indicator as it is, or its parts."""
    parts = indicator.rule.parts()
    if not parts:
        return (Entry(indicator, "", indicator.rule, indicator.value, {}),)
    return tuple(Entry(indicator, p.code, p.rule, p.value, dict(p.figures), p.numerator, p.denominator) for p in parts)


def for_group[T](by_group: dict[str, T], group: str) -> T | None:
    """What a map by group says of a group: its own entry, or the one for every group (`*`)."""
    return by_group.get(group, by_group.get(EVERY_GROUP))
