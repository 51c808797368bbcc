"""Unit names: through code, name, alias and short name, in time, and never by likeness."""

from datetime import date

import pytest

from baton.engine.scheme.units import Unit
from baton.sheets.units import By, Match, UnitNames, find_units, report_twice
from baton.words import Language, Place, Problem, render

DAY = date(2026, 6, 30)
END = date(2025, 1, 1)
NAMES = UnitNames(
    [
        Unit(code="T01", name="白水镇", short_name="白水", aliases=("白水镇人民政府",), valid_from=date(2019, 3, 12)),
        Unit(code="T02", name="白鹭洲镇", short_name="白鹭洲"),
        Unit(code="T03", name="青山镇", short_name="青山"),
        Unit(code="T04", name="青山乡", short_name="青山"),
        Unit(code="D11", name="县农业农村局", short_name="农业局", aliases=("县农办",)),
        Unit(code="X01", name="县乡村振兴局", valid_to=date(2024, 3, 31), successors=("X02",)),
        Unit(code="X02", name="县乡村建设局", valid_from=date(2024, 4, 1), valid_to=END, successors=("D11",)),
        Unit(code="X03", name="县农办", valid_to=date(2020, 1, 1), successors=("D11",)),
        Unit(code="N01", name="县低空办", valid_from=date(2027, 1, 1)),
    ]
)


def problem(given: str, on: date | None = DAY) -> Problem:
    """Look for a name that must not be found; both languages have words for it."""
    found = NAMES.find(given, on)
    assert isinstance(found, Problem), found
    assert all(render(found, language).mend for language in Language)
    return found


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ("白水镇", Match("T01", By.NAME)),
        (" 白 水　镇 ", Match("T01", By.NAME)),
        ("白水", Match("T01", By.SHORT_NAME)),
        ("白水镇人民政府", Match("T01", By.ALIAS)),
        ("t01", Match("T01", By.CODE)),
        ("Ｔ０１", Match("T01", By.CODE)),
        ("青山镇", Match("T03", By.NAME)),
        ("县农办", Match("D11", By.ALIAS)),
    ],
)
def test_names_that_are_sure(given: str, match: Match) -> None:
    assert NAMES.find(given, DAY) == match


def test_a_short_name_of_two_units_is_ambiguous() -> None:
    found = problem("青山")
    assert found.code == "sheets.unit_ambiguous"
    assert found.params["candidates"] == "青山镇（T03）、青山乡（T04）"


def test_a_near_miss_is_suggested_and_not_taken() -> None:
    assert problem("白水镇政府").params["near"] == "白水镇（T01）"
    assert problem("白露洲镇").code == "sheets.unit_near_miss"
    assert problem("完全两样").code == "sheets.unit_unknown"
    assert problem("—").code == "sheets.unit_blank"


def test_a_former_unit_names_its_successor_of_today() -> None:
    found = problem("县乡村振兴局")
    assert (found.code, found.params["until"]) == ("sheets.unit_ended", "2024-03-31")
    assert found.params["successors"] == "县农业农村局（D11）"
    assert problem("县乡村振兴局", None).code == "sheets.unit_ended"
    assert NAMES.find("县乡村振兴局", date(2023, 12, 31)) == Match("X01", By.NAME)


def test_a_unit_of_tomorrow_is_not_found_today() -> None:
    assert problem("县低空办").code == "sheets.unit_not_begun"
    assert NAMES.find("县低空办", date(2027, 6, 30)) == Match("N01", By.NAME)


def test_a_column_of_names_gives_every_problem_with_its_place() -> None:
    given = ["白水镇", "白水镇政府", "白水", "白水镇政府"]
    places = [Place(cell=f"A{row}") for row in range(2, 6)]
    codes, problems = find_units(NAMES, given, places.__getitem__, DAY)
    assert codes == ["T01", None, "T01", None]
    assert [one.place.cell for one in problems] == ["A3", "A5"]
    (twice,) = report_twice(codes, given, places.__getitem__)
    assert (twice.code, twice.place.cell, twice.params["first"]) == ("sheets.unit_twice", "A4", "A2")
