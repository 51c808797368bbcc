"""The one door of the analysis: how sure the ranks and grades of a result are, and what they hang on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from baton.engine.result.sheet import ScoreSheet, Standing
from baton.engine.robustness.bands import bands, behind_share, boundaries
from baton.engine.robustness.branch import Ints
from baton.engine.robustness.choices import choices
from baton.engine.robustness.cube import Cube, cubes
from baton.engine.robustness.door import notices, refusals, unscored
from baton.engine.robustness.drawn import drawn_totals
from baton.engine.robustness.grades import grade_counts
from baton.engine.robustness.levels import drawn_levels
from baton.engine.robustness.noise import Noise, noise_of
from baton.engine.robustness.ranks import intervals, ranks
from baton.engine.robustness.result import Covered, GroupRobustness, Robustness, UnitRobustness
from baton.engine.robustness.reversals import reversals
from baton.engine.robustness.settings import Progress, Settings, silent
from baton.engine.robustness.totals import compared, tie_places
from baton.engine.robustness.weighing import Weighing
from baton.engine.robustness.weights import weights_that_matter
from baton.words import Place, Problem, Refused, Severity

type Grades = dict[str, dict[str, float]]


def robustness(sheet: ScoreSheet, settings: Settings | None = None, progress: Progress = silent) -> Robustness:
    """Analyse every group of a result on its own, under settings (None: the usual ones).

    Groups that cannot be analysed stand in `problems`; raises `Refused` with the same where none can. `progress` is
    told of every step and may raise to cancel.
    """
    settings = settings or Settings()
    every = cubes(sheet)
    problems = [*unscored(sheet), *(problem for cube in every for problem in refusals(cube))]
    refused = {problem.place.field for problem in problems}
    usable = [cube for cube in every if cube.group.code not in refused]
    if not usable:
        raise Refused(problems)
    drawn = [_draw(cube, settings, progress) for cube in usable]
    everyday = _grades(sheet, {one.cube.group.code: one.everyday for one in drawn if one.everyday is not None}, drawn)
    chosen = _grades(sheet, {one.cube.group.code: one.choices for one in drawn}, drawn)
    groups = tuple(_group(one, settings, everyday, chosen, progress) for one in drawn)
    told = tuple(replace(problem, severity=Severity.WARNING) for problem in problems)
    return Robustness(sheet.year, sheet.digest, settings, groups, told)


def sure_of_grades(
    sheet: ScoreSheet, settings: Settings | None = None, progress: Progress = silent
) -> dict[str, float]:
    """Give by unit how probable its suggested grade is, 0 to 1: under noise where it is known, else other choices.

    The same draws as `robustness`, without what hangs on weights. Units of groups that have no grades, or cannot be
    analysed, are left out.
    """
    settings = settings or Settings()
    usable = [cube for cube in cubes(sheet) if not list(refusals(cube))]
    drawn = [_draw(cube, settings, progress) for cube in usable]
    everyday = _grades(sheet, {one.cube.group.code: one.everyday for one in drawn if one.everyday is not None}, drawn)
    chosen = _grades(sheet, {one.cube.group.code: one.choices for one in drawn}, drawn)
    grades = {unit: everyday.get(unit) or shares for unit, shares in chosen.items()}
    suggested = {one.unit: one.grade or "" for one in sheet.standings}
    return {unit: shares.get(suggested[unit], 0.0) for unit, shares in grades.items()}


@dataclass(frozen=True)
class _Drawn:
    """A group with its draws: totals at the precision of ranks [draw, unit]."""

    cube: Cube
    choices: Ints
    noise: Noise | None
    everyday: Ints | None
    chance: np.random.Generator


def _draw(cube: Cube, settings: Settings, progress: Progress) -> _Drawn:
    """Draw with a stream of the group's own, so that groups do not hang on each other."""
    number = cube.plan.group_numbers[cube.group.code]
    chance = np.random.Generator(np.random.PCG64([settings.seed, number]))
    chosen = drawn_totals(cube, settings, chance, progress)
    noise = noise_of(cube, settings)
    everyday = None if noise is None else _noisy_totals(cube, noise, settings, chance)
    return _Drawn(cube, chosen, noise, everyday, chance)


