"""Who may be given, lend and keep a role, on plain values; every reason against it is told, not only the first.

The three administrators are separate powers (GB/T 22239-2019, 8.1.5.1 to 8.1.5.3): nobody has two of them on one day,
nobody gives himself anything, and none of the three is lent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from baton.org.choices import ADMINISTRATORS, COUNTY_WIDE, LENDS_NOTHING, Role
from baton.words import Place, Problem, Word


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody has: in a unit (its number) or county-wide, from a day to a day (None: without an end)."""

    role: Role
    unit: int | None
    first: date
    last: date | None
    lent: bool = False

    def meets(self, first: date, last: date | None) -> bool:
        """Whether it holds on a day of a span."""
        return (self.last is None or first <= self.last) and (last is None or self.first <= last)


def word_of(role: Role) -> Word:
    """Give the code of a role's words."""
    return Word(f"org.role_{role.value}")


def grant_problems(wanted: Held, has: Sequence[Held], reason: str, today: date, *, to_oneself: bool) -> list[Problem]:
    """Say what stands against giving a role to somebody who has others."""
    found = []
    if to_oneself:
        found.append(Problem("org.grant_to_oneself", {}, Place(field="role")))
    if wanted.role in COUNTY_WIDE and wanted.unit is not None:
        found.append(Problem("org.role_is_county_wide", {"role": word_of(wanted.role)}, Place(field="unit")))
    if wanted.role not in COUNTY_WIDE and wanted.unit is None:
        found.append(Problem("org.role_wants_a_unit", {"role": word_of(wanted.role)}, Place(field="unit")))
    if wanted.first < today:
        found.append(Problem("org.grant_in_the_past", {"today": today.isoformat()}, Place(field="first")))
    found += [*_span(wanted.first, wanted.last), *_reason(reason), *two_powers(wanted, has)]
    same = [one for one in has if (one.role, one.unit) == (wanted.role, wanted.unit) and not one.lent]
    if any(one.meets(wanted.first, wanted.last) for one in same):
        found.append(Problem("org.held_already", {"role": word_of(wanted.role)}, Place(field="role")))
    return found


def two_powers(wanted: Held, has: Sequence[Held]) -> list[Problem]:
    """Say which of the three powers somebody has on a day on which another is wanted."""
    if wanted.role not in ADMINISTRATORS:
        return []
    others = [one for one in has if one.role in ADMINISTRATORS - {wanted.role}]
    return [
        Problem("org.two_powers", {"role": word_of(wanted.role), "other": word_of(one.role)}, Place(field="role"))
        for one in others
        if one.meets(wanted.first, wanted.last)
    ]


def end_problems(held: Held, last: date | None, reason: str, today: date, *, only_one: bool) -> list[Problem]:
    """Say what stands against a role ending with a day (None: at once). `only_one`: nobody else keeps the rights."""
    found = _reason(reason)
    if held.last is not None and held.last < today:
        found.append(Problem("org.ended_already", {"last": held.last.isoformat()}, Place(field="last")))
    if last is not None and last < max(today, held.first):
        found.append(Problem("org.end_in_the_past", {"today": today.isoformat()}, Place(field="last")))
    if only_one:
        found.append(Problem("org.last_of_its_power", {"role": word_of(held.role)}))
    return found


def lend_problems(
    held: Held, first: date, last: date | None, reason: str, today: date, *, to_oneself: bool, of_the_unit: bool
) -> list[Problem]:
    """Say what stands against a holder lending a role. `of_the_unit`: the borrower belongs to the role's unit."""
    found = []
    if to_oneself:
        found.append(Problem("org.lent_to_oneself", {}, Place(field="to")))
    if held.role in LENDS_NOTHING:
        found.append(Problem("org.not_to_be_lent", {"role": word_of(held.role)}, Place(field="role")))
    if held.lent:
        found.append(Problem("org.lent_itself", {"role": word_of(held.role)}, Place(field="role")))
    if held.unit is not None and not of_the_unit:
        found.append(Problem("org.lent_outside", {}, Place(field="to")))
    if last is None:
        found.append(Problem("org.lent_without_end", {}, Place(field="last")))
    if first < today:
        found.append(Problem("org.grant_in_the_past", {"today": today.isoformat()}, Place(field="first")))
    if held.last is not None and last is not None and last > held.last:
        found.append(Problem("org.lent_beyond", {"last": held.last.isoformat()}, Place(field="last")))
    return [*found, *_span(first, last), *_reason(reason)]


def _reason(reason: str) -> list[Problem]:
    return [] if reason else [Problem("org.reason_missing", {}, Place(field="reason"))]


def _span(first: date, last: date | None) -> list[Problem]:
    if last is None or first <= last:
        return []
    params = {"begins": first.isoformat(), "ends": last.isoformat()}
    return [Problem("org.ends_before_it_begins", params, Place(field="last"))]
