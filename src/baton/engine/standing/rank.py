"""Ranks: 1 is best; equals share a rank."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from baton.engine.standing.scores import Score
from baton.engine.terms import RankMethod


def tied(scores: Iterable[Score]) -> Iterator[list[Score]]:
    """Go through units with a score, best first, equals together (by unit code among themselves)."""
    scored = sorted((one for one in scores if one.total is not None), key=lambda one: one.unit)
    ordered = sorted(scored, key=lambda one: one.key, reverse=True)
    for _, equals in groupby(ordered, key=lambda one: one.key):
        yield list(equals)


def ranks(scores: Iterable[Score], method: RankMethod) -> dict[str, Decimal]:
    """Rank units with a score; others have no rank."""
    return _numbered(([one.unit for one in equals] for equals in tied(scores)), method)


def places(keys: Mapping[str, int], method: RankMethod) -> dict[str, Decimal]:
    """Rank units by one number each, more is better."""
    ordered = sorted(keys, key=lambda unit: -keys[unit])
    return _numbered((list(equals) for _, equals in groupby(ordered, key=lambda unit: keys[unit])), method)


def _numbered(groups: Iterable[Sequence[str]], method: RankMethod) -> dict[str, Decimal]:
    """Number groups of equals, best first: competition 1-2-2-4, dense 1-2-2-3, mean 1-2.5-2.5-4."""
    found: dict[str, Decimal] = {}
    ahead = 0
    for place, equals in enumerate(groups, 1):
        size = len(equals)
        if method is RankMethod.DENSE:
            rank = Decimal(place)
        elif method is RankMethod.MEAN:
            whole, half = divmod(2 * ahead + size + 1, 2)
            rank = whole + half * Decimal("0.5") if half else Decimal(whole)
        else:
            rank = Decimal(ahead + 1)
        found |= dict.fromkeys(equals, rank)
        ahead += size
    return found
