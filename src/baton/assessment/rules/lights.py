"""Traffic lights by the share of the full points that was reached; each has a shape and a word in the catalogue."""

from dataclasses import dataclass
from decimal import Decimal

from baton.assessment.choices import Light


@dataclass(frozen=True, slots=True)
class Lights:
    """Least shares in percent for green and for yellow; below, a light is red. The county sets its own.

    `lagging_plan_percent`: the least share of a time-proportional plan; what is below is behind, whatever its points.
    """

    light_green_percent: int
    light_yellow_percent: int
    lagging_plan_percent: int

    def of(self, points: Decimal | int | None, full: Decimal | int) -> Light:
        """Give the light of points out of the full, both in the same unit; none where there is nothing to reach."""
        if points is None or full <= 0:
            return Light.NONE
        share = points * 100
        if share >= full * self.light_green_percent:
            return Light.GREEN
        return Light.YELLOW if share >= full * self.light_yellow_percent else Light.RED
