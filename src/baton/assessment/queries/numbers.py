"""The county's numbers of the day, as the rules want them."""

from baton.assessment.rules.lagging import Schedule
from baton.assessment.rules.lights import Lights
from baton.assessment.rules.objections import ObjectionDays
from baton.assessment.rules.windows import MonthDays
from baton.core import clock
from baton.core.queries.parameters import parameters


def numbers() -> dict[str, int]:
    """Give every number of the area as it holds today; one query."""
    return parameters(clock.today(), "assessment")


def month_days(found: dict[str, int]) -> MonthDays:
    """Give the days of the calendar."""
    return MonthDays(**{name: found[name] for name in MonthDays.__slots__})


def lights(found: dict[str, int]) -> Lights:
    """Give the thresholds of the lights."""
    return Lights(**{name: found[name] for name in Lights.__slots__})


def schedule(found: dict[str, int]) -> Schedule:
    """Give the schedule of reminders."""
    return Schedule(**{name: found[name] for name in Schedule.__slots__})


def objection_days(found: dict[str, int]) -> ObjectionDays:
    """Give the days of objections."""
    return ObjectionDays(**{name: found[name] for name in ObjectionDays.__slots__})
