"""The oracle's whole sheet is the engine's, and `verify` names whatever somebody changed in a result."""

from dataclasses import replace
from decimal import Decimal

import narwhals as nw
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.strategies import panels, schemes

from baton.engine.exact.sheet import exact_sheet
from baton.engine.exact.verify import verify
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.score import score
from baton.example import make_year
from baton.words import Refused, render


@pytest.fixture(scope="module")
def county():
    year = make_year(2025)
    panel = Panel.of(year.observations, year.events)
    return score(year.scheme, panel), panel


def test_the_county_holds_matters_and_vetoes_included(county) -> None:
    sheet, panel = county
    assert verify(sheet, panel) == ()
    exact = exact_sheet(sheet.scheme, panel)
    assert (exact.digest, exact.standings, exact.adjustments) == (sheet.digest, sheet.standings, sheet.adjustments)


def changed(frame, spot: dict[str, str], column: str) -> nw.DataFrame:
    here = pl.all_horizontal(*(pl.col(name) == value for name, value in spot.items()))
    more = pl.when(here).then(pl.col(column) + 1).otherwise(pl.col(column))
    return nw.from_native(frame.to_native().with_columns(more.alias(column)), eager_only=True)


def differences(sheet, panel) -> list[tuple[str, str]]:
    """Code and place of every difference; of numbers that differ, the column instead of the code."""
    return [(problem.params.get("what", problem.code), problem.place.field) for problem in verify(sheet, panel)]


def test_every_change_is_named(county) -> None:
    sheet, panel = county
    leaf = {"unit": "T04", "indicator": "M01", "period": "2025-06"}
    for column in ("points", "value", "target", "full"):
        forged = replace(sheet, leaves=changed(sheet.leaves, leaf, column))
        assert (f"engine.verified_{column}", "T04/M01/2025-06") in differences(forged, panel)
    node = {"unit": "T04", "node": "Y", "period": "2025"}
    forged = replace(sheet, nodes=changed(sheet.nodes, node, "score"))
    assert differences(forged, panel) == [("engine.verify_result", ""), ("engine.verified_score", "T04/Y/2025")]
    lost = sheet.leaves.filter(~((nw.col("unit") == "T04") & (nw.col("indicator") == "Y01")))
    assert ("engine.verify_lacking", "T04/Y01/2025") in differences(replace(sheet, leaves=lost), panel)
    assert ("engine.verify_scheme", "") in differences(replace(sheet, scheme_digest="0"), panel)


def test_numbers_are_shown_as_people_write_them(county) -> None:
    sheet, panel = county
    forged = replace(sheet, leaves=changed(sheet.leaves, {"unit": "T04", "indicator": "Y01"}, "points"))
    (one,) = [problem for problem in verify(forged, panel) if problem.code == "engine.verify_differs"]
    (points,) = sheet.leaves.filter((nw.col("unit") == "T04") & (nw.col("indicator") == "Y01"))["points"]
    assert Decimal(one.params["found"]) == Decimal(points).scaleb(-sheet.scheme.decimals)
    assert "得分" in render(one).what


def test_changed_standings_and_adjustments_are_named(county) -> None:
    sheet, panel = county
    one = sheet.standings[0]
    better = replace(one, bonus=one.bonus + Decimal("0.5"), rank=Decimal(9), grade="较差")
    found = differences(replace(sheet, standings=(better, *sheet.standings[1:])), panel)
    changes = [(f"engine.verified_{name}", one.unit) for name in ("bonus", "rank", "grade")]
    assert found == [("engine.verify_result", ""), *changes]
    gift = replace(sheet.adjustments[0], points=Decimal(5))
    found = differences(replace(sheet, adjustments=(gift, *sheet.adjustments[1:])), panel)
    assert found == [("engine.verified_points", f"{gift.unit}/{gift.item}/#1")]
    assert differences(replace(sheet, adjustments=sheet.adjustments[:-1]), panel) == [("engine.verify_adjustments", "")]


def test_other_data_are_named_with_all_that_follows_from_them(county) -> None:
    sheet, _ = county
    year = make_year(2025)
    spot = next(n for n, one in enumerate(year.observations) if (one.unit, one.series) == ("T04", "INV"))
    other = list(year.observations)
    other[spot] = replace(other[spot], value=other[spot].value - 100)
    found = differences(sheet, Panel.of(other, year.events))
    assert found[0] == ("engine.verify_data", "")
    assert {what for what, _ in found} > {f"engine.verified_{name}" for name in ("points", "score", "value")}


def test_of_several_years_the_sheet_s_own_is_verified(made, tree, indicator) -> None:
    scheme = tree([{"code": "S"}], [indicator("A", "S")], units=1)
    reports = [Observation("T1", "A", "actual", year, Decimal(n)) for n, year in enumerate(("2024", "2025"), 4)]
    panel = Panel.of(reports)
    assert verify(score(scheme, panel, 2024), panel) == ()
    with pytest.raises(Refused):
        exact_sheet(scheme, panel)


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_made_schemes_hold_with_their_events(data) -> None:
    scheme = data.draw(schemes())
    panel = data.draw(panels(scheme))
    sheet, problems = made_by(score, scheme, panel)
    exact, exact_problems = made_by(exact_sheet, scheme, panel)
    assert exact_problems == problems
    if sheet is not None:
        assert verify(sheet, panel) == ()
        assert exact.digest == sheet.digest


def made_by(scorer, scheme, panel):
    """A sheet, or what stops it."""
    try:
        return scorer(scheme, panel, 2025), set()
    except Refused as refused:
        return None, {(problem.code, problem.place) for problem in refused.problems}
