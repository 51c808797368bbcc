"""What of the assessment can be found: schemes that are being made, and adopted ones by any of their indicators."""

from typing import Any

from django.db.models import QuerySet

from baton.assessment.models import SchemeDraft, SchemeVersion
from baton.core.search.kinds import Entry, Searchable


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
