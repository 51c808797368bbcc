"""Each detector finds what was changed by hand, and names unit, indicator and months."""

from collections.abc import Callable

import numpy as np
import pytest
from tests.engine.integrity.made import County, honest, year_of

from baton.engine.integrity import Flag, Restatement, find

UNIT, INDICATOR, YEAR = 9, 4, 1
HERE = year_of(honest(1, 2, 12), YEAR)


def jump(county: County) -> None:
    county.reported[INDICATOR, UNIT, HERE.stop - 1] *= 4


def smooth(county: County) -> None:
    usual = np.median(
        county.reported[INDICATOR, :, HERE] / county.reported[INDICATOR, :, HERE].sum(-1)[:, None], axis=0
    )
    county.reported[INDICATOR, UNIT, HERE] = county.reported[INDICATOR, UNIT, HERE].sum() * usual


def copy(county: County) -> None:
    county.reported[INDICATOR, UNIT, 14:18] = county.reported[INDICATOR, UNIT, 2:6]


def round_off(county: County) -> None:
    figures = county.reported[INDICATOR, UNIT, HERE]
    step = 10.0 ** np.floor(np.log10(np.median(figures))) / 10
    county.reported[INDICATOR, UNIT, HERE] = np.rint(figures / step) * step


def lower(county: County) -> None:
    county.target[INDICATOR, UNIT, YEAR] *= 0.5


def inflate(county: County) -> None:
    county.reported[INDICATOR, UNIT, HERE] *= 1.6


def restate(county: County) -> None:
    before = county.reported[INDICATOR, UNIT, 15]
    county.restated[INDICATOR, UNIT] = [Restatement(county.months[15], before, 0.8 * before)]


def reuse(county: County) -> None:
    county.evidence[INDICATOR, UNIT, [13, 17, 22]] = 10**9


def twin(county: County) -> None:
    county.reported[INDICATOR, UNIT, HERE] = 1.2 * county.reported[INDICATOR, UNIT + 3, HERE]


def backdate(county: County) -> None:
    county.delay[INDICATOR, UNIT, [14, 15, 20]] = (20, 25, 14)


def drift(county: County) -> None:
    county.reported[INDICATOR, UNIT, 17:] *= 1.8


def nudge(county: County) -> None:
    figures = county.reported[INDICATOR, UNIT, HERE]
    target = figures.sum() * 1.12
    county.target[INDICATOR, UNIT, YEAR] = target
    county.reported[INDICATOR, UNIT, HERE.stop - 1] += 1.005 * target - figures.sum()


def hold(county: County) -> None:
    figures = county.reported[INDICATOR, UNIT, HERE]
    figures[9:] *= 0.1
    county.target[INDICATOR, UNIT, YEAR] = figures.sum() / 1.01


CASES: dict[str, Callable[[County], None]] = {
    "last_month": jump,
    "too_smooth": smooth,
    "copied": copy,
    "rounded": round_off,
    "low_target": lower,
    "out_of_line": inflate,
    "restated": restate,
    "same_evidence": reuse,
    "twin": twin,
    "backdated": backdate,
    "definition_drift": drift,
    "just_above": nudge,
    "held_back": hold,
}


def about(flags: tuple[Flag, ...], kind: str) -> list[Flag]:
    return [
        flag for flag in flags if (flag.kind, flag.unit, flag.indicator) == (kind, f"U{UNIT:03d}", f"M{INDICATOR:03d}")
    ]


@pytest.mark.parametrize("kind", CASES)
def test_what_was_changed_is_found(kind: str) -> None:
    county = honest(21, indicators=8, units=60, shocks=False)
    assert not about(find(county.series()), kind)
    CASES[kind](county)
    found = about(find(county.series()), kind)
    assert found
    changed = set(county.months[HERE]) | (set(county.months[17:]) if kind == "definition_drift" else set())
    assert set(found[0].months) <= changed
    assert found[0].evidence
    assert found[0].strength > 0


def test_a_shifted_definition_is_told_in_the_year_of_its_step() -> None:
    county = honest(21, indicators=8, units=60, shocks=False)
    drift(county)
    assert {month[:4] for flag in about(find(county.series()), "definition_drift") for month in flag.months} == {"2024"}


def test_a_jump_that_the_physical_figure_makes_too_is_no_finding() -> None:
    county = honest(21, indicators=8, units=60, shocks=False)
    jump(county)
    county.physical[INDICATOR, UNIT, HERE.stop - 1] *= 4
    assert not about(find(county.series()), "last_month")


def test_a_season_that_all_peers_have_adds_no_finding() -> None:
    county = honest(21, indicators=8, units=60, shocks=False)
    before = {(flag.unit, flag.indicator, flag.months) for flag in find(county.series()) if flag.kind == "last_month"}
    county.reported[INDICATOR, :, 11::12] *= 4
    county.physical[INDICATOR, :, 11::12] *= 4
    assert {
        (flag.unit, flag.indicator, flag.months) for flag in find(county.series()) if flag.kind == "last_month"
    } <= before


def test_a_season_of_its_own_in_every_year_is_no_finding() -> None:
    county = honest(21, indicators=8, units=60, shocks=False)
    rng = np.random.default_rng(2)
    county.reported[..., 11::12] *= np.exp(0.5 * rng.standard_normal((8, 60, 1)))
    assert len([flag for flag in find(county.series()) if flag.kind == "last_month"]) <= 2


def test_a_merged_unit_is_no_finding() -> None:
    county = honest(21, indicators=8, units=60, shocks=False)
    county.reported[:, UNIT, 14:] *= 1.9
    county.physical[:, UNIT, 14:] *= 1.9
    assert not [
        flag for flag in find(county.series()) if flag.unit == f"U{UNIT:03d}" and flag.kind == "definition_drift"
    ]


def test_a_flood_that_delays_everybody_is_no_finding() -> None:
    county = honest(21, indicators=8, units=60, shocks=False)
    county.delay[:, :, 18] = 12.0
    assert not [flag for flag in find(county.series()) if flag.kind == "backdated"]


def test_a_revision_of_the_same_month_for_all_is_no_finding() -> None:
    county = honest(21, indicators=8, units=60, shocks=False)
    for unit in range(30):
        county.restated[INDICATOR, unit] = [Restatement(county.months[3], 100.0, 80.0)]
    assert not [flag for flag in find(county.series()) if flag.kind == "restated"]


def test_quarterly_statements_and_bulletins_are_no_finding() -> None:
    county = honest(21, indicators=8, units=60, shocks=False)
    county.evidence[2] = np.arange(36)[None, :] // 3 + 10**6 + 1000 * np.arange(60)[:, None]
    county.evidence[3, :, 5:9] = 5 * 10**6
    assert not [flag for flag in find(county.series()) if flag.kind == "same_evidence"]
