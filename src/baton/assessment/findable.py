"""What of assessment can be found: items of the plan, and special assessments, by name, number and organiser."""

from typing import Any

from django.db.models import QuerySet

from baton.assessment.models import PlanItem, Special
from baton.core.search.kinds import Entry, Searchable
from baton.org.models import Unit


def _items() -> QuerySet[Any]:
    return PlanItem.objects.select_related("organiser")


def _item(item: PlanItem) -> Entry:
    detail = " · ".join(filter(None, (item.number, item.organiser.name, str(item.year))))
    return Entry(item.title, detail, f"{item.number} {item.basis}".strip(), str(item.pk))


_UNIT = Unit._meta.label_lower
PLAN_ITEMS = Searchable(PlanItem, "plans.found_item", _items, PlanItem.objects.visible_to, _item, {_UNIT: "organiser"})


def _specials() -> QuerySet[Any]:
    return Special.objects.select_related("item__organiser", "version")


def _special(row: Special) -> Entry:
    detail = " · ".join(filter(None, (row.item.number, row.item.organiser.name)))
    return Entry(row.item.title, detail, row.version.name, str(row.pk))


SPECIALS = Searchable(Special, "plans.found_special", _specials, Special.objects.visible_to, _special)
