"""What every detector starts from: logarithms, what peers did in the same month, and how noisy each series is."""

from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from baton.engine.integrity.cube import Cube
from baton.engine.integrity.heading import Heading, heading_of
from baton.engine.integrity.nature import Nature, nature_of
from baton.engine.integrity.robust import MISSING, logarithm, median, spread, usual_spread
from baton.engine.integrity.series import Flag, FlagKind, Floats
from baton.engine.integrity.settings import Settings

_PRIOR_MONTHS = 12.0
"""How many months the noise of all units of an indicator weighs beside a unit's own months."""
_FEWEST_PEERS = 5
_LEAST_NOISE = 1e-4


@dataclass(frozen=True, eq=False)
class Ground:
    """The cube with what peers and own past explain taken out. All arrays (I, U, T) unless said otherwise."""

    cube: Cube
    settings: Settings

    @cached_property
    def level(self) -> Floats:
        """Logarithms of what was reported; zero and negative figures are gaps (no ratio can be told)."""
        return logarithm(self.cube.reported)

    @cached_property
    def ratio(self) -> Floats:
        """Logarithm of reported to linked physical figure."""
        found = np.full_like(self.level, MISSING)
        found[self.linked] = self.level[self.linked] - logarithm(self.cube.physical[self.linked])
        return found

    @cached_property
    def residual(self) -> Floats:
        """`level` less the unit's own middle of the year and what its peers did in the same month."""
        return self.without_peers(self.level)

    @cached_property
    def noise(self) -> Floats:
        """Standard deviation of a month's residual (I, U, 1): the unit's own, drawn towards that of all units."""
        return self.noise_of(self.residual)

    @cached_property
    def linked(self) -> np.ndarray:
        """Indicators of which any unit has a linked physical figure, by their places."""
        found: np.ndarray = np.flatnonzero(~np.isnan(self.cube.physical).all(axis=(1, 2)))
        return found

    @cached_property
    def ratio_noise(self) -> Floats:
        """Standard deviation of a month's ratio (L, U, 1), of the linked indicators only."""
        return self.noise_of(self.without_peers(self.ratio[self.linked]))

    @cached_property
    def physical_residual(self) -> Floats:
        """`residual` of the linked physical figures (L, U, T), of the linked indicators only."""
        return self.without_peers(logarithm(self.cube.physical[self.linked]))

    @cached_property
    def heading(self) -> Heading:
        """Where each year was heading before its last months."""
        return heading_of(self.cube, self.level, self.residual, self.noise)

    @cached_property
    def nature(self) -> Nature:
        """How fine the figures of each indicator are, and how slowly they move."""
        return nature_of(self.cube, self.level, self.residual)

    def prepare(self, pool: Executor) -> None:
        """Make what most detectors share, so that detectors that run at once do not make it twice."""
        _ = self.noise, self.linked, self.cube.adds_up
        made = pool.map(partial(getattr, self), ("heading", "nature", "physical_residual"))
        _ = self.cube.spots, self.cube.yearly, list(made)

    def without_peers(self, values: Floats) -> Floats:
        """Take out of each unit and year its middle, and of each month what the county and the group did."""
        centred = self.centred(values)
        usual = median(centred, axis=1)[:, None, :]
        centred = centred - usual
        own = self._group_effect(centred)
        return self.centred(centred - own)

    def centred(self, values: Floats) -> Floats:
        """Take out of each unit and year its middle; years with too few months are gaps."""
        by_year = self.cube.by_year(values)
        enough = np.count_nonzero(~np.isnan(by_year), axis=-1) >= self.settings.least_months
        middle = np.where(enough, median(by_year), MISSING)
        return (by_year - middle[..., None]).reshape(values.shape)

    def _group_effect(self, centred: Floats) -> Floats:
        """What a group did beyond the county, where it is more than chance (soft threshold at two standard errors)."""
        effect = np.zeros_like(centred)
        noise = median(spread(centred), axis=1)[:, None]
        for number in np.unique(self.cube.group):
            members = self.cube.group == number
            count = int(members.sum())
            if count < _FEWEST_PEERS or count == len(self.cube.units):
                continue
            own = np.nan_to_num(median(centred[:, members], axis=1))
            doubt = 2.5 * noise / np.sqrt(count)
            effect[:, members] = (np.sign(own) * np.maximum(np.abs(own) - doubt, 0))[:, None, :]
        return effect

    def noise_of(self, residual: Floats) -> Floats:
        """Standard deviation of residuals per series (I, U, 1)."""
        own = usual_spread(residual)
        count = np.count_nonzero(~np.isnan(residual), axis=-1)
        usual = median(own, axis=1)[:, None]
        squared = (count * np.nan_to_num(own) ** 2 + _PRIOR_MONTHS * usual**2) / (count + _PRIOR_MONTHS)
        found: Floats = np.maximum(np.sqrt(squared), _LEAST_NOISE)[..., None]
        return found

    def flag(
        self, kind: FlagKind, at: tuple[int, int], months: tuple[str, ...], strength: float, **evidence: float | str
    ) -> Flag:
        """Write a flag about the series of an indicator and a unit."""
        i, u = at
        told = {name: value if isinstance(value, str) else float(value) for name, value in evidence.items()}
        return Flag(kind.value, self.cube.units[u], self.cube.indicators[i], months, strength, told)
