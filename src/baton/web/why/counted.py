"""How many rose, fell and stayed between two results."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal


def counted(differences: Iterable[Decimal]) -> Counter[str]:
    """Count by `rose`, `fell` and `same`; each is there, if only with none."""
    found = Counter({"rose": 0, "fell": 0, "same": 0})
    found.update("rose" if one > 0 else "fell" if one < 0 else "same" for one in differences)
    return found
