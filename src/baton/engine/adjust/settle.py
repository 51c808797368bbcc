"""From events to adjustments: check, same matter, caps, sums."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from baton.engine.adjust.caps import within_caps
from baton.engine.adjust.check import check
from baton.engine.adjust.items import Claim, Kind, claim, items_of
from baton.engine.adjust.matter import Cost, contest
from baton.engine.adjust.outcome import Outcome, Sums
from baton.engine.quantum import to_points, to_quanta
from baton.engine.result.sheet import Adjustment
from baton.engine.scheme.adjustments import Bonus, Event, GradeDrop, Veto
from baton.engine.scheme.model import Scheme
from baton.engine.terms import Counting
from baton.words import Refused


def adjustments(scheme: Scheme, events: Sequence[Event], cost: Cost) -> Outcome:
    """Settle all events of a year; the order in which they are given makes no difference.

    points = share x (points of the level | quantity / per x rate | decided points), rounded once to the quantum; then
    same matter (see `matter.contest`), the item's cap, and the cap on all items of a kind together (bonuses that only
    break ties have that cap for themselves). Under a cap the scheme's order of items counts, then the date.

    `cost(unit, indicator, events)` is what the indicator loses, in points of the total, because their quantities are in
    its figure. Every event is shown: one that is not confirmed, a veto without basis, one that gives way to another of
    the same matter, and one cut by a cap carry a reason. An indicator that keeps its figure needs no row.
    Raises Refused with every problem of the events (see `check.check`).
    """
    problems = check(scheme, events)
    if problems:
        raise Refused(problems)
    known = items_of(scheme)
    by_unit: dict[str, list[Claim]] = defaultdict(list)
    for event in events:
        by_unit[event.unit].append(claim(scheme, event, known))
    results = {unit: _unit(scheme, unit, claims, cost) for unit, claims in sorted(by_unit.items())}
    return Outcome(
        tuple(row for result in results.values() for row in result.rows),
        tuple(event for result in results.values() for event in result.freed),
        tuple((unit, indicator) for unit, result in results.items() for indicator in result.zeroed),
        {unit: result.sums for unit, result in results.items()},
    )


@dataclass(slots=True)
class _Settled:
    rows: list[Adjustment]
    sums: Sums
    zeroed: list[str]
    freed: list[Event] = field(default_factory=list)


def _unit(scheme: Scheme, unit: str, claims: list[Claim], cost: Cost) -> _Settled:
    claims = sorted(claims, key=lambda one: one.order)
    reasons = [_not_in_force(one) for one in claims]
    freed, lost = _same_matter(scheme, unit, claims, reasons, cost)
    wanted = [0 if reason else one.asked for one, reason in zip(claims, reasons, strict=True)]
    counted, caps = within_caps(scheme, claims, wanted)
    reasons = [cap or reason for cap, reason in zip(caps, reasons, strict=True)]
    rows = [
        _row(scheme, one, points, reason, lost.get(n, Decimal(0)))
        for n, (one, points, reason) in enumerate(zip(claims, counted, reasons, strict=True))
        if one.kind is not Kind.INDICATOR or reason
    ]
    in_force = [one for one, reason in zip(claims, reasons, strict=True) if one.kind is Kind.VETO and not reason]
    return _Settled(rows, _sums(claims, counted, in_force), _zeroed(in_force), freed)


def _same_matter(
    scheme: Scheme, unit: str, claims: Sequence[Claim], reasons: list[str], cost: Cost
) -> tuple[list[Event], dict[int, Decimal]]:
    """Mark in `reasons` what gives way; say what is freed, and what the indicator shown by a row would have lost."""
    freed: list[Event] = []
    lost: dict[int, Decimal] = {}
    for positions in _matters(claims, reasons):
        outcome = contest(scheme, unit, [claims[n] for n in positions], cost)
        for n in (positions[place] for place in outcome.dropped):
            reasons[n] = "engine.same_matter"
        for indicator, events in outcome.released.items():
            freed += events
            of_indicator = [n for n in positions if claims[n].event.item == indicator]
            lost[of_indicator[0]] = outcome.costs[indicator]
            for n in of_indicator:
                reasons[n] = "engine.same_matter"
    return freed, lost


def _not_in_force(one: Claim) -> str:
    if not one.event.confirmed:
        return "engine.not_confirmed"
    if isinstance(one.item, Veto) and not one.item.basis.strip():
        return "engine.veto_without_basis"
    return ""


def _matters(claims: Sequence[Claim], reasons: Sequence[str]) -> Iterator[list[int]]:
    """Group what is in force by its same-matter number; without a number an event is a matter of its own."""
    matters: dict[str, list[int]] = defaultdict(list)
    for n, (one, reason) in enumerate(zip(claims, reasons, strict=True)):
        if one.event.matter and not reason:
            matters[one.event.matter].append(n)
    yield from (matters[matter] for matter in sorted(matters))


def _counting(one: Claim) -> Counting:
    return one.item.counting if isinstance(one.item, Bonus) else Counting.TOTAL


def _sums(claims: Sequence[Claim], counted: Sequence[int], in_force: Sequence[Claim]) -> Sums:
    totals: Counter[tuple[Kind, Counting]] = Counter()
    for one, points in zip(claims, counted, strict=True):
        totals[one.kind, _counting(one)] += points
    return Sums(
        bonus=totals[Kind.BONUS, Counting.TOTAL],
        tie_bonus=totals[Kind.BONUS, Counting.TIE_BREAK],
        deduction=totals[Kind.DEDUCTION, Counting.TOTAL],
        vetoes=tuple(one.event.item for one in in_force),
    )


def _zeroed(in_force: Sequence[Claim]) -> list[str]:
    return sorted(
        {
            one.event.indicator
            for one in in_force
            if isinstance(one.item, Veto)
            and isinstance(one.item.consequence, GradeDrop)
            and one.item.consequence.zero_indicator
            and one.event.indicator is not None
        }
    )


def _row(scheme: Scheme, one: Claim, points: int, reason: str, lost: Decimal) -> Adjustment:
    sign = -1 if one.kind is Kind.DEDUCTION else 1
    event = one.event
    asked = sign * one.asked if one.kind is not Kind.INDICATOR else -to_quanta(lost, scheme.decimals)
    return Adjustment(
        unit=event.unit,
        item=event.item,
        kind=one.kind.label,
        matter=event.matter,
        asked=to_points(asked, scheme.decimals),
        points=to_points(sign * points, scheme.decimals),
        counting=_counting(one).value,
        reason=reason,
        document=event.document,
        level=event.level,
        quantity=event.quantity,
        note=event.note,
    )
