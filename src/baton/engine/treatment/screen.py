"""Units with too few figures, or too many zeros among them, are left out of the result."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction

from baton.engine.scheme.treatment import Screen
from baton.engine.treatment.cells import Known, Scope, Spot


@dataclass(frozen=True, slots=True)
class Availability:
    """Figures of a unit: how many there should be, are there, and are zero; and whether it stays.

    `available` = there / due, `nonzero` = 1 - zeros / there; None where nothing is due or there.
    """

    unit: str
    due: int
    there: int
    zeros: int
    kept: bool = True

    @property
    def available(self) -> Fraction | None:
        """Share of figures that are there."""
        return Fraction(self.there, self.due) if self.due else None

    @property
    def nonzero(self) -> Fraction | None:
        """Share of figures that are not zero."""
        return 1 - Fraction(self.zeros, self.there) if self.there else None


def screened(scope: Scope, step: Screen, known: Known, due: Collection[Spot]) -> tuple[Availability, ...]:
    """Count the figures of every unit, and tell which units the screen leaves out; shares equal to the least are kept.

    A unit of which no figure is due stays; one that has none of those due goes by `least_available` alone.
    """
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for spot in {*due, *known}:
        one = counts[spot[0]]
        one[0] += 1
        if spot in known:
            one[1] += 1
            one[2] += known[spot] == 0
    found = []
    for number, unit in enumerate(scope.plan.units):
        asked, there, zeros = counts[number]
        one_unit = Availability(unit.code, asked, there, zeros)
        found.append(replace(one_unit, kept=_kept(step, one_unit)))
    return tuple(found)


def _kept(step: Screen, one: Availability) -> bool:
    if one.unit in step.keep or one.unit in step.leave_out:
        return one.unit in step.keep
    limits = ((one.available, step.least_available), (one.nonzero, step.least_nonzero))
    return all(share is None or least is None or share >= least for share, least in limits)
