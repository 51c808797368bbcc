"""What of assessment can be found: items of the plan by name, filing number, organiser and ground."""

from typing import Any

from django.db.models import QuerySet

from baton.assessment.models import PlanItem
from baton.core.search.kinds import Entry, Searchable
from baton.org.models import Unit


def _items() -> QuerySet[Any]:
    return PlanItem.objects.select_related("organiser")


def _item(item: PlanItem) -> Entry:
    detail = " · ".join(filter(None, (item.number, item.organiser.name, str(item.year))))
    return Entry(item.title, detail, f"{item.number} {item.basis}".strip(), str(item.pk))


_UNIT = Unit._meta.label_lower
PLAN_ITEMS = Searchable(PlanItem, "plans.found_item", _items, PlanItem.objects.visible_to, _item, {_UNIT: "organiser"})
