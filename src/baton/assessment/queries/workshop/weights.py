"""Weights of a draft tried by hand: what a group's ranks would be, with the figures of a year. Nothing is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from baton.assessment.queries.monthly import newest_figure
from baton.assessment.queries.workshop.foreseen import sheet_of
from baton.engine.robustness.slider import Slider, Tried
from baton.engine.scheme.digest import digest
from baton.engine.scheme.model import Scheme

_KEPT = 8
_SLIDERS: dict[tuple[str, int, str, int], Slider] = {}
"""Held ready by digest of the scheme, year, group, and number of the newest figure there was."""
_LEAST = 0.05
"""Percent below which a weight is where it was: sliders round."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight that can be tried: shares of the group's total in percent, the scheme's own and the one tried.

    `raw`: what was asked for, before all were made to add up. `moved`: somebody set it to something else; the others
    only give way.
    """

    code: str
    name: str
    own: float
    tried: float
    raw: float
    moved: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """A group under tried weights, best first; `names` of units by code."""

    group: str
    weights: Sequence[Weight]
    rows: Sequence[Tried]
    names: Mapping[str, str]

    @property
    def moved(self) -> Sequence[Weight]:
        """Give the weights that somebody moved."""
        return [one for one in self.weights if one.moved]


def weighed(scheme: Scheme, year: int, group: str, tried: Mapping[str, float]) -> Weighed:
    """Weigh a group anew; `tried`: weights in percent by code, those not named keep theirs, all are made to add up.

    Callers ask `foreseen.years_held` who may see it. Raises `Refused` where the year cannot be scored by the scheme,
    the group has no scores, or a weight is unknown or below 0.
    """
    slider = _slider(scheme, year, group)
    known = {one.code: one.name for one in scheme.nodes} | {one.code: one.name for one in scheme.indicators}
    own = slider.weights
    wanted = {code: share * 100 for code, share in own.items()} | dict(tried)
    rows = slider.weigh({code: share / 100 for code, share in wanted.items()})
    whole = sum(wanted[code] for code in own) or 1.0
    weights = [
        Weight(
            code,
            known.get(code, code),
            own=share * 100,
            tried=wanted[code] / whole * 100,
            raw=wanted[code],
            moved=abs(wanted[code] - share * 100) >= _LEAST,
        )
        for code, share in own.items()
    ]
    names = {unit.code: unit.name for unit in scheme.units}
    return Weighed(group, weights, sorted(rows, key=lambda one: (one.rank, one.unit)), names)


def _slider(scheme: Scheme, year: int, group: str) -> Slider:
    key = digest(scheme), year, group, newest_figure()
    if key not in _SLIDERS:
        while len(_SLIDERS) >= _KEPT:
            _SLIDERS.pop(next(iter(_SLIDERS)))
        _SLIDERS[key] = Slider(sheet_of(scheme, year), group)
    return _SLIDERS[key]
