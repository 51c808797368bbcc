"""Findings of visits: the sum by hand, right on average in any part of the county, and a digest that names the form."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from baton.engine.integrity.sampling import Candidate, draw
from baton.engine.integrity.visits import ReportedTotal, Stop, VisitForm, corrected_totals, form_of

CANDIDATES = [Candidate(f"U{n:02d}", "A" if n < 14 else "B", 1.0 + (n * 7 % 5)) for n in range(24)]
FORM = VisitForm(
    "S1",
    2025,
    7,
    (
        Stop("U1", "A", "I", Decimal("0.5"), Decimal(100)),
        Stop("U2", "A", "I", Decimal("0.25"), Decimal(80)),
        Stop("U3", "A", "I", Decimal(1), None),
    ),
    (ReportedTotal("I", 6, 1, Decimal(500)),),
)
FOUND = {("U1", "I"): Decimal(90), ("U2", "I"): Decimal(80), ("U3", "I"): Decimal(7)}


def test_the_corrected_total_is_the_sum_that_anybody_can_do() -> None:
    """500 - 10/0.5 + 0/0.25 + 7/1 = 487; variance 2 x (0.5 x (-20 + 8)^2 + 0.75 x (0 + 8)^2) = 240."""
    (one,) = corrected_totals(FORM, FOUND)
    assert one.estimate is not None
    assert one.estimate.total == pytest.approx(487)
    assert one.estimate.error == pytest.approx(240**0.5)
    # Two visits by chance in one group: one degree of freedom.
    assert (one.estimate.high - 487) / one.estimate.error > 12
    assert (one.units, one.silent, one.visits, one.missing, one.reported) == (6, 1, 3, (), 500)


def test_a_rate_is_corrected_as_an_average() -> None:
    total = corrected_totals(FORM, FOUND)[0].estimate
    (one,) = corrected_totals(FORM, FOUND, averaged=["I"])
    assert total is not None
    assert one.estimate is not None
    assert one.averaged
    assert one.estimate.total == pytest.approx(487 / 6)
    assert one.estimate.error == pytest.approx(total.error / 6)
    assert float(one.reported) == pytest.approx(500 / 6)


def test_a_missing_visit_leaves_no_estimate_and_is_named() -> None:
    (one,) = corrected_totals(FORM, {key: value for key, value in FOUND.items() if key[0] != "U2"})
    assert one.estimate is None
    assert one.missing == ("U2",)
    assert corrected_totals(FORM, {}) == ()


def test_a_single_visit_by_chance_says_nothing_of_its_error() -> None:
    form = replace(FORM, stops=(FORM.stops[0],))
    (one,) = corrected_totals(form, FOUND)
    assert one.estimate is not None
    assert one.estimate.error == float("inf")


@pytest.mark.parametrize("carriers", [range(24), range(14), range(5, 20), range(0, 24, 3)])
def test_it_is_right_on_average_for_an_indicator_that_only_some_carry(carriers: range) -> None:
    rng = np.random.default_rng(11)
    reported: dict[str, float | None] = {f"U{n:02d}": 100.0 + 10 * n for n in carriers}
    truth = {unit: round(value * (1 - 0.2 * rng.random()), 4) for unit, value in reported.items() if value}
    silent = f"U{carriers[1]:02d}"
    reported[silent] = None
    goal = sum(truth.values())
    totals = []
    for seed in range(1500):
        form = form_of("S1", 2025, draw(CANDIDATES, 9, seed), {"I": reported})
        found = {(one.unit, "I"): Decimal(str(truth[one.unit])) for one in form.stops}
        made = corrected_totals(form, found)
        estimate = made[0].estimate if made else None
        # Where nobody who carries it was drawn, what was reported stands.
        totals.append(sum(one or 0.0 for one in reported.values()) if estimate is None else estimate.total)
    assert np.mean(totals) == pytest.approx(goal, abs=4 * np.std(totals) / len(totals) ** 0.5)


def test_the_digest_names_the_form_whatever_the_order_of_its_rows() -> None:
    assert replace(FORM, stops=FORM.stops[::-1]).digest == FORM.digest
    same = replace(FORM.stops[0], reported=Decimal("100.00"), chance=Decimal("0.50"))
    assert replace(FORM, stops=(same, *FORM.stops[1:])).digest == FORM.digest
    others = [
        replace(FORM, seed=8),
        replace(FORM, year=2024),
        replace(FORM, scheme="S2"),
        replace(FORM, stops=FORM.stops[1:]),
        replace(FORM, stops=(*FORM.stops, FORM.stops[0])),
        replace(FORM, stops=(replace(FORM.stops[0], chance=Decimal("0.6")), *FORM.stops[1:])),
        replace(FORM, stops=(replace(FORM.stops[0], reported=None), *FORM.stops[1:])),
        replace(FORM, totals=(replace(FORM.totals[0], total=Decimal(501)),)),
    ]
    assert len({one.digest for one in (FORM, *others)}) == len(others) + 1


def test_a_form_shows_the_chances_it_is_reckoned_with() -> None:
    plan = draw(CANDIDATES, 8, 3)
    form = form_of("S1", 2025, plan, {"I": {one.unit: 0.1 + 0.2 for one in CANDIDATES}})
    assert {one.unit: float(one.chance) for one in form.stops} == pytest.approx(
        {one.unit: one.chance for one in plan.visits}, abs=1e-6
    )
    assert {one.reported for one in form.stops} == {Decimal("0.3")}
    assert form.totals == (ReportedTotal("I", 24, 0, Decimal("7.2")),)
