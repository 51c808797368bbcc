"""Writing down a unit, and putting one right; what becomes of units is in `changes`."""

from collections.abc import Collection
from datetime import date
from typing import Any

from baton.core.acting import Actor, acting
from baton.org.choices import Role
from baton.org.models import Unit, UnitName
from baton.org.queries.access import require
from baton.words import Place, Problem, Refused

PLAIN = ("short_name", "kind", "order", "valid_from", "valid_to", "note")
"""Fields that are put right without a document."""


def add_unit(*, code: str, name: str, parent: Unit | None = None, by: Actor, **fields: Any) -> Unit:
    """Write down a unit. `fields`: those of `PLAIN`. Raises `Refused`."""
    require(by.user, Role.SYSTEM_ADMINISTRATOR)
    with acting(by) as told:
        problems = fit_problems(code, name, parent, None)
        if problems:
            raise Refused(problems)
        unit = Unit.objects.create(code=code, name=name, parent=parent, **_plain(fields))
        told.did("org.unit_added", unit, code=code)
    return unit


def edit_unit(
    *, unit: Unit, name: str, parent: Unit | None, aliases: Collection[str], by: Actor, **fields: Any
) -> Unit:
    """Put a unit right: a slip of the pen in its name, its place in the tree, its days. Raises `Refused`.

    A decision that gives it another name is `changes.rename_unit`, which keeps the old one with its days.
    """
    require(by.user, Role.SYSTEM_ADMINISTRATOR)
    with acting(by) as told:
        one = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
        wanted = {"name": name, "parent": parent, **_plain(fields)}
        problems = [*fit_problems(one.code, name, parent, one), *days_problems(wanted, one)]
        if problems:
            raise Refused(problems)
        before = {field: getattr(one, field) for field in wanted}
        for field, value in wanted.items():
            setattr(one, field, value)
        one.save()
        changed = {
            field: [_told(before[field]), _told(wanted[field])] for field in wanted if before[field] != wanted[field]
        }
        changed |= set_aliases(one, aliases)
        if changed:
            told.did("org.unit_edited", one, changed=changed)
    return one


def set_aliases(unit: Unit, aliases: Collection[str]) -> dict[str, list[str]]:
    """Let a unit have exactly these other ways of writing its name; give what changed, as before and after."""
    known = sorted(unit.names.filter(alias=True).values_list("name", flat=True))
    wanted = sorted({one.strip() for one in aliases} - {""})
    if known == wanted:
        return {}
    unit.names.filter(alias=True).exclude(name__in=wanted).delete()
    UnitName.objects.bulk_create(UnitName(unit=unit, name=one, alias=True) for one in wanted if one not in known)
    return {"aliases": ["、".join(known), "、".join(wanted)]}


def fit_problems(code: str, name: str, parent: Unit | None, own: Unit | None) -> list[Problem]:
    """Say what stands against a unit of this code and name at this place of the tree."""
    found = []
    if not code:
        found.append(Problem("org.code_missing", {}, Place(field="code")))
    elif own is None and Unit.objects.filter(code=code).exists():
        found.append(Problem("org.code_taken", {"code": code}, Place(field="code")))
    if not name:
        found.append(Problem("org.name_missing", {}, Place(field="name")))
    else:
        others = Unit.objects.filter(name=name, valid_to__isnull=True, parent=parent)
        other = (others.exclude(pk=own.pk) if own else others).first()
        if other is not None:
            found.append(Problem("org.name_taken", {"name": name, "code": other.code}, Place(field="name")))
    if own is not None and parent is not None and below_itself(own, parent):
        params = {"name": own.name, "parent": parent.name}
        found.append(Problem("org.below_itself", params, Place(field="parent")))
    return found


def below_itself(unit: Unit, parent: Unit) -> bool:
    """Whether a unit would come to stand below itself."""
    at: Unit | None = parent
    seen: set[int] = set()
    while at is not None and at.pk not in seen:
        if at.pk == unit.pk:
            return True
        seen.add(at.pk)
        at = at.parent
    return False


def days_problems(wanted: dict[str, Any], unit: Unit) -> list[Problem]:
    """Say whether first and last day are in order."""
    begins: date | None = wanted.get("valid_from", unit.valid_from)
    ends: date | None = wanted.get("valid_to", unit.valid_to)
    if begins is not None and ends is not None and ends < begins:
        params = {"begins": begins.isoformat(), "ends": ends.isoformat()}
        return [Problem("org.ends_before_it_begins", params, Place(field="valid_to"))]
    return []


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in fields.items() if field in PLAIN}


def _told(value: object) -> str:
    return "" if value is None else str(value)
