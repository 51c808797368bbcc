"""What becomes of units: another name, one into another, one into several; each with its document and its day."""

from collections.abc import Sequence
from datetime import date, timedelta

from baton.core import clock
from baton.core.acting import Actor, acting
from baton.org.choices import ChangeKind, Role
from baton.org.models import Unit, UnitChange, UnitName
from baton.org.queries.access import require
from baton.org.rules.units import Life, Part, merge_problems, rename_problems, split_problems
from baton.words import Refused

_EVE = timedelta(days=1)


def rename_unit(*, unit: Unit, name: str, on: date, document: str, by: Actor, note: str = "") -> UnitChange:
    """Give a unit another name from a day on; the old one stays with its days. Raises `Refused`."""
    require(by.user, Role.SYSTEM_ADMINISTRATOR)
    with acting(by) as told:
        one = _locked([unit])[0]
        problems = rename_problems(life_of(one), name, on, document, clock.today())
        if problems:
            raise Refused(problems)
        old = one.name
        now = one.names.filter(alias=False, valid_to__isnull=True).order_by("-valid_from").first()
        if now is None:
            now = UnitName(unit=one, name=old, valid_from=one.valid_from)
        now.valid_to = on - _EVE
        now.save()
        UnitName.objects.create(unit=one, name=name, valid_from=on)
        one.name = name
        one.save(update_fields=["name"])
        change = _note(ChangeKind.RENAME, [one], [one], on, document, note)
        told.did("org.unit_renamed", one, old=old, new=name, on=on.isoformat(), document=document)
    return change


def merge_units(*, units: Sequence[Unit], into: Unit, on: date, document: str, by: Actor, note: str = "") -> UnitChange:
    """Let another unit take over from units; their last day is the eve of `on`. Raises `Refused`."""
    require(by.user, Role.SYSTEM_ADMINISTRATOR)
    with acting(by) as told:
        ending = _locked(units)
        problems = merge_problems([life_of(one) for one in ending], life_of(into), on, document)
        if problems:
            raise Refused(problems)
        _end(ending, on)
        change = _note(ChangeKind.MERGE, ending, [into], on, document, note)
        for one in ending:
            told.did("org.unit_merged", one, into=into.name, on=on.isoformat(), document=document)
    return change


def split_unit(
    *, unit: Unit, parts: Sequence[tuple[str, str]], on: date, document: str, by: Actor, note: str = ""
) -> UnitChange:
    """Let several units take over from one: `parts` are codes and names, of units that are there or begin then.

    New ones stand where the old one stood, and are of its kind. Raises `Refused`.
    """
    require(by.user, Role.SYSTEM_ADMINISTRATOR)
    with acting(by) as told:
        one = _locked([unit])[0]
        there = {found.code: found for found in Unit.objects.filter(code__in=[code for code, _ in parts])}
        wanted = [Part(code, name, life_of(there[code]) if code in there else None) for code, name in parts]
        problems = split_problems(life_of(one), wanted, on, document)
        if problems:
            raise Refused(problems)
        _end([one], on)
        after = [there[part.code] if part.there else _new(one, part, on) for part in wanted]
        change = _note(ChangeKind.SPLIT, [one], after, on, document, note)
        into = "、".join(unit.name for unit in after)
        told.did("org.unit_split", one, into=into, on=on.isoformat(), document=document)
    return change


def life_of(unit: Unit) -> Life:
    """Give a unit as the rules see it."""
    first = unit.names.filter(alias=False, valid_to__isnull=True).order_by("-valid_from").first()
    return Life(unit.code, unit.name, unit.valid_from, unit.valid_to, first.valid_from if first else None)


def _locked(units: Sequence[Unit]) -> list[Unit]:
    return list(Unit.objects.select_for_update(no_key=True).filter(pk__in=[one.pk for one in units]).order_by("pk"))


def _end(units: Sequence[Unit], on: date) -> None:
    Unit.objects.filter(pk__in=[one.pk for one in units]).update(valid_to=on - _EVE)
    for one in units:
        one.valid_to = on - _EVE


def _new(old: Unit, part: Part, on: date) -> Unit:
    return Unit.objects.create(
        code=part.code, name=part.name, kind=old.kind, parent=old.parent, order=old.order, valid_from=on
    )


def _note(
    kind: ChangeKind, before: Sequence[Unit], after: Sequence[Unit], on: date, document: str, note: str
) -> UnitChange:
    change = UnitChange.objects.create(kind=kind.value, on=on, document=document, note=note)
    change.before.set(before)
    change.after.set(after)
    return change
