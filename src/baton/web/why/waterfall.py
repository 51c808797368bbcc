"""A change as a waterfall, drawn as SVG on the server: the score before, what each factor gave, the score after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from baton.engine.compare.attribution import Factor
from baton.engine.compare.months import FACTORS, UnitMonth
from baton.web.templatetags.results import points, signed
from baton.web.templatetags.words import page_language
from baton.words import text

WIDTH, HEIGHT, TOP, BOTTOM, BAR = 720, 260, 34, 40, 76
_LEAST = Decimal(1)
_ROOM = Decimal("0.15")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it stands, what is written over and under it, and whether it is a score, a gain or a loss."""

    x: int
    y: int
    height: int
    name: str
    words: str
    kind: str

    @property
    def middle(self) -> int:
        """Where its words stand."""
        return self.x + BAR // 2

    @property
    def over(self) -> int:
        """Where the number over it stands."""
        return self.y - 8


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The bars, and the size of the drawing."""

    bars: tuple[Bar, ...]
    width: int = WIDTH
    height: int = HEIGHT
    bar: int = BAR

    @property
    def ground(self) -> int:
        """Where the axis lies."""
        return HEIGHT - BOTTOM


def waterfall(change: UnitMonth, factors: Sequence[Factor] = FACTORS) -> Waterfall:
    """Draw a unit's change; the axis is cut so that small changes are seen, and bars of scores say their number.

    `factors`: the first of `FACTORS`, where the others cannot have moved.
    """
    steps = list(_steps(change, factors))
    low, high = min(min(one[1:3]) for one in steps), max(max(one[1:3]) for one in steps)
    room = max((high - low) * _ROOM, _LEAST)
    low, high = low - room, high + room
    scale = Decimal(HEIGHT - TOP - BOTTOM) / (high - low)
    apart = (WIDTH - len(steps) * BAR) // len(steps)
    bars = []
    for place, (name, start, end, kind, words) in enumerate(steps):
        base = low if kind == "score" else min(start, end)
        upper = HEIGHT - BOTTOM - int((max(start, end) - low) * scale)
        lower = HEIGHT - BOTTOM - int((base - low) * scale)
        bars.append(Bar(apart // 2 + place * (BAR + apart), upper, max(lower - upper, 2), name, words, kind))
    return Waterfall(tuple(bars))


def _steps(change: UnitMonth, factors: Sequence[Factor]) -> Iterator[tuple[str, Decimal, Decimal, str, str]]:
    language, at = page_language(), change.before
    yield text("objections.before", language), at, at, "score", points(at)
    for factor, part in zip(factors, change.parts, strict=False):
        kind = "gain" if part > 0 else "loss" if part < 0 else "none"
        yield text(f"objections.factor_{factor.value}", language), at, at + part, kind, signed(part)
        at += part
    yield text("objections.after", language), at, at, "score", points(at)