def _noisy_totals(cube: Cube, noise: Noise, settings: Settings, chance: np.random.Generator) -> Ints:
    """Totals at the precision of ranks [draw, unit] under measurement noise."""
    levels = drawn_levels(cube.base, noise.deviation, settings.draws, chance)
    return compared(cube.plan.scheme, levels, cube.adjusted)


def _grades(sheet: ScoreSheet, totals: Mapping[str, Ints], drawn: Sequence[_Drawn]) -> Grades:
    """Probabilities of the grades of all units of pools whose groups all have draws."""
    pools: dict[str, list[str]] = defaultdict(list)
    for group in sheet.scheme.groups:
        if group.graded and sheet.scheme.grading.grades:
            pools[f"pool {group.quota_pool}" if group.quota_pool else f"group {group.code}"].append(group.code)
    standing = {one.cube.group.code: one.cube.standings for one in drawn}
    scored = {one.group for one in sheet.standings if one.base is not None}
    codes = [*(grade.code for grade in sheet.scheme.grading.grades), ""]
    found: Grades = {}
    for members in pools.values():
        mine = [code for code in members if code in scored]
        if not mine or not all(code in totals for code in mine):
            continue
        pool: list[Standing] = [one for code in mine for one in standing[code]]
        together = np.concatenate([totals[code] for code in mine], axis=1)
        counts = grade_counts(sheet.scheme, pool, together, tie_places(pool)) / len(together)
        for one, row in zip(pool, counts.tolist(), strict=True):
            found[one.unit] = {code: share for code, share in zip(codes, row, strict=True) if share > 0}
    return found


def _group(drawn: _Drawn, settings: Settings, everyday: Grades, chosen: Grades, progress: Progress) -> GroupRobustness:
    cube, ties = drawn.cube, tie_places(drawn.cube.standings)
    by_choice = ranks(drawn.choices, ties)
    by_noise = None if drawn.everyday is None else ranks(drawn.everyday, ties)
    usual = by_choice if by_noise is None else by_noise
    found = bands(cube.units, behind_share(usual), settings.level)
    band = {unit: number for number, units in enumerate(found, 1) for unit in units}
    widest = intervals(by_choice, settings.level)
    daily = (None,) * len(cube.units) if by_noise is None else intervals(by_noise, settings.level)
    weighing = Weighing(cube)
    units = tuple(
        UnitRobustness(
            unit=one.unit,
            rank=float(one.rank or 0),
            total=float(one.total or 0),
            grade=one.grade,
            noise=None if drawn.noise is None else float(drawn.noise.deviation[number]),
            everyday=daily[number],
            choices=widest[number],
            grades_everyday=everyday.get(one.unit, {}),
            grades_by_choice=chosen.get(one.unit, {}),
            band=band[one.unit],
        )
        for number, one in enumerate(cube.standings)
    )
    graded = cube.group.graded and bool(cube.plan.scheme.grading.grades)
    return GroupRobustness(
        group=cube.group.code,
        units=units,
        weights=weights_that_matter(weighing, settings, drawn.chance, progress),
        reversals=reversals(weighing, progress),
        bands=found,
        boundaries=boundaries(cube.standings, usual, settings.level) if graded else (),
        combinations=len(choices(cube, settings)),
        notices=(*notices(cube), *_noise_told(drawn)),
        covered=_covered(drawn),
    )


def _covered(drawn: _Drawn) -> Covered:
    """Points of the total whose noise is known, for a unit that carries all of them."""
    full = float(drawn.cube.root.whole.max())
    return Covered(0.0 if drawn.noise is None else min(drawn.noise.share, 1.0) * full, full)


def _noise_told(drawn: _Drawn) -> tuple[Problem, ...]:
    """Say that no noise is known, or of how much of the total it was seen."""
    params: dict[str, object] = {"group": drawn.cube.group.name}
    place = Place(field=drawn.cube.group.code)
    if drawn.noise is None:
        return (Problem("robust.no_noise", params, place, Severity.NOTICE),)
    covered = _covered(drawn)
    if covered.whole:
        return ()
    params |= {"points": f"{covered.points:.4g}", "full": f"{covered.full:.4g}"}
    return (Problem("robust.noise_of_part", params, place, Severity.NOTICE),)
