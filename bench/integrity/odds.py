"""How much likelier figures are if a deed shifted them than if nobody did: the likelihood ratio of an oracle.

By the lemma of Neyman & Pearson (1933) no test finds more at the same false-alarm rate than one that draws its line
through this ratio. The oracle knows the honest model of each figure (`known.Known`) and how the deeds are drawn, and
averages over what it cannot know: which months, and how far. Noise of figures and meters is taken as the generator
draws it (Student t with 6 degrees of freedom, carried over from month to month); rounding and counting add variance.
"""

from dataclasses import dataclass
from math import gamma, pi, sqrt

import numpy as np
from figures import LEAST_METERED, METER_ECHO, STEPS
from nature import Floats, Indicator, Nature
from panel import Panel

DEGREES = 6
HEIGHT = gamma((DEGREES + 1) / 2) / gamma(DEGREES / 2) / sqrt(pi * (DEGREES - 2))
"""Density of that noise at 0, where its variance is 1."""
LEAST_COUNT = 0.5
"""A count of nothing is read as half a case, so that it has a logarithm."""


@dataclass(frozen=True)
class Paths:
    """Shifts that a deed might have made: of the figure (P, L) and of the figure beyond what its meter saw (P, L).

    In logarithms, in points for percentages, from the first month of the year on; L may pass its end.
    """

    figure: Floats
    beyond_meter: Floats


@dataclass(frozen=True)
class Surprise:
    """What is left of one indicator's figures once all that is known is taken out: (U, T), white, and its scale."""

    left: Floats
    scale: Floats
    echo: float
    stock: bool

    def odds(self, shift: Floats, start: int) -> Floats:
        """Give the logarithm of the likelihood ratio of each shift (P, L) that begins in a month: (U, P)."""
        span = slice(start, start + shift.shape[1])
        left, scale = self.left[:, None, span], self.scale[:, None, span]
        with_shift = density((left - self._filtered(shift)[None, :, : left.shape[2]]) / scale)
        ratio: Floats = np.nansum(with_shift - density(left / scale), axis=2)
        return ratio

    def _filtered(self, shift: Floats) -> Floats:
        steps = np.diff(shift, axis=1, prepend=0.0) if self.stock else shift
        filtered: Floats = steps - self.echo * np.concatenate([np.zeros((len(steps), 1)), steps[:, :-1]], axis=1)
        return filtered


def density(values: Floats) -> Floats:
    """Give the logarithm of the density of t noise of variance 1."""
    logs: Floats = np.log(HEIGHT) - (DEGREES + 1) / 2 * np.log1p(values**2 / (DEGREES - 2))
    return logs


def levels(one: Indicator, values: Floats) -> Floats:
    """Read figures as logarithms, percentages as they are."""
    return values if one.nature == Nature.PERCENT else np.log(np.maximum(values, LEAST_COUNT * one.grain))


def read_off(panel: Panel, place: int) -> Floats:
    """Give the variance (U, T) that rounding and counting add to a figure."""
    one, expected = panel.indicators[place], panel.known.expected[:, place]
    step = panel.grain[:, place, None] / (1.0 if one.nature == Nature.PERCENT else np.maximum(expected, one.grain))
    added: Floats = step**2 / 12 + (1 / np.maximum(expected, LEAST_COUNT) if one.nature == Nature.COUNT else 0.0)
    return np.broadcast_to(added, expected.shape)


def of_figures(panel: Panel, place: int) -> Surprise:
    """Take everything known out of an indicator's figures."""
    one, known = panel.indicators[place], panel.known
    left = levels(one, panel.reported[:, place]) - levels(one, known.expected[:, place])
    added, echo, stock = read_off(panel, place), one.echo, one.nature == Nature.STOCK
    variance = np.broadcast_to((one.noise * known.unrest[:, None]) ** 2, left.shape)
    if stock:
        left, added, variance = np.diff(left, axis=1, prepend=np.nan), 2 * added, STEPS**2 * variance
        if one.stepwise:
            at_end = np.arange(left.shape[1]) % 3 == 0
            variance = np.where(at_end, variance * (3 + 4 * echo + 2 * echo**2), 0.0)
            echo = 0.0
    return _whitened(left, variance, added, echo, stock)


def of_meter(panel: Panel, place: int) -> Surprise | None:
    """Take the figure out of its meter, so that what the meter did not see is left; None where none is linked."""
    one, known = panel.indicators[place], panel.known
    if one.physical is None:
        return None
    power = known.follows[place]
    seen = np.log(np.maximum(panel.physical[:, place], 1e-3)) - np.log(known.meter[:, place])
    left = power * np.log(np.maximum(panel.reported[:, place], LEAST_METERED)) - seen
    step = panel.grain[:, place, None] / np.maximum(known.expected[:, place], one.grain)
    variance = np.full(left.shape, one.physical**2)
    return _whitened(left, variance, (power * step) ** 2 / 12, METER_ECHO, stock=False)


def _whitened(left: Floats, variance: Floats, added: Floats, echo: float, stock: bool) -> Surprise:
    before = np.concatenate([np.full((len(left), 1), np.nan), left[:, :-1]], axis=1)
    alone = np.isnan(before)
    white = np.where(alone, left, left - echo * np.nan_to_num(before))
    own = np.where(alone, variance, variance * (1 - echo**2)) + added * (1 + echo**2)
    return Surprise(white, np.sqrt(own), echo, stock)


def averaged(panel: Panel, place: int, year: int, paths: Paths, seen: tuple[Surprise, Surprise | None]) -> Floats:
    """Average the likelihood ratio of a year (U,) over all shifts, in logarithms."""
    figures, meter = seen
    odds = figures.odds(paths.figure, year * 12)
    if meter is not None:
        odds = odds + meter.odds(panel.known.follows[place] * paths.beyond_meter, year * 12)
    return np.asarray(np.logaddexp.reduce(odds, axis=1) - np.log(odds.shape[1]))
