"""What of the assessment can be found: yearly targets by unit and indicator."""

from typing import Any

from django.db.models import QuerySet

from baton.assessment.models import Target, TargetCall
from baton.core.search.kinds import Entry, Searchable
from baton.org.models import Unit


def _targets() -> QuerySet[Any]:
    return Target.objects.select_related("unit")


def _target(row: Target) -> Entry:
    return Entry(f"{row.unit.name} · {row.title}", str(row.year), row.indicator, str(row.pk))


_FOLLOWS = {Unit._meta.label_lower: "unit", TargetCall._meta.label_lower: "call"}
TARGETS = Searchable(Target, "targets.search_kind", _targets, Target.objects.visible_to, _target, _FOLLOWS)
