"""Names of units as people write them, on a day: found exactly or not at all; what is only near is suggested."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models

from baton.core.models import User
from baton.org.choices import ChangeKind
from baton.org.models import Unit, UnitChange, UnitName
from baton.org.models.seen import SeenByAll
from baton.sheets.cells.text import close
from baton.sheets.units import Match, UnitNames
from baton.words import Place, Problem

_NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Named:
    """A unit under the name of one day, as matching wants it."""

    code: str
    name: str
    short_name: str
    aliases: Sequence[str]
    valid_from: date | None
    valid_to: date | None
    successors: Sequence[str]


class NamesOnDay:
    """Finds units by what they were called on a day: code, name, short name, or another way of writing it."""

    def __init__(self, user: User | None, day: date) -> None:
        """Take the names that a person may see; None is the system itself, which sees all."""
        self.day = day
        units = list(_seen(Unit.objects.all(), user))
        self.by_code = {unit.code: unit for unit in units}
        names = defaultdict(list)
        for name in _seen(UnitName.objects.all(), user):
            names[name.unit_id].append(name)
        after = _successors(user)
        named = [_named(unit, names[unit.pk], after[unit.pk], day) for unit in units]
        self.today = [unit for unit in units if unit.valid_to is None or unit.valid_to >= day]
        self._known = UnitNames(named)
        self._now = {one.code: one.name for one in named}
        self._other = {
            close(name): unit for unit in units for name in [unit.name, *(one.name for one in names[unit.pk])]
        }

    def find(self, given: str, place: Place = _NOWHERE) -> Unit | Problem:
        """Find the unit that a text names, or say why there is none."""
        found = self._known.find(given, self.day, place)
        if isinstance(found, Match):
            return self.by_code[found.code]
        renamed = self._other.get(close(given))
        if found.code in ("sheets.unit_unknown", "sheets.unit_near_miss") and renamed is not None:
            params = {
                "given": given,
                "day": self.day.isoformat(),
                "name": self._now[renamed.code],
                "code": renamed.code,
            }
            return Problem("org.called_otherwise_then", params, place)
        return found


def _seen[One: models.Model](rows: SeenByAll[One], user: User | None) -> SeenByAll[One]:
    return rows if user is None else rows.visible_to(user)


def _named(unit: Unit, names: Iterable[UnitName], successors: Sequence[str], day: date) -> Named:
    """Give a unit as it was called on a day; where nothing says otherwise, as it is called today."""
    called, aliases = unit.name, []
    for one in names:
        holds = (one.valid_from is None or one.valid_from <= day) and (one.valid_to is None or day <= one.valid_to)
        if holds and one.alias:
            aliases.append(one.name)
        elif holds:
            called = one.name
    return Named(unit.code, called, unit.short_name, aliases, unit.valid_from, unit.valid_to, successors)


def _successors(user: User | None) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    changes = _seen(UnitChange.objects.exclude(kind=ChangeKind.RENAME.value), user)
    for change in changes.prefetch_related("before", "after"):
        for old in change.before.all():
            found[old.pk] += [new.code for new in change.after.all()]
    return found
