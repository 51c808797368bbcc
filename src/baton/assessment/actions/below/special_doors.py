"""A special assessment found and locked, by whoever changes it."""

from baton.assessment.choices import SpecialState
from baton.assessment.models import Special
from baton.words import Problem, Refused


def special_of(number: int, lock: bool = True) -> Special:
    """Give a special assessment, locked until the end of the step. Raises `Refused` where there is none."""
    rows = Special.objects.select_related("item", "version", "run")
    rows = rows.select_for_update(of=("self",), no_key=True) if lock else rows
    found = rows.filter(pk=number).first()
    if found is None:
        raise Refused([Problem("plans.special_unknown")])
    return found


def require_not_out(row: Special) -> None:
    """Let nothing change once the result is out. Raises `Refused`."""
    if row.state == SpecialState.PUBLISHED:
        raise Refused([Problem("plans.special_is_out")])
