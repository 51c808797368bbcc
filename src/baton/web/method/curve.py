"""The curve of an indicator's rule as SVG, with the points at its turns as examples."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from baton.engine.rules import Case, Needs, RuleBase
from baton.engine.rules.curve import Trace, over_places, over_values
from baton.engine.scheme.indicators import Indicator
from baton.engine.terms import Direction, plain

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 560, 240, 56, 44, 18, 20
_FULL, _TARGET, _UNITS = Decimal(100), Decimal(100), Decimal(10)
_BEST, _WORST, _MEAN, _DEVIATION = Decimal(100), Decimal(60), Decimal(80), Decimal(10)
_WITHOUT = frozenset({"composite", "ballot", "ballot_rate", "checklist", "level_table", "conversion", "growth"})
"""Kinds whose points do not follow from one value alone, or from none that could be made up."""
_MOST, _FEW, _EVEN, _CENT = 10, 6, 4, Decimal("0.01")
_COMPARES = Needs.EXTREMES | Needs.MEAN | Needs.DEVIATION


@dataclass(frozen=True, slots=True)
class Curve:
    """A drawing: runs of points on the page, the ends of both axes, examples (value, points), and what it assumes.

    `by_place`: the axis is the place in the group. `assumes`: `target` (of 100) or `group` (best 100, worst 60), or
    nothing.
    """

    runs: tuple[str, ...]
    low: str
    high: str
    bottom: str
    top: str
    examples: tuple[tuple[str, str], ...]
    by_place: bool
    assumes: str
    width: int = WIDTH
    height: int = HEIGHT


def curve_of(one: Indicator, points: Decimal | None) -> Curve | None:
    """Draw a rule for so many full points; None where its points do not follow from one value."""
    rule = one.rule
    if str(rule.kind) in _WITHOUT or rule.parts():
        return None
    smaller = one.direction is Direction.LOWER
    best, worst = (_WORST, _BEST) if smaller else (_BEST, _WORST)
    fixed = rule.fixed()
    case = Case(
        x=Decimal(0),
        points=points or _FULL,
        sign=-1 if smaller else 1,
        target=one.target.value or _TARGET,
        best=best if fixed[0] is None else fixed[0],
        worst=worst if fixed[1] is None else fixed[1],
        mean=_MEAN,
        deviation=_DEVIATION,
        count=_UNITS,
    )
    if Needs.RANK in rule.needs():
        places = over_places(rule, case)
        return _drawn(places, dict(places.pieces[0]), by_place=True, assumes="")
    low, high = _span(rule, case)
    assumes = "group" if rule.needs() & _COMPARES and None in fixed else ""
    if not assumes and Needs.TARGET in rule.needs() and one.target.value is None:
        assumes = "target"
    trace = over_values(rule, case, low, high)
    even = [low + (high - low) * part / _EVEN for part in range(_EVEN + 1)]
    turns = {jump.x: jump.taken for jump in trace.jumps}
    asked = {*even, *turns, *(x for piece in trace.pieces for x, _ in (piece if len(piece) <= _FEW else ()))}
    exact = {x: rule.score(replace(case, x=x, numerator=x, denominator=Decimal(1))) for x in asked}
    return _drawn(trace, exact, by_place=False, assumes=assumes)


def _span(rule: RuleBase, case: Case) -> tuple[Decimal, Decimal]:
    """Give a range of values in which everything that happens can be seen; nobody lies beyond the group's ends."""
    if rule.needs() & Needs.EXTREMES:
        return min(case.best, case.worst), max(case.best, case.worst)
    ends = [end for piece in rule.segments() for end in (piece.low, piece.high) if end is not None]
    turns = [*rule.thresholds(), *ends]
    if Needs.TARGET in rule.needs():
        turns.append(case.target)
    if rule.needs() & _COMPARES or rule.fixed() != (None, None):
        turns += [case.best, case.worst]
    low, high = (min(turns), max(turns)) if turns else (Decimal(0), _UNITS)
    room = (high - low or abs(high) or Decimal(1)) * Decimal("0.3")
    return (low - room if low < 0 else max(Decimal(0), low - room)), high + room


def _drawn(trace: Trace, exact: Mapping[Decimal, Decimal], *, by_place: bool, assumes: str) -> Curve:
    spots = [spot for piece in trace.pieces for spot in piece]
    left, right = min(x for x, _ in spots), max(x for x, _ in spots)
    bottom, top = min(Decimal(0), *(y for _, y in spots)), max(y for _, y in spots)
    wide, tall = right - left or Decimal(1), top - bottom or Decimal(1)

    def at(x: Decimal, y: Decimal) -> str:
        across = LEFT + (x - left) / wide * (WIDTH - LEFT - RIGHT)
        return f"{across:.1f},{HEIGHT - BOTTOM - (y - bottom) / tall * (HEIGHT - TOP - BOTTOM):.1f}"

    runs = tuple(" ".join(at(x, y) for x, y in piece) for piece in trace.pieces)
    low, high, least, most = (plain(number.quantize(_CENT).normalize()) for number in (left, right, bottom, top))
    return Curve(runs, low, high, least, most, _examples(exact), by_place, assumes)


def _examples(exact: Mapping[Decimal, Decimal]) -> tuple[tuple[str, str], ...]:
    """Give values with their points, as many as a reader looks at; the first and the last are always there."""
    found = sorted(exact.items())
    step = max(1, -(-len(found) // _MOST))
    chosen = [*found[::step], *([found[-1]] if (len(found) - 1) % step else [])]
    return tuple((_short(x), _short(y)) for x, y in chosen)


def _short(number: Decimal) -> str:
    return plain(number.quantize(Decimal("0.0001")).normalize())
