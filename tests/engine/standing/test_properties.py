"""What must hold for any group: order of units, more points, quotas."""

from decimal import Decimal
from itertools import pairwise
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

NAMES = [f"u{n:02d}" for n in range(12)]
UNIT = st.tuples(
    st.one_of(st.none(), st.integers(580, 1000).map(lambda tenth: Decimal(tenth) / 10), st.sampled_from([90, 95])),
    st.fixed_dictionaries(
        {
            "deduction": st.sampled_from([0, 1]),
            "tie_bonus": st.sampled_from([0, 1]),
            "Y": st.sampled_from([80, 90]),
            "vetoes": st.sampled_from([[], [], [], ["V1"], ["V3"], ["V6"], ["V1", "V3"], ["V3", "V3"]]),
        }
    ),
)
UNITS = st.lists(UNIT, min_size=1, max_size=12).map(lambda units: dict(zip(NAMES, units, strict=False)))
GRADING = st.fixed_dictionaries(
    {
        "boundary_tie": st.sampled_from(["none", "all"]),
        "vetoed_uses_quota": st.booleans(),
        "quota_rounding": st.sampled_from(["down", "half_up", "up"]),
        "grades": st.tuples(st.sampled_from(["0", "0.3", "0.5"]), st.sampled_from([None, "0.4"])).map(
            lambda quotas: [
                {"code": "优秀", "name": "优秀", "at_least": 90, "quota": quotas[0]},
                {"code": "良好", "name": "良好", "at_least": 80, "quota": quotas[1]},
                {"code": "一般", "name": "一般", "at_least": 60},
                {"code": "较差", "name": "较差"},
            ]
        ),
    }
)
SIZES = {"down": int, "half_up": lambda x: int(x + Decimal("0.5")), "up": ceil}


@given(units=UNITS, grading=GRADING, data=st.data())
def test_the_order_of_units_makes_no_difference(stand, units, grading, data) -> None:
    shuffled = dict(data.draw(st.permutations(list(units.items()))))
    assert stand(units, grading=grading) == stand(shuffled, grading=grading)


@given(units=UNITS, grading=GRADING, more=st.integers(0, 300).map(lambda tenth: Decimal(tenth) / 10), data=st.data())
def test_more_points_never_make_rank_or_grade_by_score_worse(stand, units, grading, more, data) -> None:
    unit = data.draw(st.sampled_from(sorted(units)))
    base, rest = units[unit]
    before = stand(units, grading=grading)[unit]
    after = stand({**units, unit: ((base or 0) + more, rest)}, grading=grading)[unit]
    assert before.rank is None or after.rank <= before.rank
    order = ["优秀", "良好", "一般", "较差"]
    if base is not None:
        assert order.index(after.grade_by_score) <= order.index(before.grade_by_score)
        assert order.index(after.grade) <= order.index(before.grade)


@given(units=UNITS, grading=GRADING)
def test_a_quota_is_never_exceeded_unless_ties_are_let_in(stand, units, grading) -> None:
    found = stand(units, grading={**grading, "boundary_tie": "none"})
    scored = sum(one.total is not None for one in found.values())
    for grade in grading["grades"]:
        if grade.get("quota") is not None:
            size = SIZES[grading["quota_rounding"]](Decimal(grade["quota"]) * scored)
            assert sum(one.grade == grade["code"] for one in found.values()) <= size


@given(units=UNITS, grading=GRADING)
def test_nobody_overtakes_a_better_unit_without_veto(stand, units, grading) -> None:
    order = ["优秀", "良好", "一般", "较差"]
    clean = [one for one in stand(units, grading=grading).values() if one.total is not None and not one.vetoes]
    for one, other in pairwise(clean):
        assert order.index(one.grade) <= order.index(other.grade)


@given(units=UNITS, grading=GRADING)
def test_no_grade_is_better_than_score_or_cap_allow(stand, units, grading) -> None:
    order = ["优秀", "良好", "一般", "较差"]
    for one in stand(units, grading=grading).values():
        if one.total is not None:
            assert order.index(one.grade) >= order.index(one.grade_by_score)
            if "V1" in one.vetoes:
                assert one.grade != "优秀"
            if one.grade != one.grade_by_score:
                assert one.reasons
