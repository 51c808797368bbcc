"""The newest result in one look, for the first page: of one's own units, or of the county."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from baton.assessment.models import UnitResult
from baton.assessment.queries.looking.month import Shown, shown_month
from baton.core.models import User


@dataclass(frozen=True, slots=True)
class Newest:
    """The month that is shown, the results of one's own units, and how many units have each light."""

    shown: Shown
    own: tuple[UnitResult, ...]
    lights: Mapping[str, int]


def newest_result(user: User, units: frozenset[int]) -> Newest | None:
    """Give the newest result that a person may see; `units` are the person's own, by number. None: there is none."""
    shown = shown_month(user)
    if shown is None:
        return None
    rows = UnitResult.objects.filter(run=shown.run).select_related("unit").order_by("unit__order", "unit__code")
    found = list(rows)
    return Newest(shown, tuple(row for row in found if row.unit_id in units), Counter(row.light for row in found))
