"""Amending a scheme in its year: from which day it may begin, and which months take which version."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from baton.assessment.choices import MonthState
from baton.assessment.rules.month_scheme import last_of
from baton.engine.scheme.model import Scheme
from baton.words import Place, Problem

type Fate = Literal["before", "takes", "keeps", "out"]


@dataclass(frozen=True, slots=True)
class MonthFate:
    """A month and an amendment.

    `before`: it ends before the amendment begins. `takes`: it is scored by it. `keeps`: it was opened with an older
    version and keeps that one, unless the head of the office moves it. `out`: its result is out, and nothing moves it.
    """

    period: str
    fate: Fate
    version: str


def amendment_problems(scheme: Scheme, effective_from: date) -> list[Problem]:
    """Say what stands against amending a scheme from a day on: it is in force after its first and to its last day."""
    last = scheme.effective_to
    if effective_from > scheme.effective_from and (last is None or effective_from <= last):
        return []
    days = {"first": scheme.effective_from.isoformat(), "last": "—" if last is None else last.isoformat()}
    return [Problem("workshop.amended_outside", days, Place(field="effective_from"))]


def months_of(
    begins: date, ends: date | None, own: int | None, months: Iterable[tuple[str, str, int, str]]
) -> list[MonthFate]:
    """Say of every month that is open or scored what an amendment is to it.

    `own`: the number of the amended version (None: not published yet). `months`: period, state, number and name of the
    version each is scored by.
    """
    found = []
    for period, state, number, name in months:
        last = last_of(period)
        if last < begins or (ends is not None and last.replace(day=1) > ends):
            fate: Fate = "before"
        elif number == own:
            fate = "takes"
        else:
            fate = "out" if state == MonthState.PUBLISHED else "keeps"
        found.append(MonthFate(period, fate, name))
    return found
