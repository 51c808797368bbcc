"""The course of a unit's year as a small chart, drawn as SVG on the server; every mark leads to its month."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from baton.assessment.queries.looking import UnitPage

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 200, 56, 34, 18
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A month: where it stands, what it says, where a click leads."""

    x: int
    y: int
    period: str
    words: str
    address: str


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
    """Draw the months of a unit's year; None while there are fewer than two with a score."""
    scored = [row for row in page.course if row.score is not None]
    if len(scored) < _LEAST:
        return None
    scores = [row.score for row in scored if row.score is not None]
    low, high = int(min(scores)) // 5 * 5, (int(max(scores)) // 5 + 1) * 5
    step = Decimal(WIDTH - LEFT - 20) / Decimal(len(scored) - 1)
    marks = []
    for place, (row, score) in enumerate(zip(scored, scores, strict=True)):
        period = row.run.month.period
        height = (Decimal(score) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)
        address = reverse("unit-result", args=(period, row.unit.code))
        marks.append(Mark(int(LEFT + step * place), int(HEIGHT - BOTTOM - height), period, f"{score:.2f}", address))
    return Course(tuple(marks), low, high)
