"""Suggested grades: thresholds, quotas, vetoes, ties at the boundary, and the reasons."""

from decimal import Decimal

import pytest

from baton.engine.standing.grade import places
from baton.engine.terms import Rounding
from baton.words import text

GROUPS = {"TA": 8, "TB": 10, "DQ": 20, "JJ": 20, "MS": 20, "YQ": 4}


def grades(found):
    return {unit: one.grade for unit, one in found.items()}


def codes(one):
    return [code for code, _ in one.reasons]


@pytest.mark.parametrize(
    ("quota", "units", "rounding", "expected"),
    [
        ("0.3", 8, "down", 2),
        ("0.3", 10, "down", 3),
        ("0.3", 20, "down", 6),
        ("0.3", 4, "down", 1),
        ("0.3", 33, "down", 9),
        ("0.25", 47, "down", 11),
        ("0.3", 33, "half_up", 10),
        ("0.25", 46, "half_up", 12),
        ("0.25", 45, "half_up", 11),
        ("0.25", 45, "up", 12),
        ("0.25", 44, "up", 11),
        ("0.3", 3, "down", 0),
        ("0.3", 0, "up", 0),
    ],
)
def test_places_of_a_quota(quota, units, rounding, expected) -> None:
    assert places(Decimal(quota), units, Rounding(rounding)) == expected


def test_the_county_has_24_places_in_six_groups(stand) -> None:
    groups = {code: [f"{code}{n:02d}" for n in range(size)] for code, size in GROUPS.items()}
    units = {unit: 99 - n for members in groups.values() for n, unit in enumerate(members)}
    found = stand({unit: max(score, 90) for unit, score in units.items()}, groups=groups)
    best = [one.group for one in found.values() if one.grade == "优秀"]
    # equal scores at 90 lie behind the places of every group
    assert {code: best.count(code) for code in GROUPS} == {"TA": 2, "TB": 3, "DQ": 6, "JJ": 6, "MS": 6, "YQ": 1}
    assert len(best) == 24


def test_threshold_and_quota_the_stricter_wins(stand) -> None:
    quota_binds = stand(dict(zip("abcdefgh", range(98, 90, -1), strict=True)))
    assert [one.grade for one in quota_binds.values()] == ["优秀"] * 2 + ["良好"] * 6
    threshold_binds = stand({unit: 91 - n for n, unit in enumerate("abcdefghij")})
    assert [one.grade for one in threshold_binds.values()].count("优秀") == 2


def test_small_groups_get_no_place_unless_they_share_a_quota(stand) -> None:
    groups = {"G": ["a", "b"], "H": ["c", "d"]}
    units = {"a": 95, "b": 91, "c": 94, "d": 90}
    alone = stand(units, groups=groups)
    assert set(grades(alone).values()) == {"良好"}
    assert {code for one in alone.values() for code in codes(one)} == {"engine.pool_too_small"}
    shared = stand(units, groups=groups, pools={"G": "small", "H": "small"})
    assert grades(shared) == {"a": "优秀", "b": "良好", "c": "良好", "d": "良好"}
    assert shared["c"].rank == 1


def test_a_pool_may_be_called_like_a_group(stand) -> None:
    groups = {"G": ["a", "b", "c", "d"], "H": ["e"], "I": ["f", "g", "h"]}
    found = stand(dict.fromkeys("aefgh", 95) | {"b": 91, "c": 91, "d": 91}, groups=groups, pools={"H": "G", "I": "G"})
    assert found["a"].grade == "优秀"
    assert found["e"].grade == "良好"


def test_units_without_a_score_do_not_enlarge_the_quota(stand) -> None:
    found = stand({"a": 95, "b": 92, "c": None, "d": None})
    assert found["a"].grade == "良好"
    assert codes(found["a"]) == ["engine.pool_too_small"]


