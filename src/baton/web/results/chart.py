"""The course of a unit's year as a small chart, drawn as SVG on the server; every mark leads to its month."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from baton.assessment.queries.earlier import as_share
from baton.assessment.queries.looking import UnitPage

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 200, 56, 34, 18
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A month: where it stands, what it says, where a click leads (empty: a result that was brought in has no page)."""

    x: int
    y: int
    period: str
    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """A line through the months, and the scores at its lower and upper edge."""

    marks: tuple[Mark, ...]
    low: int
    high: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def path(self) -> str:
        """The line, as the points of a polyline."""
        return " ".join(f"{mark.x},{mark.y}" for mark in self.marks)


def course_chart(page: UnitPage) -> Course | None:
    """Draw the months of a unit's year, and before them what is held of earlier months; None below two with a score."""
    points = [*_past(page), *_now(page)]
    if len(points) < _LEAST:
        return None
    scores = [score for _, score, _ in points]
    low, high = int(min(scores)) // 5 * 5, (int(max(scores)) // 5 + 1) * 5
    step = Decimal(WIDTH - LEFT - 20) / Decimal(len(points) - 1)
    marks = []
    for place, (period, score, address) in enumerate(points):
        height = (score - low) / (high - low) * (HEIGHT - TOP - BOTTOM)
        marks.append(Mark(int(LEFT + step * place), int(HEIGHT - BOTTOM - height), period, f"{score:.2f}", address))
    return Course(tuple(marks), low, high)


def _past(page: UnitPage) -> Iterator[tuple[str, Decimal, str]]:
    """Earlier months, in points of the full marks of today."""
    for one in page.past_months:
        share = as_share(one)
        if share is not None:
            yield one.period, share * page.result.full / 100, ""


def _now(page: UnitPage) -> Iterator[tuple[str, Decimal, str]]:
    for row in page.course:
        if row.score is not None:
            period = row.run.month.period
            yield period, Decimal(row.score), reverse("unit-result", args=(period, row.unit.code))
