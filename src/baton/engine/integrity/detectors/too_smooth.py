"""Too smooth: a year whose months move far less than those of peers and of the unit's other years."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.cube import MONTHS
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.nature import steps_of
from baton.engine.integrity.pooled import Tested
from baton.engine.integrity.robust import MISSING, least_chance, median, normal_tail, years_beside, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_LOOKS = 3.0
_FEWEST = 10
_TRIMMED = 2
"""The largest deviations of a year that are left out: a flood or a project makes no year rough."""
_WIDER, _WIDER_BARE = 1.15, 1.5
"""How much wider honest years lie in the tails than their middle half tells; of bare figures, whose seasons differ."""
_LEAST_SCALE = 0.25
_LEAST = 1e-3
_UNSEEN = 0.5
"""Share of the finest step that the spread of a year cannot be told below."""
_LARGEST_RATIO = 0.5
"""Only a year whose spread is below this share of the usual one is too smooth, however many years are at hand."""


def find_too_smooth(ground: Ground) -> Tested:
    """Test the spread of the months of a year: residuals, steps from month to month, and the bare figures.

    Bare figures hold a season, so that a year in even parts shows in them and not in what is left beside the peers.

    The usual spread is the quadratic mean of the peers' and of the unit's other years'. The logarithm of the ratio is
    nearly normal over honest cells (chance and honest differences between units together); its scale is told by the
    middle half of all cells, a little wider for the tails.
    """
    nature = ground.nature
    slow = nature.slow[:, None, None]
    looks = ground.residual, ground.centred(ground.level), steps_of(ground.level)
    spreads = np.stack([_spread(ground, look) for look in looks])
    spreads[:2, nature.slow] = MISSING
    spreads[2, nature.still] = MISSING
    # A movement below the finest step is not seen; neither a year nor the usual one is known more exactly.
    seen = np.sqrt(spreads**2 + (_UNSEEN * nature.grain) ** 2)
    lesser = slow, np.ones_like(slow), slow
    ratios = np.stack([_share_of_usual(*pair) for pair in zip(seen, lesser, strict=True)])
    wider = _WIDER, _WIDER_BARE, _WIDER
    chances = np.stack([_chance(-np.log(np.maximum(r, _LEAST)), wide) for r, wide in zip(ratios, wider, strict=True)])
    chance, which = least_chance(chances, _LOOKS)
    ratio = np.take_along_axis(ratios, which[None], axis=0)[0]
    chance = np.where(ratio < _LARGEST_RATIO, chance, np.fmax(chance, 1.0))

    def flags(i: int, u: int, y: int) -> Iterator[Flag]:
        yield ground.flag(
            FlagKind.TOO_SMOOTH,
            (i, u),
            ground.cube.of_year(y),
            zeros(chance[i, u, y]),
            spread=spreads[which[i, u, y], i, u, y],
            share_of_peers=ratio[i, u, y],
        )

    return Tested(FlagKind.TOO_SMOOTH, chance, flags)


def _spread(ground: Ground, values: Floats) -> Floats:
    """Root mean square of the smaller deviations of a year (I, U, Y); too few months are a gap."""
    by_year = ground.cube.by_year(values)
    count = np.count_nonzero(~np.isnan(by_year), axis=-1)
    squares = np.sort((by_year - median(by_year)[..., None]) ** 2, axis=-1)
    place = np.arange(MONTHS)
    kept = np.where(place < count[..., None] - _TRIMMED, squares, 0.0)
    found: Floats = np.where(count >= _FEWEST, np.sqrt(kept.sum(axis=-1) / np.maximum(count - _TRIMMED, 1)), MISSING)
    return found


def _share_of_usual(spread: Floats, lesser: np.ndarray) -> Floats:
    """Spread beside the usual one; where units differ much in it, beside the `lesser` of both tellers.

    Levels move very differently from unit to unit, and bare figures hold a season that some units have hardly any of.
    """
    peers = median(spread, axis=1)[:, None]
    own = years_beside(spread)
    both = np.sqrt((peers**2 + np.where(np.isnan(own), peers, own) ** 2) * 0.5)
    usual = np.where(lesser, np.fmin(peers, own), both)
    return spread / np.where(usual > 0, usual, MISSING)


def _chance(statistic: Floats, wider: float) -> Floats:
    """Chance by a normal whose centre and scale are those of the middle half of all cells.

    An indicator whose own cells lie wider apart (levels, whose months hang together) is judged by its own scale.
    """
    known = statistic[~np.isnan(statistic)]
    if known.size == 0:
        return statistic
    centre, upper = np.quantile(known, (0.5, 0.75))
    least = max(float(upper - centre) * 1.4826 * wider, _LEAST_SCALE)
    flat = np.sort(statistic.reshape(len(statistic), -1), axis=1)
    count = np.count_nonzero(~np.isnan(flat), axis=1)
    rows = np.arange(len(flat))
    own = [flat[rows, np.maximum((share * (count - 1)).astype(int), 0)] for share in (0.5, 0.75, 0.9)]
    scale = np.fmax((own[1] - own[0]) * 1.4826, (own[2] - own[0]) * 0.7803041) * wider
    middle = np.fmax(own[0], centre)[:, None, None]
    return normal_tail((statistic - middle) / np.fmax(scale, least)[:, None, None])