@pytest.mark.parametrize(("tie", "expected"), [("none", ["良好"] * 3), ("all", ["优秀"] * 3)])
def test_ties_for_the_last_place(stand, tie, expected) -> None:
    units = {"a": 97, "b": 95, "c": 95, "d": 95, **dict.fromkeys("efgh", 91)}
    found = stand(units, grading={"grades": _GRADES, "boundary_tie": tie})
    assert found["a"].grade == "优秀"
    assert [found[unit].grade for unit in "bcd"] == expected
    assert {found[unit].grade for unit in "efgh"} == {"良好"}
    if tie == "none":
        assert found["b"].reasons == (
            ("engine.tie_at_boundary", {"grade": "优秀", "units": 8, "quota": "30%", "places": 2, "tied": 3}),
        )
        assert codes(found["e"]) == ["engine.quota_full"]


_GRADES = [
    {"code": "优秀", "name": "优秀", "at_least": 90, "quota": "0.3"},
    {"code": "良好", "name": "良好", "at_least": 80},
    {"code": "一般", "name": "一般", "at_least": 60},
    {"code": "较差", "name": "较差", "at_least": 0},
]


@pytest.mark.parametrize(("uses", "expected"), [(False, "优秀"), (True, "良好")])
def test_whether_a_vetoed_unit_uses_up_a_place(stand, uses, expected) -> None:
    units = {"a": (97, {"vetoes": ["V1"]}), "b": 96, "c": 95, **dict.fromkeys("defgh", 70)}
    found = stand(units, grading={"grades": _GRADES, "vetoed_uses_quota": uses})
    assert (found["a"].grade, found["b"].grade, found["c"].grade) == ("良好", "优秀", expected)
    assert codes(found["c"]) == (["engine.quota_full"] if uses else ["engine.moved_up"])
    assert codes(found["b"]) == []


def test_who_moves_up_must_still_reach_the_threshold(stand) -> None:
    units = {"a": (97, {"vetoes": ["V1"]}), "b": 96, "c": 89, **dict.fromkeys("defgh", 70)}
    found = stand(units)
    assert found["c"].grade == "良好"
    assert codes(found["c"]) == []


def test_a_veto_below_the_places_lets_nobody_move_up(stand) -> None:
    units = {"a": 97, "b": 96, "c": (95, {"vetoes": ["V1"]}), **dict.fromkeys("defgh", 94)}
    found = stand(units)
    assert codes(found["b"]) == []
    assert codes(found["c"]) == ["engine.veto_cap"]


def test_a_tie_with_a_vetoed_unit_leaves_the_place_to_the_other(stand) -> None:
    units = {"a": 97, "b": (95, {"vetoes": ["V1"]}), "c": 95, **dict.fromkeys("defgh", 70)}
    assert stand(units)["c"].grade == "优秀"
    using = stand(units, grading={"grades": _GRADES, "vetoed_uses_quota": True})
    assert using["c"].grade == "良好"
    assert codes(using["c"]) == ["engine.tie_at_boundary"]


def test_a_drop_starts_from_the_grade_the_unit_would_have_had(stand) -> None:
    units = {"a": (97, {"vetoes": ["V3"]}), "b": 96, "c": 95, "d": (94, {"vetoes": ["V3"]})}
    found = stand(units | dict.fromkeys("efgh", 70))
    assert [found[unit].grade for unit in "abcd"] == ["良好", "优秀", "优秀", "一般"]
    assert found["a"].reasons == (
        ("engine.grade_dropped", {"veto": "V3 弄虚作假", "before": "优秀", "grade": "良好", "steps": 1}),
    )
    assert codes(found["d"]) == ["engine.grade_dropped", "engine.quota_full"]


def test_drops_add_up_and_stop_at_the_last_grade(stand) -> None:
    found = stand(
        {"a": (85, {"vetoes": ["V3", "V3"]}), "b": (65, {"vetoes": ["V3", "V3"]}), "c": (5, {"vetoes": ["V3"]})}
    )
    assert grades(found) == {"a": "较差", "b": "较差", "c": "较差"}
    assert codes(found["c"]) == []


