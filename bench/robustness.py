"""Ranks of a thousand draws beside a thousand reruns of the scorer, the weight slider, and whether intervals hold.

Run: PYTHONPATH=src python bench/robustness.py [--quick]. Every draw takes other weights, and the draws are shared
out over all ways to normalise and combine (docs/howto/how-sure-is-a-rank.md). The peer of the draws is our own
scorer, run once and multiplied: nobody reruns it a thousand times. The peer of the intervals is what is done
naively: noise added to the scores as they stand, without drawing them together.
"""

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from baton.engine.panel.frame import panel_of_frame
from baton.engine.result.sheet import ScoreSheet
from baton.engine.robustness.cube import cubes
from baton.engine.robustness.drawn import drawn_totals
from baton.engine.robustness.levels import drawn_levels
from baton.engine.robustness.ranks import intervals, ranks
from baton.engine.robustness.sensitivity import first_order, latin_hypercube
from baton.engine.robustness.settings import Settings
from baton.engine.robustness.slider import Slider
from baton.engine.robustness.totals import tie_places
from baton.engine.robustness.variance import residual_variance
from baton.engine.scheme.model import Scheme
from baton.engine.score import score
from table import MISSED, Row
from timing import best

DRAWS, TIMES = 1_000, 5
YEAR, MONTHS = 2025, 12
KINDS = ("arithmetic", "geometric", "harmonic", "minimum_penalised")
WORLDS, LEVEL, LEAST_COVERAGE = 40, 0.90, 0.88
SPREAD = 4.0
PARTS, SAMPLES = np.array([5, 4, 3, 2, 1, 1, 1, 0.5, 0.5, 0.2]), 30


