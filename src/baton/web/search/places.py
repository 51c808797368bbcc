"""Where the page of a found object is; a room that shows further kinds adds its line."""

from collections.abc import Callable, Mapping

from django.urls import reverse

from baton.core.queries.search import Hit
from baton.org.findable import PEOPLE, UNITS

_PLACES: Mapping[str, Callable[[str], str]] = {
    UNITS.label: lambda code: reverse("unit", args=[code]),
    PEOPLE.label: lambda code: reverse("unit", args=[code]),
}
"""By the name of the kind in tables; a person is found on the page of their unit."""


def place_of(hit: Hit) -> str:
    """Give the address of what was found."""
    return _PLACES[hit.label](hit.reference)
