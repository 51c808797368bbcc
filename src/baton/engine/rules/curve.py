"""A rule as a curve: its exact points over a range of values, in pieces that end where it jumps."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from baton.engine.rules.base import Case, Needs, RuleBase
from baton.engine.rules.deduct import ThresholdDeduct

type Point = tuple[Decimal, Decimal]

STEPS = 120
HAIR = Decimal("1e-9")
DIGITS = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Jump:
    """A place where the points jump: from `left` to `right`, of which `taken` is given exactly there."""

    x: Decimal
    left: Decimal
    right: Decimal
    taken: Decimal


@dataclass(frozen=True, slots=True)
class Trace:
    """Pieces without jumps, each a run of points (x, points), and the jumps between them."""

    pieces: tuple[tuple[Point, ...], ...]
    jumps: tuple[Jump, ...] = ()


def over_values(rule: RuleBase, case: Case, low: Decimal, high: Decimal) -> Trace:
    """Trace the points within bounds over x from low to high, everything else as in `case`.

    Parts of a rule all look at the same x, each for its share of the points.
    A value that is a quotient moves its numerator over a denominator of 1. Points are rounded to six decimals.
    """
    hair = (high - low) * HAIR
    turns = [x for x in sorted(set(_turns(rule, case))) if low < x < high]
    jumps = tuple(jump for x in turns for jump in _jump(rule, case, x, hair))
    ends = [low, *(jump.x for jump in jumps), high]
    pieces = []
    for number, (start, stop) in enumerate(pairwise(ends)):
        run = [(x, _points(rule, case, x)) for x in _between(start, stop, turns)]
        if number > 0:
            run[0] = (start, jumps[number - 1].right)
        if number < len(jumps):
            run[-1] = (stop, jumps[number].left)
        pieces.append(tuple(_simplified(run)))
    return Trace(tuple(pieces), jumps)


def over_places(rule: RuleBase, case: Case) -> Trace:
    """Trace the points over the places 1 to n of a group of n = case.count units."""
    places = [Decimal(place) for place in range(1, int(case.count) + 1)]
    return Trace((tuple((place, _rounded(rule.score(replace(case, rank=place)))) for place in places),))


def _points(rule: RuleBase, case: Case, x: Decimal) -> Decimal:
    return _rounded(_score(rule, replace(case, x=x, numerator=x, denominator=Decimal(1))))


def _score(rule: RuleBase, case: Case) -> Decimal:
    parts = rule.parts()
    if not parts:
        return rule.score(case)
    shares = (replace(case, points=case.points * part.numerator / part.denominator) for part in parts)
    return sum((_score(part.rule, share) for part, share in zip(parts, shares, strict=True)), Decimal(0))


def _rounded(points: Decimal) -> Decimal:
    return points.quantize(DIGITS).normalize() + 0


def _turns(rule: RuleBase, case: Case) -> Iterator[Decimal]:
    """Where a rule may bend or jump: its lines and edges, the target, the ends of the group."""
    for part in rule.parts():
        yield from _turns(part.rule, case)
    yield from rule.thresholds()
    if isinstance(rule, ThresholdDeduct) and rule.whole_steps:
        yield from (rule.line - case.sign * rule.per * number for number in range(1, STEPS + 1))
    yield from (end for piece in rule.segments() for end in (piece.low, piece.high) if end is not None)
    needs = rule.needs()
    if Needs.TARGET in needs:
        yield case.target
    if Needs.EXTREMES in needs:
        yield from (case.best, case.worst)


def _jump(rule: RuleBase, case: Case, x: Decimal, hair: Decimal) -> Iterator[Jump]:
    left, taken, right = (_points(rule, case, place) for place in (x - hair, x, x + hair))
    if abs(left - taken) > DIGITS * 10 or abs(right - taken) > DIGITS * 10:
        yield Jump(x, left, right, taken)


def _between(start: Decimal, stop: Decimal, turns: list[Decimal]) -> list[Decimal]:
    grid = [start + (stop - start) * step / STEPS for step in range(STEPS + 1)]
    return sorted({*grid, *(x for x in turns if start < x < stop)})


def _simplified(run: list[Point]) -> Iterator[Point]:
    """Leave out points that lie on the line between their neighbours."""
    kept = run[0]
    yield kept
    for point, following in pairwise(run[1:]):
        slope = (following[1] - kept[1]) * (point[0] - kept[0]) - (point[1] - kept[1]) * (following[0] - kept[0])
        if abs(slope) > DIGITS * abs(following[0] - kept[0]) * 2:
            yield point
            kept = point
    yield run[-1]
