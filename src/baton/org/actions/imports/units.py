"""Units by workbook or scheme: tried, written down whole, taken back whole."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Max, ProtectedError, QuerySet

from baton.core.acting import Told
from baton.engine.scheme.text import read as read_schemes
from baton.org.actions.imports.kind import Kind
from baton.org.actions.units import set_aliases
from baton.org.choices import ChangeKind
from baton.org.models import Assignment, Person, Unit, UnitChange, UnitName
from baton.org.rules.imports import Change, Plan
from baton.org.workbooks.scheme import scheme_plan
from baton.org.workbooks.units import read_units
from baton.sheets.workbook.encoding import decode
from baton.words import Place, Problem, Refused

SCHEME_FILES = (".yaml", ".yml")


def known_units() -> dict[str, dict[str, str]]:
    """Give all units by code, every field as text."""
    aliases: dict[int, list[str]] = {}
    for name in UnitName.objects.filter(alias=True).order_by("name"):
        aliases.setdefault(name.unit_id, []).append(name.name)
    after: dict[int, list[str]] = {}
    for change in UnitChange.objects.exclude(kind=ChangeKind.RENAME.value).prefetch_related("before", "after"):
        for old in change.before.all():
            after.setdefault(old.pk, []).extend(one.code for one in change.after.all())
    return {
        unit.code: {
            "name": unit.name,
            "short_name": unit.short_name,
            "aliases": "、".join(sorted(aliases.get(unit.pk, ()))),
            "kind": unit.kind,
            "parent": unit.parent.code if unit.parent else "",
            "valid_from": unit.valid_from.isoformat() if unit.valid_from else "",
            "valid_to": unit.valid_to.isoformat() if unit.valid_to else "",
            "note": unit.note,
            "successors": "、".join(sorted(after.get(unit.pk, ()))),
        }
        for unit in Unit.objects.select_related("parent")
    }


def _read(content: bytes, name: str) -> Plan:
    """Try a workbook, or the units of a scheme file."""
    if not name.lower().endswith(SCHEME_FILES):
        return read_units(content, name, known_units())
    decoded = decode(content)
    if decoded is None:
        raise Refused([Problem("org.scheme_encoding", {}, Place(name))])
    schemes = [source.scheme for source in read_schemes(decoded.text, name)]
    return scheme_plan(max(schemes, key=lambda one: one.effective_from), known_units(), roots())


def roots() -> list[str]:
    """Give the codes of the units that stand under no other and still exist: a scheme's units go below the one root."""
    return list(Unit.objects.filter(parent__isnull=True, valid_to__isnull=True).values_list("code", flat=True))


def take_units(changes: Sequence[Change], told: Told) -> None:
    """Write changes of units down: first the units, then who stands below whom, what they are called, who took over."""
    last = Unit.objects.aggregate(last=Max("order"))["last"] or 0
    fresh = [one for one in changes if one.new]
    Unit.objects.bulk_create(
        Unit(code=one.key, order=last + number, **_own(one.after())) for number, one in enumerate(fresh, 1)
    )
    _write(changes, {one.key: one.after() for one in changes})
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[one.key for one in changes])}
    for one in changes:
        if one.new:
            told.did("org.unit_added", units[one.key], code=one.key)
        else:
            told.did("org.unit_edited", units[one.key], changed={k: list(v) for k, v in one.fields.items()})


def _undo(changes: list[Change], told: Told) -> None:
    now, problems = known_units(), []
    for one in changes:
        there = now.get(one.key, {})
        differing = [name for name, value in one.after().items() if there.get(name, "") != value]
        if differing:
            problems.append(Problem("org.undo_changed_since", {"name": one.label, "code": one.key}))
    fresh = Unit.objects.filter(code__in=[one.key for one in changes if one.new])
    problems += [Problem("org.undo_in_use", {"name": unit.name, "code": unit.code}) for unit in _in_use(fresh)]
    if problems:
        raise Refused(problems)
    _write(changes, {one.key: one.before() for one in changes})
    for unit in Unit.objects.filter(code__in=[one.key for one in changes]):
        told.did("org.unit_taken_back", unit, code=unit.code)
    try:
        fresh.delete()
    except ProtectedError as error:  # rows of apps above, which this one does not know
        names = "、".join(one.name for one in fresh)[:100]
        raise Refused([Problem("org.undo_in_use", {"name": names, "code": len(fresh)})]) from error


def _in_use(fresh: QuerySet[Unit]) -> list[Unit]:
    """Give those units that somebody has built on: people, roles, units below that came otherwise, names of before."""
    units = list(fresh)
    keys = {unit.pk for unit in units}
    used: set[int | None] = set(Person.objects.filter(unit__in=keys).values_list("unit_id", flat=True))
    used |= set(Assignment.objects.filter(unit__in=keys).values_list("unit_id", flat=True))
    used |= set(Unit.objects.filter(parent__in=keys).exclude(pk__in=keys).values_list("parent_id", flat=True))
    used |= set(UnitName.objects.filter(unit__in=keys, alias=False).values_list("unit_id", flat=True))
    return [unit for unit in units if unit.pk in used]


def _own(values: Mapping[str, str]) -> dict[str, object]:
    """Give the fields of a unit's own row."""
    found: dict[str, object] = {key: values[key] for key in ("name", "short_name", "kind", "note") if key in values}
    found |= {
        key: date.fromisoformat(values[key]) if values[key] else None
        for key in ("valid_from", "valid_to")
        if key in values
    }
    return found


def _write(changes: Sequence[Change], wanted: Mapping[str, Mapping[str, str]]) -> None:
    codes = {one.key for one in changes} | {values["parent"] for values in wanted.values() if values.get("parent")}
    codes |= {code for values in wanted.values() for code in values.get("successors", "").split("、") if code}
    units = {unit.code: unit for unit in Unit.objects.select_for_update(no_key=True).filter(code__in=codes)}
    for one in changes:
        unit, values = units[one.key], wanted[one.key]
        if not (one.new and not values.get("name")):
            for field, value in _own(values).items():
                setattr(unit, field, value)
        if "parent" in values:
            unit.parent = units[values["parent"]] if values["parent"] else None
    Unit.objects.bulk_update(
        [units[one.key] for one in changes],
        ["name", "short_name", "kind", "note", "valid_from", "valid_to", "parent"],
        batch_size=200,
    )
    for one in changes:
        values = wanted[one.key]
        if "aliases" in one.fields and (values.get("aliases") or not one.new or one.before()["aliases"]):
            set_aliases(units[one.key], values["aliases"].split("、"))
        if "successors" in one.fields:
            _hand_over(units[one.key], [units[code] for code in values["successors"].split("、") if code])


def _hand_over(unit: Unit, successors: Sequence[Unit]) -> None:
    """Let what became of a unit be exactly this; a unit without successors has no such change."""
    unit.changes_from.exclude(kind=ChangeKind.RENAME.value).delete()
    if not successors or unit.valid_to is None:
        return
    begun = [one.valid_from for one in successors if one.valid_from and one.valid_from >= unit.valid_to]
    on = min(begun, default=unit.valid_to + timedelta(days=1))
    kind = ChangeKind.MERGE if len(successors) == 1 else ChangeKind.SPLIT
    change = UnitChange.objects.create(kind=kind.value, on=on, note=unit.note)
    change.before.set([unit])
    change.after.set(successors)


UNITS = Kind(_read, take_units, _undo)
