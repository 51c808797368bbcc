"""What of the assessment can be found: schemes by their indicators, yearly targets, items of the plan, specials."""

from typing import Any

from django.db.models import QuerySet

from baton.assessment.models import PlanItem, SchemeDraft, SchemeVersion, Special, Target, TargetCall
from baton.core.search.kinds import Entry, Searchable
from baton.org.models import Unit


def _drafts() -> QuerySet[Any]:
    return SchemeDraft.objects.all()


def _draft(row: SchemeDraft) -> Entry:
    return Entry(row.name, str(row.year), " ".join(filter(None, (row.code, row.document))), str(row.pk))


def _versions() -> QuerySet[Any]:
    return SchemeVersion.objects.yearly().prefetch_related("library")


def _version(row: SchemeVersion) -> Entry:
    lines = " ".join(f"{one.code} {one.name}" for one in row.library.all())
    return Entry(str(row), row.document, f"{row.code} {lines}", str(row.pk))


DRAFTS = Searchable(SchemeDraft, "workshop.found_draft", _drafts, SchemeDraft.objects.visible_to, _draft)
VERSIONS = Searchable(SchemeVersion, "workshop.found_version", _versions, SchemeVersion.objects.visible_to, _version)


def _targets() -> QuerySet[Any]:
    return Target.objects.select_related("unit")


def _target(row: Target) -> Entry:
    return Entry(f"{row.unit.name} · {row.title}", str(row.year), row.indicator, str(row.pk))


_FOLLOWS = {Unit._meta.label_lower: "unit", TargetCall._meta.label_lower: "call"}
TARGETS = Searchable(Target, "targets.search_kind", _targets, Target.objects.visible_to, _target, _FOLLOWS)


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
