"""The oracle for deeds that shift figures: a borrowed December, a nudged, held back, inflated or widened year."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from by_figures import BORROWED, BORROWED_STOCK, INFLATED, INFLATED_STOCK, MONTHS_INFLATED
from by_target import AHEAD, LONGEST_KEPT, MISSING, WINDOWS, completion
from cell import Bool, Strength, between, for_indicators, not_first, run_of, some, whole_years
from nature import Floats, Indicator, Nature
from numpy.random import Generator, default_rng
from odds import Paths, averaged, of_figures, of_meter
from odds_honest import explained, pushed
from panel import Panel

from baton.engine.integrity.series import FlagKind

DRAWS = 45
"""Shifts averaged over, a third of each strength."""
type Draw = Callable[[Generator, Indicator, Strength, int], tuple[Floats, Floats]]


def _borrowed(rng: Generator, one: Indicator, strength: Strength, length: int) -> tuple[Floats, Floats]:
    stock, shift = one.nature == Nature.STOCK, np.zeros(length)
    factor = between(rng, BORROWED_STOCK if stock else BORROWED, strength)
    shift[11] = np.log(factor)
    if length > 12 and not stock and rng.random() < 0.5:
        shift[12] = np.log(max(1 - (factor - 1) * rng.uniform(0.3, 0.9) * one.season[11] / one.season[0], 0.25))
    return shift, shift


def _nudged(rng: Generator, one: Indicator, strength: Strength, length: int) -> tuple[Floats, Floats]:
    window = WINDOWS[str(rng.choice(list(WINDOWS), p=[0.3, 0.3, 0.25, 0.15]))]
    lacking = (1 + rng.uniform(0, 0.014)) / between(rng, {strength: MISSING[strength]}, strength) - 1
    shift, last = np.zeros(length), slice(12 - window, 12)
    if one.yearly == "last":
        shift[last] = np.log1p(lacking * np.linspace(1 / window, 1, window))
    elif one.nature == Nature.PERCENT:
        shift[last] = lacking * one.scale * 12 / window
    else:
        shift[last] = np.log1p(lacking * 12 / window / one.season[12 - window :].mean())
    return shift, shift


def _held(rng: Generator, one: Indicator, strength: Strength, length: int) -> tuple[Floats, Floats]:
    shift, beyond, good = np.zeros(length), np.zeros(length), slice(int(rng.integers(1, 5)), 12)
    ahead = between(rng, AHEAD, strength)
    shift[good] = np.log1p(max(ahead - rng.uniform(0.0, 0.1), 0.0) / (one.season[good].sum() / 12))
    kept = (ahead - rng.uniform(0.0, 0.028)) / (1 + ahead) * (one.season * np.exp(shift[:12])).sum()
    late, most = int(rng.integers(2, 5)), rng.uniform(0.7, 0.88)
    while late < LONGEST_KEPT and kept > most * (one.season * np.exp(shift[:12]))[-late:].sum():
        late += 1
    share = min(max(kept, 0.0) / (one.season * np.exp(shift[:12]))[-late:].sum(), most)
    beyond[12 - late : 12] = np.log1p(-share)
    return shift + beyond, beyond


def _inflated(rng: Generator, one: Indicator, strength: Strength, length: int) -> tuple[Floats, Floats]:
    run, factor = run_of(rng, 0, some(rng, MONTHS_INFLATED, strength)), between(rng, INFLATED, strength)
    grows, shift = rng.random() < 0.4, np.zeros(length)
    shift[run] = np.log1p((factor - 1) * (np.linspace(0.4, 1.4, len(run)) if grows else np.ones(len(run))))
    return shift, shift


def _widened(rng: Generator, one: Indicator, strength: Strength, length: int) -> tuple[Floats, Floats]:
    start, ramp = int(rng.integers(0, 8)), int(rng.choice([1, 1, 3, 6]))
    factor = between(rng, INFLATED_STOCK if one.nature == Nature.STOCK else INFLATED, strength)
    shift = np.log1p((factor - 1) * np.clip((np.arange(length) - start + 1) / ramp, 0, 1))
    return shift, shift


def _shifted(panel: Panel, draw: Draw, rest: bool, where: Bool, honest: Floats) -> Floats:
    """Average the odds over shifts of the year and the next month, or of all the rest; -inf where it cannot be."""
    odds, rng = np.full(panel.size, -np.inf), default_rng(panel.seed)
    months, where = panel.reported.shape[2], np.broadcast_to(where, panel.size)
    for place, one in enumerate(panel.indicators):
        if not where[:, place].any():
            continue
        seen = of_figures(panel, place), of_meter(panel, place)
        for year in range(panel.size[2]):
            length = months - year * 12 if rest else min(13, months - year * 12)
            drawn = [draw(rng, one, how, length) for how in Strength for _ in range(DRAWS // 3)]
            paths = Paths(*(np.stack(part) for part in zip(*drawn, strict=True)))
            odds[:, place, year] = averaged(panel, place, year, paths, seen)
    return np.where(where, odds - honest, -np.inf)


def _ends(panel: Panel, low: float, high: float) -> Bool:
    done = completion(panel)
    return (done >= low) & (done < high)


def shifts(panel: Panel) -> Iterator[tuple[FlagKind, Floats]]:
    """Give the odds of every kind of shift: (U, I, Y)."""
    whole = whole_years(panel)
    seen = [(of_figures(panel, place), of_meter(panel, place)) for place in range(panel.size[1])]
    honest = np.stack([explained(panel, place, one) for place, one in enumerate(seen)], axis=1)
    pushes = np.stack([pushed(panel, place, one) for place, one in enumerate(seen)], axis=1)
    wanted: dict[str, Any] = {
        "counted": lambda one: one.nature != Nature.PERCENT,
        "flows": lambda one: one.flows,
        "linked": lambda one: one.physical is not None,
    }
    of = {name: for_indicators(panel, wants) for name, wants in wanted.items()}
    yield FlagKind.LAST_MONTH, _shifted(panel, _borrowed, False, whole & of["counted"], honest)
    yield (
        FlagKind.JUST_ABOVE,
        _shifted(panel, _nudged, False, whole & _ends(panel, 1.0, 1.03), np.logaddexp(honest, pushes)),
    )
    yield FlagKind.HELD_BACK, _shifted(panel, _held, False, whole & of["flows"] & _ends(panel, 0.985, 1.045), honest)
    yield FlagKind.OUT_OF_LINE, _shifted(panel, _inflated, False, whole & of["linked"], honest)
    yield FlagKind.DRIFT, _shifted(panel, _widened, True, whole & not_first(panel) & of["counted"], honest)
