"""Events that make no sense are refused, all at once."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from baton.engine.adjust.items import Item, items_of
from baton.engine.plan.leaf import EVERY_GROUP, entries, is_derived
from baton.engine.scheme.adjustments import Bonus, ByLevel, ByQuantity, Deduction, Event, GradeDrop, Veto
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure.figures import reported
from baton.engine.scheme.units import Unit
from baton.engine.terms import Frequency, plain
from baton.words import Place, Problem

type Finding = tuple[str, dict[str, Any]]


def check(scheme: Scheme, events: Sequence[Event]) -> tuple[Problem, ...]:
    """Find everything that is wrong with these events; the place is `events[n]`, counted from 1.

    Codes: engine.event_unknown_unit, event_unit_not_assessed, event_unknown_item, event_outside_dates,
    event_unknown_level, event_quantity_missing, event_quantity_negative, event_points_missing,
    event_points_not_allowed, event_indicator_missing, event_unknown_indicator, event_indicator_not_carried,
    event_matter_missing, event_on_quotient, event_date_missing.
    """
    units = {unit.code: unit for unit in scheme.units}
    known = {code: item for code, (_, _, item) in items_of(scheme).items()}
    indicators = {indicator.code: indicator for indicator in scheme.indicators}
    monthly = {node.code for node in scheme.nodes if node.frequency is not Frequency.YEAR}
    return tuple(
        Problem(code, {"unit": event.unit, "item": event.item, **params}, Place(field=f"events[{number}]"))
        for number, event in enumerate(events, 1)
        for code, params in (
            *_unit(units.get(event.unit)),
            *_date(scheme, event),
            *_item(known.get(event.item), event, monthly),
            *_indicator(known.get(event.item), event, indicators, units.get(event.unit)),
        )
    )


def _unit(unit: Unit | None) -> Iterator[Finding]:
    if unit is None:
        yield "engine.event_unknown_unit", {}
    elif unit.group is None:
        yield "engine.event_unit_not_assessed", {"name": unit.name}


def _date(scheme: Scheme, event: Event) -> Iterator[Finding]:
    first, last = scheme.effective_from, scheme.effective_to
    if event.on is not None and (event.on < first or (last is not None and event.on > last)):
        yield "engine.event_outside_dates", {"on": event.on, "first": first, "last": last or "…"}


def _item(item: Item | None, event: Event, monthly: Collection[str]) -> Iterator[Finding]:
    if item is None:
        yield "engine.event_unknown_item", {}
    elif isinstance(item, Bonus | Deduction):
        yield from _measure(item, event)
    elif isinstance(item, Indicator):
        yield from _quantity(event.quantity)
        yield from _in_figure(item, event)
        if not event.matter:
            yield "engine.event_matter_missing", {}
        if event.on is None and item.parent in monthly:
            yield "engine.event_date_missing", {}


def _in_figure(indicator: Indicator, event: Event) -> Iterator[Finding]:
    """Find quantities that cannot be taken out of a figure: of a quotient, or of a figure that is not read."""
    if any(is_derived(entry) for entry in entries(indicator)):
        yield "engine.event_on_quotient", {}
    figures = reported(indicator)
    if event.level and event.level not in figures:
        yield "engine.event_unknown_level", {"level": event.level, "levels": _listed(figures)}


def _measure(item: Bonus | Deduction, event: Event) -> Iterator[Finding]:
    measure = item.measure
    if isinstance(measure, ByLevel):
        if event.level not in measure.levels:
            yield "engine.event_unknown_level", {"level": event.level or "—", "levels": _listed(measure.levels)}
    elif isinstance(measure, ByQuantity):
        yield from _quantity(event.quantity)
    elif event.points is None:
        yield "engine.event_points_missing", {}
    elif measure.allowed and event.points not in measure.allowed:
        allowed = _listed(plain(value) for value in measure.allowed)
        yield "engine.event_points_not_allowed", {"points": plain(event.points), "allowed": allowed}


def _quantity(quantity: Decimal | None) -> Iterator[Finding]:
    if quantity is None:
        yield "engine.event_quantity_missing", {}
    elif quantity < 0:
        yield "engine.event_quantity_negative", {"quantity": plain(quantity)}


def _indicator(
    item: Item | None, event: Event, indicators: dict[str, Indicator], unit: Unit | None
) -> Iterator[Finding]:
    if isinstance(item, Indicator):
        named: str | None = item.code
    else:
        zeroes = isinstance(item, Veto) and isinstance(item.consequence, GradeDrop) and item.consequence.zero_indicator
        if not zeroes:
            return
        named = event.indicator
    if named is None:
        yield "engine.event_indicator_missing", {}
    elif named not in indicators:
        yield "engine.event_unknown_indicator", {"indicator": named}
    elif unit is not None and unit.group is not None and not _carries(indicators[named], unit):
        yield "engine.event_indicator_not_carried", {"indicator": named, "name": unit.name}


def _carries(indicator: Indicator, unit: Unit) -> bool:
    by_group = EVERY_GROUP in indicator.points or unit.group in indicator.points
    return by_group and (not indicator.units or unit.code in indicator.units)


def _listed(values: Iterable[str]) -> str:
    return "、".join(values)
