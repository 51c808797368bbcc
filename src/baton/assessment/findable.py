"""What of the assessment can be found: schemes, made and adopted, by their indicators; yearly targets by unit."""

from typing import Any

from django.db.models import QuerySet

from baton.assessment.models import SchemeDraft, SchemeVersion, Target, TargetCall
from baton.core.search.kinds import Entry, Searchable
from baton.org.models import Unit


def _drafts() -> QuerySet[Any]:
    return SchemeDraft.objects.all()


def _draft(row: SchemeDraft) -> Entry:
    return Entry(row.name, str(row.year), " ".join(filter(None, (row.code, row.document))), str(row.pk))


def _versions() -> QuerySet[Any]:
    return SchemeVersion.objects.defer("text").prefetch_related("library")


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
