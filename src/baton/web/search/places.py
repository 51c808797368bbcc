"""Where the page of a found object is; a room that shows further kinds adds its line."""

from collections.abc import Callable, Mapping

from django.urls import reverse

from baton.assessment.findable import DRAFTS, PLAN_ITEMS, SPECIALS, TARGETS, VERSIONS
from baton.core.queries.search import Hit
from baton.org.findable import PEOPLE, UNITS

_PLACES: Mapping[str, Callable[[str], str]] = {
    UNITS.label: lambda code: reverse("unit", args=[code]),
    PLAN_ITEMS.label: lambda number: reverse("plan-item", args=[number]),
    SPECIALS.label: lambda number: reverse("special", args=[number]),
    PEOPLE.label: lambda number: reverse("person", args=[number]),
    DRAFTS.label: lambda number: reverse("workshop-draft", args=[number]),
    VERSIONS.label: lambda number: reverse("workshop-version", args=[number]),
    TARGETS.label: lambda number: reverse("target", args=[number]),
}
"""By the name of the kind in tables; each takes the reference that the kind's entries carry."""


def place_of(hit: Hit) -> str:
    """Give the address of what was found."""
    return _PLACES[hit.label](hit.reference)
