"""`baton visits`: a plan goes out, comes back filled in, and everything that can be wrong with it is said."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from tests.config.small import Said, call
from tests.config.test_targets import figures, scheme

FOUND, NOTE, CHANCE, REPORTED = 6, 7, 4, 5
FIRST = 8


@pytest.fixture
def drawn(tmp_path: Path) -> tuple[Path, str]:
    """A plan of four visits as `baton targets` writes it, and its digest."""
    (tmp_path / "scheme.yaml").write_text(scheme(), "utf-8")
    (tmp_path / "figures.csv").write_text(figures(), "utf-8")
    book = tmp_path / "targets.xlsx"
    arguments = ("--visits", 4, "--seed", 7, "-o", book, "--json")
    said = call("targets", tmp_path / "scheme.yaml", tmp_path / "figures.csv", *arguments)
    return book, said.json["result"]["sampling"]["digest"]


def filled(book: Path, change: Callable[[Worksheet], Any] = lambda sheet: None, share: float = 0.95) -> Path:
    """Fill in 95 % of what was reported for I1 in every unit, change something, and save under another name."""
    content = openpyxl.load_workbook(book)
    sheet = content.worksheets[2]
    for row in rows(sheet, "I1"):
        for column in (FOUND, NOTE):
            assert not sheet.cell(row, column).protection.locked
        sheet.cell(row, FOUND, round(share * sheet.cell(row, REPORTED).value, 2))
        sheet.cell(row, NOTE, "少报一笔")
    change(sheet)
    path = book.with_name("filled.xlsx")
    content.save(path)
    return path


def rows(sheet: Worksheet, indicator: str) -> list[int]:
    return [row for row in range(FIRST, sheet.max_row + 1) if sheet.cell(row, 10).value == indicator]


def back(book: Path, *more: object, **other: Any) -> Said:
    return call("visits", book.with_name("scheme.yaml"), book, *more, **other)


def test_corrected_totals_with_their_interval_and_chances(drawn: tuple[Path, str]) -> None:
    said = back(filled(drawn[0]), "--json")
    assert said.code == 0
    result = said.json["result"]
    assert result["digest"] == drawn[1]
    (one,) = result["indicators"]
    visits = [visit for visit in result["visits"] if visit["indicator"] == "I1"]
    by_hand = sum((float(v["found"]) - float(v["reported"])) / float(v["chance"]) for v in visits)
    assert one["total"] == pytest.approx(float(one["reported"]) + by_hand, rel=1e-5)
    assert one["total"] < float(one["reported"])
    assert one["low"] < one["total"] < one["high"]
    assert (one["units"], one["visits"], one["missing"]) == (12, 4, [])
    assert {visit["note"] for visit in visits} == {"少报一笔"}
    assert result["not_looked_at"] == ["I2"]


def test_no_difference_leaves_the_reported_total(drawn: tuple[Path, str]) -> None:
    (one,) = back(filled(drawn[0], share=1), "--json").json["result"]["indicators"]
    assert one["total"] == pytest.approx(float(one["reported"]))
    assert one["error"] == 0


@pytest.mark.parametrize(("language", "words"), [("zh", "修正合计"), ("en", "Corrected")])
def test_people_read_it_on_the_terminal_and_in_a_workbook(drawn, tmp_path, language, words) -> None:
    out = tmp_path / "corrected.xlsx"
    said = back(filled(drawn[0]), "-o", out, language=language)
    assert said.code == 0
    assert words in said.out
    assert drawn[1] in said.out
    book = openpyxl.load_workbook(out)
    values = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    (one,) = back(book_of(drawn), "--json").json["result"]["indicators"]
    assert one["total"] in values
    assert drawn[1] in values
    assert len(book.sheetnames) == 2


def book_of(drawn: tuple[Path, str]) -> Path:
    return drawn[0].with_name("filled.xlsx")


def test_a_plan_written_in_english_and_sorted_otherwise_is_read_as_well(
    tmp_path: Path, drawn: tuple[Path, str]
) -> None:
    arguments = ("--visits", 4, "--seed", 7, "-o", tmp_path / "english.xlsx")
    call("targets", tmp_path / "scheme.yaml", tmp_path / "figures.csv", *arguments, language="en")
    english = back(filled(tmp_path / "english.xlsx"), "--json").json["result"]

    def turned(sheet: Worksheet) -> None:
        every = [[cell.value for cell in sheet[row]] for row in (*rows(sheet, "I1"), *rows(sheet, "I2"))]
        for row, values in enumerate(reversed(every), FIRST):
            for column, value in enumerate(values, 1):
                sheet.cell(row, column).value = value

    chinese = back(filled(drawn[0], turned), "--json").json["result"]
    assert english["digest"] == chinese["digest"] == drawn[1]
    assert english["indicators"] == chinese["indicators"]


def test_a_visit_that_is_missing_is_named_and_its_total_left_open(drawn: tuple[Path, str]) -> None:
    path = filled(drawn[0], lambda sheet: sheet.cell(rows(sheet, "I1")[1], FOUND, "未去"))
    assert back(path, "--json").codes == ["sheets.not_a_number"]
    path = filled(drawn[0], lambda sheet: setattr(sheet.cell(rows(sheet, "I1")[1], FOUND), "value", None))
    said = back(path, "--json")
    assert said.code == 0
    (one,) = said.json["result"]["indicators"]
    assert one["total"] is None
    assert len(one["missing"]) == 1
    assert "integrity.visits_missing" in said.codes
    assert "3 / 4" in back(path).out


def put(column: int, value: object) -> Callable[[Worksheet], Any]:
    """Put something into a cell of the first row of I1."""

    def change(sheet: Worksheet) -> None:
        sheet.cell(rows(sheet, "I1")[0], column).value = value

    return change


@pytest.mark.parametrize(
    ("change", "code", "cell"),
    [
        (put(CHANCE, None), "integrity.chance_missing", "D8"),
        (put(CHANCE, 1.5), "integrity.chance_impossible", "D8"),
        (put(CHANCE, "一半"), "sheets.not_a_number", "D8"),
        (put(FOUND, "约七百"), "sheets.not_a_number", "F8"),
        (put(FOUND, "=1/0"), "sheets.formula_without_value", "F8"),
        (put(CHANCE, 0.9), "integrity.plan_changed", "A1"),
        (put(REPORTED, 1.0), "integrity.plan_changed", "A1"),
        (put(9, "U11"), "integrity.plan_changed", "A1"),
        (lambda sheet: sheet.delete_rows(rows(sheet, "I2")[0]), "integrity.plan_changed", "A1"),
        (lambda sheet: sheet.cell(5, 2, "0" * 64), "integrity.plan_changed", "A1"),
        (lambda sheet: sheet.cell(4, 2, "8"), "integrity.plan_changed", "A1"),
        (lambda sheet: sheet.cell(5, 2).__setattr__("value", None), "integrity.no_plan", "A1"),
        (lambda sheet: sheet.cell(2, 2, "S9"), "integrity.plan_of_other_scheme", "A1"),
        (lambda sheet: sheet.cell(FIRST + 8, FOUND, 5), "integrity.visit_not_of_plan", "F16"),
    ],
)
def test_what_is_not_the_plan_that_went_out_is_refused(drawn, change, code, cell) -> None:
    said = back(filled(drawn[0], change), "--json")
    assert said.code == 1
    assert (code, cell) in [(one["code"], one["place"].get("cell")) for one in said.json["problems"]]
    assert all(one["what"] and one["mend"] for one in said.json["problems"])


def test_a_plan_of_another_run_is_refused_by_its_digest(drawn: tuple[Path, str], tmp_path: Path) -> None:
    other = call(
        "targets", tmp_path / "scheme.yaml", tmp_path / "figures.csv", "--visits", 4, "--seed", 8, "--json"
    ).json["result"]["sampling"]["digest"]
    path = filled(drawn[0])
    assert back(path, "--digest", other, "--json").codes == ["integrity.plan_of_other_run"]
    assert back(path, "--digest", drawn[1][:8]).code == 0


def test_nothing_filled_in_and_no_plan_at_all(drawn: tuple[Path, str], tmp_path: Path) -> None:
    assert back(drawn[0], "--json").codes == ["integrity.nothing_found"]
    (tmp_path / "other.csv").write_text("单位,指标\n单位1,投资\n", "utf-8")
    said = back(tmp_path / "other.csv", "--json")
    assert said.code == 1
    assert back(tmp_path / "nowhere.xlsx", "--json").codes == ["config.not_found"]


def test_what_was_filled_in_is_never_written_over(drawn: tuple[Path, str]) -> None:
    path = filled(drawn[0])
    before = path.read_bytes()
    assert back(path, "-o", path, "--json").codes == ["config.files_exist"]
    assert path.read_bytes() == before


def test_corrections_after_the_draw_change_nothing(drawn: tuple[Path, str], tmp_path: Path) -> None:
    before = back(filled(drawn[0]), "--json").json["result"]
    (tmp_path / "figures.csv").unlink()
    assert back(book_of(drawn), "--json").json["result"] == before


def test_choices_are_left_out_and_rates_are_averaged(tmp_path: Path) -> None:
    common = "parent: R, points: {A: 0}, lead: D1, frequency: month, aggregation: last"
    more = (
        f"  - {{code: I4, name: 是否达标, {common}, rule: {{kind: attain, line: 1}}, unit: 是/否}}\n"
        f"  - {{code: I5, name: 按期率, {common}, rule: {{kind: completion}}, unit: '%'}}\n"
    )
    (tmp_path / "scheme.yaml").write_text(f"{scheme()}\n{more}", "utf-8")
    rates = [f"U{unit},{code}" for unit in range(12) for code in ("I4,actual,2025-12,1", "I5,actual,2025-12,90")]
    (tmp_path / "figures.csv").write_text("\n".join([figures(), *rates]), "utf-8")
    book = tmp_path / "targets.xlsx"
    call("targets", tmp_path / "scheme.yaml", tmp_path / "figures.csv", "--visits", 4, "-o", book)
    content = openpyxl.load_workbook(book)
    sheet = content.worksheets[2]
    assert {sheet.cell(row, 10).value for row in range(FIRST, sheet.max_row + 1)} == {"I1", "I2", "I5", None}
    for row in rows(sheet, "I5"):
        sheet.cell(row, FOUND, "81%")
    content.save(tmp_path / "filled.xlsx")
    (one,) = back(tmp_path / "filled.xlsx", "--json").json["result"]["indicators"]
    assert (one["indicator"], one["averaged"], one["reported"]) == ("I5", True, "90")
    assert 70 < one["total"] < 90
    assert "各单位平均" in back(tmp_path / "filled.xlsx").out
