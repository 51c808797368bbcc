"""Quotas, sensitive points and consistency of a year, on plain values."""

from decimal import Decimal
from random import Random

import pytest

from baton.assessment.choices import Sensitive
from baton.assessment.rules.annual.decision import against, overtaken, weak_months
from baton.assessment.rules.annual.placed import Placed, barred_above, pools
from baton.assessment.rules.annual.sensitive import sensitive_points
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import from_yaml
from year import SCHEME

D = Decimal
NEAR = D("0.10")


def scheme(*changes: tuple[str, str]) -> Scheme:
    text = SCHEME
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    (only,) = from_yaml(text, "year.yaml")
    return only


def unit(number: int, total: str, grade: str = "", by_score: str = "", vetoes: tuple[str, ...] = ()) -> Placed:
    shown = D(total).quantize(D("0.01"), "ROUND_HALF_UP")
    code = f"T{number:02d}"
    return Placed(code, f"第{number}镇", "A", D(total), shown, D(number), by_score or grade, grade, vetoes)


def ten(*totals: str) -> list[Placed]:
    """Ten townships with grades as the scheme suggests them: three places of A, four of B."""
    every = [*totals, *["80"] * (10 - len(totals))]
    found, taken = [], {"A": 0, "B": 0}
    for number, total in enumerate(every, 1):
        reached = "A" if D(total) >= D("89.995") else "B" if D(total) >= 85 else "C"
        grade = "A" if reached == "A" and taken["A"] < 3 else "B" if reached in "AB" and taken["B"] < 4 else "C"
        taken[grade] = taken.get(grade, 0) + 1
        found.append(unit(number, total, grade, reached))
    return found


def test_pools_count_places_over_units_with_a_score() -> None:
    placed = [*ten("96"), Placed("T11", "第11镇", "A", None, None, None, "", ""), unit(12, "80", "C")]
    (pool,) = pools(scheme(), placed, {one.unit: one.grade for one in placed})
    best = pool.grade("A")
    assert best is not None
    assert (len(pool.members), best.exact, best.size, best.taken, best.over) == (11, D("3.85"), 3, 1, 0)


@pytest.mark.parametrize(("rounding", "size"), [("down", 3), ("half_up", 4), ("up", 4)])
def test_places_are_rounded_as_the_scheme_says(rounding: str, size: int) -> None:
    changed = scheme(("grading:\n", f"grading:\n  quota_rounding: {rounding}\n"))
    (pool,) = pools(changed, ten("96"), {})
    assert pool.grades[0].size == size


def test_small_groups_share_one_pool() -> None:
    changed = scheme(
        ("{code: A, name: 乡镇组, root: S}", "{code: A, name: 乡镇组, root: S, quota_pool: P}"),
        ("{code: B, name: 部门组, root: S, graded: false}", "{code: B, name: 部门组, root: S, quota_pool: P}"),
    )
    other = Placed("D1", "县发改局", "B", D(99), D(99), D(1), "A", "A")
    (pool,) = pools(changed, [*ten("96"), other], {"D1": "A", "T01": "A"})
    assert pool.name == "乡镇组、部门组"
    assert (len(pool.members), pool.grades[0].taken) == (11, 2)


@pytest.mark.parametrize(
    ("consequence", "reached", "best"),
    [
        ("{kind: grade_cap, grade: C}", "A", 2),
        ("{kind: grade_cap, grade: B}", "A", 1),
        ("{kind: grade_drop, steps: 1}", "A", 1),
        ("{kind: grade_drop, steps: 5}", "B", 2),
    ],
)
def test_a_veto_closes_grades(consequence: str, reached: str, best: int) -> None:
    changed = scheme(("{kind: grade_cap, grade: C}", consequence))
    assert barred_above(changed, unit(1, "96", "C", reached, ("V1",))) == best


def test_a_veto_cannot_be_set_aside_but_a_lower_grade_can_be_decided() -> None:
    placed = [unit(1, "96", "B", "A", ("V1",)), *ten()[1:]]
    changed = scheme(("{kind: grade_cap, grade: C}", "{kind: grade_drop, steps: 1}"))
    assert [one.code for one in against(changed, placed, {"T01": "A"}, {"T01": "好"})] == ["annual.veto_stands_against"]
    assert not against(changed, placed, {"T01": "C"}, {"T01": "另有问题"})
    assert not against(changed, placed, {}, {})


def test_the_order_of_units_changes_nothing() -> None:
    placed = ten("96", "95", "92.5", "92.45", "91", "89.996")
    wrong = {"T04": "A", "T05": "A"}
    expected = {one.code for one in against(scheme(), placed, wrong, {})}
    shuffled = placed.copy()
    Random(1).shuffle(shuffled)
    assert {one.code for one in against(scheme(), shuffled, wrong, {})} == expected
    points = {(one.kind, frozenset(u.unit for u in one.units)) for one in sensitive_points(scheme(), placed, NEAR)}
    assert {
        (one.kind, frozenset(u.unit for u in one.units)) for one in sensitive_points(scheme(), shuffled, NEAR)
    } == points


def kinds(placed: list[Placed], near: Decimal = NEAR) -> list[tuple[Sensitive, tuple[str, ...], str]]:
    found = sensitive_points(scheme(), placed, near)
    return [
        (one.kind, tuple(u.unit for u in one.units), "" if one.distance is None else str(one.distance))
        for one in found
        if one.kind not in (Sensitive.QUOTA_ROUNDING, Sensitive.TIE)
    ]


def test_who_misses_or_just_reaches_a_threshold_is_named_with_the_distance() -> None:
    assert kinds(ten("96", "90.10", "89.90", "89.89")) == [
        (Sensitive.JUST_REACHED, ("T02",), "0.10"),
        (Sensitive.JUST_MISSED, ("T03",), "0.10"),
    ]


def test_a_threshold_reached_as_shown_only_is_its_own_kind() -> None:
    assert kinds(ten("96", "89.996")) == [(Sensitive.SHOWN_ONLY, ("T02",), "0.004")]


def test_the_last_place_and_the_first_without_one() -> None:
    assert kinds(ten("96", "95", "92.5", "92.45")) == [(Sensitive.LAST_PLACE, ("T03", "T04"), "0.05")]
    assert kinds(ten("96", "95", "92.5", "92.3")) == []


def test_equals_and_roundings_of_quotas() -> None:
    found = {one.kind: one for one in sensitive_points(scheme(), ten("96", "95.001", "95.002"), NEAR)}
    assert found[Sensitive.QUOTA_ROUNDING].other == (3, 4)
    assert found[Sensitive.TIE].pool == "乡镇组"


def test_a_better_grade_behind_a_worse_one_is_pointed_at() -> None:
    placed = ten("96", "95", "92.5", "91", "90.5")
    chosen = {one.unit: one.grade for one in placed} | {"T03": "B", "T04": "A"}
    ((one, other),) = overtaken(scheme(), placed, chosen)
    assert (one.unit, other.unit) == ("T03", "T04")
    assert not list(overtaken(scheme(), placed, {one.unit: one.grade for one in placed}))


def test_the_best_grade_with_weak_months_is_pointed_at() -> None:
    months = {"A": {"T01": D(70), "T02": D(90), "T03": D(80), "T04": D(95)}}
    assert weak_months("A", {"T01": "A", "T02": "A", "T03": "B", "T04": "A"}, months) == {"T01"}
    assert not weak_months("A", {"T01": "A", "T02": "A"}, {"A": {"T01": D(1), "T02": D(2)}})
    assert not weak_months("A", dict.fromkeys(months["A"], "A"), {"A": dict.fromkeys(months["A"], D(80))})
