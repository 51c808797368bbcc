"""The items of a scheme that an event can answer, and what one event asks for."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Context, Decimal
from enum import IntEnum
from typing import Any

from baton.engine.quantum import to_quanta, to_quanta_down
from baton.engine.scheme.adjustments import Bonus, ByLevel, ByQuantity, Deduction, Event, Veto
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme

_WIDE = Context(prec=60)

type Item = Bonus | Deduction | Veto | Indicator


class Kind(IntEnum):
    """The four things an event can answer, in the order in which they are shown."""

    BONUS = 0
    DEDUCTION = 1
    VETO = 2
    INDICATOR = 3

    @property
    def label(self) -> str:
        """The text a result carries."""
        return self.name.lower()


def items_of(scheme: Scheme) -> dict[str, tuple[Kind, int, Item]]:
    """Give every item by its code: its kind, its place in the scheme's list, and itself."""
    lists: tuple[tuple[Kind, tuple[Item, ...]], ...] = (
        (Kind.INDICATOR, scheme.indicators),
        (Kind.VETO, scheme.vetoes),
        (Kind.DEDUCTION, scheme.deductions),
        (Kind.BONUS, scheme.bonuses),
    )
    return {item.code: (kind, place, item) for kind, items in lists for place, item in enumerate(items)}


@dataclass(frozen=True, slots=True)
class Claim:
    """An event with its item and what it asks for in whole quanta (>= 0; 0 for vetoes and indicators).

    `alone` is what it would bring if it were the unit's only event: `asked` within the caps of the item and of the
    kind. `place` is the item's place in the scheme's list.
    """

    event: Event
    kind: Kind
    place: int
    item: Item
    asked: int
    alone: int

    @property
    def order(self) -> tuple[Any, ...]:
        """A total order that does not depend on the order in which events were given: by item, then by date."""
        event = self.event
        return (
            *(self.kind, self.place, event.on is None, event.on and event.on.toordinal(), event.matter, -self.asked),
            *(event.level, event.quantity or 0, event.points or 0, event.share, event.indicator or ""),
            *(event.document, event.note, event.confirmed),
        )


def asked_points(item: Bonus | Deduction, event: Event) -> Decimal:
    """Give the points an event asks for: of its level, quantity / per x rate, or as decided; times its share.

    With `whole` the full portions of each event count by themselves: 19 million at 10 million each are one portion.
    The event must have passed `check`.
    """
    measure = item.measure
    if isinstance(measure, ByLevel):
        points = measure.levels[event.level]
    elif isinstance(measure, ByQuantity):
        portions = _WIDE.divide(event.quantity or Decimal(0), measure.per)
        if measure.whole:
            portions = portions.to_integral_value(ROUND_FLOOR, _WIDE)
        points = _WIDE.multiply(portions, measure.rate)
    else:
        points = event.points or Decimal(0)
    return _WIDE.multiply(points, event.share)


def claim(scheme: Scheme, event: Event, known: dict[str, tuple[Kind, int, Item]]) -> Claim:
    """Say what a checked event asks for, rounded once to the scheme's quantum."""
    kind, place, item = known[event.item]
    if not isinstance(item, Bonus | Deduction):
        return Claim(event, kind, place, item, 0, 0)
    asked = to_quanta(asked_points(item, event), scheme.decimals)
    bounds = (item.cap, scheme.limits.bonus if isinstance(item, Bonus) else scheme.limits.deduction)
    alone = min([asked, *(to_quanta_down(bound, scheme.decimals) for bound in bounds if bound is not None)])
    return Claim(event, kind, place, item, asked, alone)
