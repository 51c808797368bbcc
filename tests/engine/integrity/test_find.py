"""Target checks as a whole: order, replay, refusals."""

from dataclasses import replace

import numpy as np
import pytest
from tests.engine.integrity.made import honest

from baton.engine.integrity import Series, Settings, find
from baton.engine.integrity.cube import cube_of
from baton.engine.integrity.find import DETECTORS
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.pooled import found_in
from baton.words import Language, Refused, render


def test_equal_input_gives_equal_flags_in_equal_order() -> None:
    county = honest(3, indicators=6, units=30)
    county.evidence[2, 4, :5] = 7
    first, second = find(county.series()), find(county.series())
    assert first == second
    assert [flag.strength for flag in first] == sorted((flag.strength for flag in first), reverse=True)


def test_the_order_of_the_units_changes_nothing() -> None:
    county = honest(4, indicators=6, units=30)
    county.evidence[2, 4, :5] = 7
    series = county.series()
    assert find(series) == find(series[::-1])


def test_detectors_that_run_at_once_tell_what_they_tell_one_after_another() -> None:
    county = honest(4, indicators=6, units=30)
    county.evidence[2, 4, :5] = 7
    ground = Ground(cube_of(county.series(), 5), Settings())
    tests = [detector(ground) for detector in DETECTORS.values()]
    alone = list(found_in(tests, ground.cube.place >= 0, Settings().false_discovery))
    assert alone
    assert set(map(repr, alone)) == set(map(repr, find(county.series())))


def test_progress_is_told_and_can_cancel() -> None:
    told: list[tuple[int, int]] = []
    find(honest(5, indicators=4, units=20).series(), progress=lambda done, total: told.append((done, total)))
    assert told[0] == (0, told[-1][1])
    assert told[-1][0] == told[-1][1]

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find(honest(5, indicators=4, units=20).series(), progress=stop)


def broken() -> dict[str, list[Series]]:
    """Inputs that nothing can be told from, by the code of the refusal."""
    good = honest(1, indicators=2, units=6).series()
    return {
        "integrity.few_units": good[:4],
        "integrity.series_twice": [*good, good[0]],
        "integrity.months_not_rising": [*good[1:], replace(good[0], months=good[0].months[::-1])],
        "integrity.lengths_differ": [*good[1:], replace(good[0], reported=good[0].reported[:-1])],
        "integrity.all_missing": [replace(one, reported=np.full(len(one.months), np.nan)) for one in good],
    }


@pytest.mark.parametrize("code", broken())
def test_input_that_cannot_be_compared_is_refused_in_words(code: str) -> None:
    with pytest.raises(Refused) as refused:
        find(broken()[code])
    assert code in {problem.code for problem in refused.value.problems}
    for problem in refused.value.problems:
        assert render(problem, Language.CHINESE).what
        assert render(problem, Language.ENGLISH).mend


def test_constant_and_empty_indicators_are_passed_over() -> None:
    county = honest(6, indicators=4, units=20)
    county.reported[1] = 100.0
    county.reported[2] = np.nan
    county.reported[3] = 0.0
    assert {flag.indicator for flag in find(county.series())} <= {"M000"}
