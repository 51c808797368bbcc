"""When recurring work is due: pure, on moments that are given."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import override
from zoneinfo import ZoneInfo

COUNTY = ZoneInfo("Asia/Shanghai")
MOST_CAUGHT_UP = 400
"""A year of days and some: whatever was missed beyond that is not caught up one by one."""


class Rhythm(ABC):
    """How often."""

    @abstractmethod
    def before(self, moment: datetime) -> datetime:
        """Give the last due moment that is not after a moment."""

    def between(self, after: datetime, until: datetime) -> list[datetime]:
        """Give the due moments after one moment up to another, oldest first, no more than `MOST_CAUGHT_UP`."""
        found: list[datetime] = []
        due = self.before(until)
        while due > after and len(found) < MOST_CAUGHT_UP:
            found.append(due)
            due = self.before(due - timedelta(microseconds=1))
        return found[::-1]


@dataclass(frozen=True, slots=True)
class Every(Rhythm):
    """Every so many minutes, counted from midnight UTC."""

    minutes: int

    @override
    def before(self, moment: datetime) -> datetime:
        length = self.minutes * 60
        return datetime.fromtimestamp(moment.timestamp() // length * length, moment.tzinfo)


@dataclass(frozen=True, slots=True)
class Daily(Rhythm):
    """Every day at a time of the county's clock."""

    at: time
    zone: ZoneInfo = COUNTY

    @override
    def before(self, moment: datetime) -> datetime:
        here = moment.astimezone(self.zone)
        due = datetime.combine(here.date(), self.at, self.zone)
        return due if due <= here else datetime.combine(here.date() - timedelta(days=1), self.at, self.zone)
