"""A unit's other indicators raise and lower what is found of it; false findings stay as few as stated."""

import numpy as np
import pytest

from baton.engine.integrity import pooled
from baton.engine.integrity.robust import normal_tail
from baton.engine.integrity.series import Flag, FlagKind

INDICATORS, UNITS, YEARS = 40, 150, 3
KINDS = list(FlagKind)[:6]
SHARE = 0.1


def of_chances(kind: FlagKind, chance: np.ndarray) -> pooled.Tested:
    def flags(i: int, u: int, y: int) -> list[Flag]:
        return [Flag(kind.value, str(u), str(i), (str(y),), float(-np.log10(chance[i, u, y])))]

    return pooled.Tested(kind, chance, flags)


def found(tests: list[pooled.Tested]) -> list[Flag]:
    return list(pooled.found_in(tests, np.ones((INDICATORS, UNITS), dtype=bool), SHARE))


def made(
    seed: int, few: bool, effect: float = 3.5, leaning: bool = False
) -> tuple[list[pooled.Tested], set[tuple[str, str, str, str]]]:
    """Six kinds of tests; 4 % of the cells manipulated, in thirty units (`few`) or in all, each unit in its own way."""
    rng = np.random.default_rng(seed)
    z = rng.standard_normal((len(KINDS), INDICATORS, UNITS, YEARS))
    rate = np.full((len(KINDS), 1, UNITS, 1), 0.04 / len(KINDS) * (UNITS / 30 if few else 1))
    if leaning:
        own = np.arange(UNITS) % len(KINDS) == np.arange(len(KINDS))[:, None]
        rate = rate * len(KINDS) * own[:, None, :, None]
    where = rng.random(z.shape) < rate
    where[:, :, 30 if few else UNITS :] = False
    chances = normal_tail(z + effect * where)
    true = {(KINDS[k].value, str(i), str(u), str(y)) for k, i, u, y in np.argwhere(where)}
    return [of_chances(kind, one) for kind, one in zip(KINDS, chances, strict=True)], true


def rates(few: bool, leaning: bool = False) -> tuple[float, float, float]:
    """False share of what is found; share found; share found by each kind and unit for itself."""
    right = wrong = alone = there = 0
    for seed in range(8):
        tests, true = made(seed, few, leaning=leaning)
        told = {(flag.kind, flag.indicator, flag.unit, flag.months[0]) for flag in found(tests)}
        right, wrong, there = right + len(told & true), wrong + len(told - true), there + len(true)
        alone += sum(len({(f.kind, f.indicator, f.unit, f.months[0]) for f in found([one])} & true) for one in tests)
    return wrong / (right + wrong), right / there, alone / there


@pytest.mark.parametrize("leaning", [True, False])
@pytest.mark.parametrize("few", [True, False])
def test_false_findings_are_no_more_than_stated(few: bool, leaning: bool) -> None:
    assert rates(few, leaning)[0] <= SHARE * 1.1


def test_more_is_found_where_each_unit_has_its_way() -> None:
    assert rates(few=True, leaning=True)[1] >= 1.05 * rates(few=True)[1]


def test_what_an_honest_unit_does_everywhere_leans_no_further() -> None:
    kinds = FlagKind.ROUNDED, FlagKind.TWIN, FlagKind.COPIED
    rounded, twin, others = (np.ones((INDICATORS, UNITS, YEARS)) for _ in kinds)
    rounded[:6, :3] = twin[:6, 6:9] = 1e-9
    for unit in range(20, 120):
        others[[unit % 30, unit % 30 + 3], unit] = 1e-9
    flags = found(list(map(of_chances, kinds, (rounded, twin, others))))
    weight = {flag.kind: float(flag.evidence["unit_weight"]) for flag in flags}
    assert weight["rounded"] < weight["twin"]


def test_more_is_found_where_manipulation_gathers_in_few_units() -> None:
    _, together, alone = rates(few=True)
    assert together >= 1.05 * alone


def test_honest_counties_are_left_in_peace() -> None:
    flags = sum(len(found(made(seed, few=False, effect=0.0)[0])) for seed in range(8))
    assert flags <= 8 * len(KINDS) * 2 * SHARE


def test_units_that_do_not_differ_weigh_nearly_the_same() -> None:
    tests, _ = made(3, few=False)
    assert all(0.3 < float(flag.evidence["unit_weight"]) < 3 for flag in found(tests))


def weights(chance: np.ndarray) -> dict[tuple[str, str], float]:
    flags = found([of_chances(KINDS[0], chance)])
    return {(flag.unit, flag.indicator): float(flag.evidence["unit_weight"]) for flag in flags}


def test_a_cell_does_not_speak_for_itself() -> None:
    chance = np.ones((INDICATORS, UNITS, YEARS))
    chance[:12, 7] = 1e-9
    chance[20, 9] = 1e-9
    first = weights(chance)
    assert first["9", "20"] < 1 < first["7", "3"]
    chance[21:25, 9] = 1e-9
    assert weights(chance)["9", "20"] > first["9", "20"]
