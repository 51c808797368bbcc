"""The example county's group A of 2025: totals, equals, a veto, the quota, and who moves up."""

from decimal import Decimal

import pytest

# unit: M, Y, D, bonus, deduction, vetoes; total, shown, grade
TABLE = {
    "柳林驿镇": ("89.436161", "93.774293", "90.918060", "2.55", "0.50", (), "94.237230", "94.24", "优秀"),
    "云渡镇": ("93.412500", "92.187000", "93.240000", "1.50", "0.00", ("V1",), "94.159950", "94.16", "良好"),
    "白鹭洲镇": ("92.806000", "91.934500", "91.760000", "2.10", "0.20", (), "94.078500", "94.08", "优秀"),
    "望江亭镇": ("89.402500", "90.006000", "90.060000", "0.30", "0.00", (), "90.130350", "90.13", "良好"),
    "罗家坝镇": ("90.127500", "89.316000", "90.050000", "1.00", "0.50", (), "90.132850", "90.13", "良好"),
    "东篱镇": ("87.915000", "88.402000", "87.330000", "0.80", "0.00", (), "88.948700", "88.95", "良好"),
    "樟木铺镇": ("88.204000", "86.713500", "88.905000", "0.25", "0.30", (), "87.329800", "87.33", "良好"),
    "石鼓岭镇": ("80.316000", "78.845000", "82.110000", "0.00", "1.70", (), "77.912800", "77.91", "一般"),
}
PARTS = (("M", "0.3"), ("Y", "0.6"), ("D", "0.1"))


@pytest.fixture(scope="module")
def county(stand):
    units = {}
    for unit, (*parts, bonus, deduction, vetoes, _, _, _) in TABLE.items():
        base = sum(Decimal(score) * Decimal(weight) for score, (_, weight) in zip(parts, PARTS, strict=True))
        more = {code: score for score, (code, _) in zip(parts, PARTS, strict=True)}
        rounded = base.quantize(Decimal("0.000001"), "ROUND_HALF_UP")
        units[unit] = (rounded, {**more, "bonus": bonus, "deduction": deduction, "vetoes": vetoes})
    return stand(units)


@pytest.mark.parametrize("unit", TABLE)
def test_totals_and_grades_are_those_of_the_example(county, unit) -> None:
    *_, total, shown, grade = TABLE[unit]
    one = county[unit]
    assert (one.total, one.compared, one.grade) == (Decimal(total), Decimal(shown), grade)


def test_ranks_run_from_one_to_eight_in_the_order_of_the_example(county) -> None:
    assert list(county) == list(TABLE)
    assert [one.rank for one in county.values()] == list(range(1, 9))


def test_a_veto_caps_and_the_third_moves_up(county) -> None:
    assert county["云渡镇"].grade_by_score == "优秀"
    assert county["云渡镇"].reasons == (
        ("engine.veto_cap", {"veto": "V1 较大事故", "grade": "良好", "before": "优秀"}),
    )
    assert county["白鹭洲镇"].reasons == (("engine.moved_up", {"grade": "优秀"}),)
    assert county["柳林驿镇"].reasons == ()


@pytest.mark.parametrize("unit", ["望江亭镇", "罗家坝镇"])
def test_who_reaches_the_threshold_after_the_places_are_gone_is_told_so(county, unit) -> None:
    ((code, params),) = county[unit].reasons
    assert (code, params["units"], params["places"]) == ("engine.quota_full", 8, 2)
    assert county[unit].grade_by_score == "优秀"


def test_equals_are_told_apart_by_deductions(county) -> None:
    assert county["望江亭镇"].compared == county["罗家坝镇"].compared
    assert county["望江亭镇"].tie_keys[0] > county["罗家坝镇"].tie_keys[0]


def test_parts_are_shown(county) -> None:
    assert county["柳林驿镇"].parts == {
        "M": Decimal("89.436161"),
        "Y": Decimal("93.774293"),
        "D": Decimal("90.918060"),
    }
