"""Traffic lights by the share of the full points that was reached: a shape and a word, never colour alone."""

from dataclasses import dataclass
from decimal import Decimal

from baton.documents.excel import Level, Light
from baton.reports.results.results import Results

WORDS = {
    Level.NORMAL: "reports.light_normal",
    Level.NEAR: "reports.light_near",
    Level.OVER: "reports.light_over",
    Level.NONE: "reports.light_none",
}


@dataclass(frozen=True, slots=True)
class LightLevels:
    """Least shares of the full points for the first and the second light; below the second the third is on.

    An office sets its own. The defaults are the lowest thresholds of 优秀 and 一般 commonly printed (90 and 60 of 100).
    """

    normal: Decimal = Decimal("0.9")
    near: Decimal = Decimal("0.6")

    def level(self, share: Decimal | None) -> Level:
        """Give the level of a share; None: nothing to reach."""
        if share is None:
            return Level.NONE
        return Level.NORMAL if share >= self.normal else Level.NEAR if share >= self.near else Level.OVER


def light(results: Results, level: Level) -> Light:
    """Give a light with its word."""
    return Light(level, results.say(WORDS[level]))