def scheme(units: int, indicators: int, *, tree: bool) -> Scheme:
    """Make a scheme of min-max indicators under one mean, or under twenty means below four of other kinds."""
    nodes: list[dict[str, Any]] = [_node("R", None, "arithmetic")]
    parents = ["R"] * indicators
    if tree:
        for number, kind in enumerate(KINDS):
            nodes += [
                _node(f"A{number}", "R", kind),
                *(_node(f"B{number}{n}", f"A{number}", KINDS[0]) for n in range(5)),
            ]
        lowest = [node["code"] for node in nodes if node["code"].startswith("B")]
        parents = [lowest[number * len(lowest) // indicators] for number in range(indicators)]
    return Scheme.model_validate(
        {
            "code": "bench",
            "name": "bench",
            "effective_from": f"{YEAR}-01-01",
            "groups": [{"code": "G", "name": "G", "root": "R"}],
            "units": [{"code": f"U{n:04d}", "name": f"U{n:04d}", "group": "G"} for n in range(units)],
            "nodes": _weighed(nodes, "weight", [node["parent"] for node in nodes]),
            "indicators": _weighed([_indicator(n) for n in range(indicators)], "points", parents),
        }
    )


def _node(code: str, parent: str | None, kind: str) -> dict[str, Any]:
    penalty = {"penalty": "0.25"} if kind == "minimum_penalised" else {}
    return {"code": code, "name": code, "parent": parent, "full": 100, "combine": {"kind": kind, **penalty}}


def _indicator(number: int) -> dict[str, Any]:
    return {"code": f"I{number:03d}", "name": f"I{number:03d}", "rule": {"kind": "min_max"}, "decimals": 2, "full": 100}


def _weighed(children: list[dict[str, Any]], key: str, parents: list[Any]) -> list[dict[str, Any]]:
    """Give children equal weights that add up to a million below each parent."""
    for number, (child, parent) in enumerate(zip(children, parents, strict=True)):
        among = [n for n, other in enumerate(parents) if other == parent]
        share, rest = divmod(10**6, len(among))
        whole = share + (rest if number == among[-1] else 0)
        child["parent"] = parent
        if parent is not None:
            child[key] = {"*": f"{whole / 10**6:.6f}"}
    return children


def scored(units: int, indicators: int, *, tree: bool = False) -> tuple[ScoreSheet, Callable[[], object]]:
    """Score random figures; give the result, and the scoring to be timed."""
    plan = scheme(units, indicators, tree=tree)
    values = np.random.default_rng(1).normal(50, 10, units * indicators)
    frame = pl.DataFrame(
        {
            "unit": np.repeat([unit.code for unit in plan.units], indicators),
            "series": np.tile([indicator.code for indicator in plan.indicators], units),
            "period": f"{YEAR}",
            "figure": "actual",
            "value": values.round(2),
        }
    )

    def again() -> ScoreSheet:
        return score(plan, panel_of_frame(frame.lazy(), plan, "bench"))

    return again(), again


def monte_carlo(units: int, indicators: int, most: float, *, tree: bool = False) -> Row:
    """Time the draws of one group, from its cube to its intervals, beside reruns of the scorer."""
    sheet, again = scored(units, indicators, tree=tree)
    (cube,) = cubes(sheet)
    ties, settings = tie_places(cube.standings), Settings(draws=DRAWS)

    def work() -> None:
        random = np.random.Generator(np.random.PCG64(1))
        intervals(ranks(drawn_totals(cube, settings, random), ties), settings.level)

    (ours,), (once,) = best([work], TIMES), best([again], 2)
    theirs = once * DRAWS
    shape = "tree of 25 nodes, four kinds of mean" if tree else "flat"
    what = f"ranks of {DRAWS:,} draws, {units:,} units x {indicators} ({shape}); {DRAWS:,} reruns of the scorer"
    return Row(what, ours, "s", f"<= {most:g} s", ours <= most, theirs, theirs / ours)


def slider() -> Row:
    """Time one move of a weight."""
    sheet, _ = scored(150, 40)
    held = Slider(sheet, "G")
    (seconds,) = best([lambda: held.weigh({"I007": 0.2})], 20)
    taken = 1_000 * seconds
    return Row("one move of a weight, 150 units x 40: new scores and ranks", taken, "ms", "<= 20 ms", taken <= 20)


def coverage(units: int, noise: float, *, seen_in_months: bool = False) -> Row:
    """Count how often 90 % intervals hold the true rank, in worlds whose truth is known; noise known, or seen."""
    held = np.zeros((2, WORLDS))
    for world in range(WORLDS):
        random = np.random.Generator(np.random.PCG64([units, world]))
        true = random.normal(80, SPREAD, units)
        season = random.normal(0, SPREAD, (MONTHS, 1))
        months = true + season + random.normal(0, noise * MONTHS**0.5, (MONTHS, units))
        seen = months.mean(axis=0)
        deviation = np.full(units, noise)
        if seen_in_months:
            left = residual_variance(months, np.ones(months.shape, dtype=np.bool_))
            assert left is not None
            deviation = np.sqrt(left / MONTHS)
        naive = seen + deviation * random.standard_normal((DRAWS, units))
        for number, drawn in enumerate((drawn_levels(seen, deviation, DRAWS, random), naive)):
            held[number, world] = _held(drawn, true)
    ours, theirs = held.mean(axis=1).tolist()
    how = "seen in 12 months" if seen_in_months else "known"
    size = f"{units} units, noise {noise / SPREAD:g} of the spread, {how}"
    what = f"true ranks within {LEVEL:.0%} everyday intervals, {size}"
    met = ours >= LEAST_COVERAGE
    budget = f">= {LEAST_COVERAGE * 100:g} %"
    return Row(f"{what}; noise added to the scores", ours * 100, "%", budget, met, theirs * 100)


def _held(drawn: np.ndarray, true: np.ndarray) -> float:
    ties = np.zeros(len(true), dtype=np.int64)
    found = intervals(ranks(np.floor(drawn * 1e6).astype(np.int64), ties), LEVEL)
    (rank,) = ranks(np.floor(true * 1e6).astype(np.int64)[None], ties)
    return sum(one.best <= place <= one.worst for one, place in zip(found, rank, strict=True)) / len(true)


def indices(runs: int) -> Row:
    """Compare the worst error of first-order indices of a sum of ten inputs with picking and freezing inputs."""
    true = PARTS**2 / (PARTS**2).sum()
    wrong = np.zeros((2, SAMPLES, len(PARTS)))
    for number in range(SAMPLES):
        random = np.random.Generator(np.random.PCG64(number))
        points = latin_hypercube(runs, len(PARTS), random)
        found = first_order(points, points @ PARTS)
        assert found is not None
        wrong[0, number] = found - true
        wrong[1, number] = _picked(runs // (len(PARTS) + 2), random) - true
    ours, theirs = np.sqrt((wrong**2).mean(axis=1)).max(axis=1).tolist()
    what = f"worst error (RMSE) of first-order indices, ten inputs, {runs:,} runs; picked and frozen, centred"
    return Row(what, ours * 100, "%", "<= 1", ours <= theirs, theirs * 100, ours / theirs)


def _picked(points: int, random: np.random.Generator) -> np.ndarray:
    """First-order indices by Saltelli (2010), values centred."""
    one, other = latin_hypercube(points, len(PARTS), random), latin_hypercube(points, len(PARTS), random)
    values = np.concatenate([one @ PARTS, other @ PARTS])
    moved = (other - one) * PARTS
    return ((other @ PARTS - values.mean())[:, None] * moved).mean(axis=0) / values.var()


def main(quick: bool) -> int:
    """Tell all; the exit code is 3 when a budget is missed."""
    met = [monte_carlo(51, 49, 0.1).tell(), slider().tell()]
    if not quick:
        met += [monte_carlo(3_000, 200, 0.5).tell(), monte_carlo(3_000, 200, 2.0, tree=True).tell()]
    met += [coverage(units, noise).tell() for units in (20, 150) for noise in (1.0, 4.0)]
    met += [coverage(units, noise, seen_in_months=True).tell() for units in (8, 20, 150) for noise in (1.0, 4.0)]
    met += [indices(runs).tell() for runs in (1_024, 12_288)]
    return 0 if all(met) else MISSED


if __name__ == "__main__":
    sys.exit(main("--quick" in sys.argv[1:]))