def test_a_unit_with_cap_and_drop_is_capped_first(stand) -> None:
    found = stand({"a": (99, {"vetoes": ["V1", "V3"]}), "b": 70, "c": 70, "d": 70})
    assert found["a"].grade == "一般"
    assert codes(found["a"]) == ["engine.veto_cap", "engine.grade_dropped"]


def test_the_lowest_of_several_caps_holds(stand) -> None:
    assert stand({"a": (99, {"vetoes": ["V1", "V6"]}), "b": 70, "c": 70, "d": 70})["a"].grade == "一般"


def test_a_cap_above_the_score_changes_nothing(stand) -> None:
    found = stand({"a": (70, {"vetoes": ["V1"]})})
    assert (found["a"].grade, found["a"].reasons) == ("一般", ())


def test_a_vetoed_unit_needs_a_place_in_the_grade_it_lands_in(stand) -> None:
    tiers = [{"code": "优秀", "name": "优秀", "quota": "0.25"}, {"code": "良好", "name": "良好", "quota": "0.25"}]
    grading = {"grades": [*tiers, {"code": "一般", "name": "一般"}]}
    units = {"a": (97, {"vetoes": ["V1"]}), "b": 96, "c": 95, "d": 94}
    found = stand(units, grading=grading)
    assert grades(found) == {"a": "良好", "b": "优秀", "c": "一般", "d": "一般"}
    using = stand(units, grading={**grading, "vetoed_uses_quota": True})
    assert grades(using) == {"a": "良好", "b": "一般", "c": "一般", "d": "一般"}


def test_a_cap_by_two_grades_uses_up_one_place_only(stand) -> None:
    tiers = [{"code": "优秀", "name": "优秀", "quota": "0.25"}, {"code": "良好", "name": "良好", "quota": "0.25"}]
    grading = {"grades": [*tiers, {"code": "一般", "name": "一般"}], "vetoed_uses_quota": True}
    found = stand({"a": (97, {"vetoes": ["V6"]}), "b": 96, "c": 95, "d": 94}, grading=grading)
    assert grades(found) == {"a": "一般", "b": "良好", "c": "一般", "d": "一般"}


def test_a_group_that_is_not_graded_says_so(stand) -> None:
    found = stand({"a": 95, "b": 85}, ungraded=("G",))
    assert [(one.rank, one.grade, one.grade_by_score) for one in found.values()] == [(1, None, None), (2, None, None)]
    assert codes(found["a"]) == ["engine.group_not_graded"]


def test_below_every_threshold_no_grade_is_suggested(stand) -> None:
    found = stand({"a": 50}, grading={"grades": _GRADES[:3]})
    assert (found["a"].grade, found["a"].reasons) == (None, (("engine.below_every_grade", {"least": "60"}),))


def test_a_last_grade_with_a_quota_can_leave_units_without_grade(stand) -> None:
    found = stand({"a": 95, "b": 85}, grading={"grades": [{"code": "优秀", "name": "优秀", "quota": "0.5"}]})
    assert grades(found) == {"a": "优秀", "b": None}
    assert codes(found["b"]) == ["engine.quota_full", "engine.no_place_left"]


def test_a_scheme_without_grades_gives_none_and_no_reasons(stand) -> None:
    assert stand({"a": 95}, grading={})["a"].reasons == ()


def test_every_reason_has_words_in_both_languages(stand) -> None:
    found = stand(
        {"a": (97, {"vetoes": ["V1", "V3"]}), "b": 96, "c": 95, "d": 95, "e": None, "f": (1, {"deduction": 2})}
        | dict.fromkeys("ghij", 92)
    )
    for one in found.values():
        for code, params in one.reasons:
            for language in ("zh", "en"):
                assert "{" not in text(code, language, **params)
