"""Adding up what the offices and villages of a unit filled in."""

from collections.abc import Iterable
from decimal import Decimal

from baton.assessment.queries.desk.columns import RATES
from baton.assessment.rules.figures import Read, read_typed
from baton.engine.terms import plain
from baton.sheets.forms import Field, Sort
from baton.words import Place

_NOWHERE = Place()


def sum_of(field: Field, texts: Iterable[str]) -> str:
    """Add up the parts of a figure; empty where there are none, or where shares of different wholes would be added."""
    if field.sort is not Sort.NUMBER or field.unit in RATES - {""}:
        return ""
    read = [found for text in texts if text and isinstance(found := read_typed(text, field, _NOWHERE), Read)]
    numbers = [one.value for one in read if one.value is not None]
    return plain(sum(numbers, Decimal(0))) if numbers else ""
