"""What of the organisation can be found: units by any of their names, people by name and post."""

from typing import Any

from django.db.models import QuerySet

from baton.core.search.kinds import Entry, Searchable
from baton.org.models import Person, Unit


def _units() -> QuerySet[Any]:
    return Unit.objects.select_related("parent").prefetch_related("names")


def _unit(unit: Unit) -> Entry:
    names = [unit.code, unit.short_name, *(name.name for name in unit.names.all())]
    above = unit.parent.name if unit.parent else ""
    return Entry(unit.name, " · ".join(filter(None, (unit.kind, above))), " ".join(filter(None, names)), unit.code)


def _people() -> QuerySet[Any]:
    return Person.objects.select_related("unit")


def _person(person: Person) -> Entry:
    detail = " · ".join(filter(None, (person.unit.name, person.title)))
    return Entry(person.name, detail, person.unit.short_name, str(person.pk))


_UNIT = Unit._meta.label_lower
UNITS = Searchable(Unit, "services.found_unit", _units, Unit.objects.visible_to, _unit, {_UNIT: "parent"})
PEOPLE = Searchable(Person, "services.found_person", _people, Person.objects.visible_to, _person, {_UNIT: "unit"})
