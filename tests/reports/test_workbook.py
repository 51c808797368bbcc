"""The results workbook: the same numbers as the result, sums that can be done again, links, words, size."""

import io
import re
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from baton.engine.panel import Observation, Origin
from baton.engine.result import ScoreSheet
from baton.reports.workbook import results_workbook
from baton.reports.workbook.formulas import in_excel

D = Decimal


@pytest.fixture(scope="module")
def written(county: ScoreSheet) -> bytes:
    return results_workbook(county)


@pytest.fixture(scope="module")
def live(written: bytes) -> Any:
    """The workbook with its formulas."""
    return openpyxl.load_workbook(io.BytesIO(written))


@pytest.fixture(scope="module")
def shown(written: bytes) -> Any:
    """The workbook as a reader that does not calculate sees it."""
    return openpyxl.load_workbook(io.BytesIO(written), data_only=True)


def rows(sheet: Any, head: str) -> list[dict[str, Any]]:
    """The rows of the first table with this column title, as dictionaries."""
    start = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == head)
    titles = [cell.value for cell in sheet[start]]
    found = []
    for row in sheet.iter_rows(min_row=start + 1, values_only=True):
        if all(cell is None for cell in row):
            break
        found.append(dict(zip(titles, row, strict=True)))
    return found


def test_the_same_result_gives_the_same_bytes(county: ScoreSheet, written: bytes) -> None:
    assert results_workbook(county) == written


def test_it_can_be_sent_by_mail(written: bytes) -> None:
    assert len(written) < 5_000_000


def test_league_tables_say_what_the_standings_say(county: ScoreSheet, shown: Any) -> None:
    names = {unit.code: unit.name for unit in county.scheme.units}
    for group in county.scheme.groups:
        found = {row["单位"]: row for row in rows(shown[group.name], "名次")}
        standings = [one for one in county.standings if one.group == group.code]
        assert list(found) == [names[one.unit] for one in standings]
        for one in standings:
            row = found[names[one.unit]]
            assert (D(str(row["名次"])), D(str(row["综合得分"]))) == (one.rank, one.compared)
            assert D(str(row["未取整得分"])) == one.total
            assert (D(str(row["加分"])), D(str(row["扣分"]))) == (one.bonus, one.deduction)
            assert row["建议等次"] == (one.grade or "—")
            parts = {node.name: one.parts[node.code] for node in county.scheme.nodes if node.code in one.parts}
            assert {name: D(str(row[name])) for name in parts} == parts


def test_reasons_of_grades_stand_in_words(shown: Any) -> None:
    found = {row["单位"]: row["说明"] for row in rows(shown["乡镇A组（城镇工业类）"], "名次")}
    assert "因一票否优（V1 较大及以上生产安全责任事故）最高为“良好”" in found["云渡镇"]
    assert "名额已满（8 个单位 × 30% = 2 个）" in found["望江亭镇"]


def test_every_formula_gives_the_stored_number_when_done_again(live: Any, shown: Any, sums: Any) -> None:
    done = 0
    for sheet in live.worksheets:
        done_again = sums(sheet)
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    done += 1
                    stored = shown[sheet.title][cell.coordinate].value
                    again = done_again.value(cell.coordinate)
                    assert again == pytest.approx(stored, abs=1e-9), f"{sheet.title}!{cell.coordinate} {cell.value}"
    assert done > 8_000


def test_worked_sums_of_the_example_county_stand_in_the_cells(live: Any, shown: Any) -> None:
    names = [cell.value for cell in live["柳林驿"]["A"]]
    row = names.index("M01 固定资产投资（不含农户）序时完成率") + 1
    assert live["柳林驿"][f"H{row}"].value == "=82000*6/12"
    assert shown["柳林驿"][f"H{row + 1}"].value == 39450
    points = live["柳林驿"][f"H{row + 2}"].value
    assert points == f"=ROUND(MIN(14,MAX(0,IF(H{row + 1}>=H{row},14,14+0.35*(H{row + 1}/H{row}-1)*100))),6)"
    assert shown["柳林驿"][f"H{row + 2}"].value == 12.676829
    (tax,) = (row for row in rows(shown["柳林驿"], "目标") if row["指标"].startswith("Y08"))
    assert (tax["实际"], tax["得分"], tax["满分"], tax["组内名次"]) == (12.3, 3.311128, 4, 3)
    assert tax["计分办法和演算"].endswith("本组：最好 16；最差 6")
    assert "演算：4 × 0.6 ^ (1 − (12.3 − 6) ÷ (16 − 6)) = 3.311128" in tax["计分办法和演算"]


def test_contributions_of_a_matrix_add_up_to_the_base_score(county: ScoreSheet, shown: Any) -> None:
    bases = {one.unit: one.base for one in county.standings}
    names = {unit.name: unit.code for unit in county.scheme.units}
    sheet = shown["县直经济发展组·指标"]
    for row in rows(sheet, "名次"):
        given = [D(str(v)) for title, v in row.items() if v is not None and title not in ("名次", "单位", "基本得分")]
        assert sum(given) == bases[names[row["单位"]]] == D(str(row["基本得分"]))


def test_units_and_league_tables_lead_to_each_other(live: Any) -> None:
    for sheet in live.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink is not None and cell.hyperlink.location:
                    target = re.fullmatch(r"'(.*)'!A1", cell.hyperlink.location)
                    assert target is not None
                    assert target[1].replace("''", "'") in live.sheetnames
    league = live["乡镇A组（城镇工业类）"]
    assert {cell.hyperlink.location for cell in league["B"] if cell.hyperlink} >= {"'柳林驿'!A1", "'总表'!A1"}
    assert "'乡镇A组（城镇工业类）'!A1" in {cell.hyperlink.location for cell in live["柳林驿"]["B"] if cell.hyperlink}


def test_the_overview_names_scheme_data_and_result(county: ScoreSheet, shown: Any) -> None:
    about = {row["项目"]: row["内容"] for row in rows(shown["总表"], "项目")}
    assert about["文号"] == "云委发〔2025〕6号（虚构文号）"
    assert about["结果摘要（SHA-256）"] == county.digest
    assert about["数据摘要（SHA-256）"] == county.data_digest
    special = {row["情况"]: row["得分个数"] for row in rows(shown["总表"], "含义")}
    assert special["缺报"] == sum(1 for flags in county.leaves["flags"].to_list() if flags & 1)


def test_adjustments_stand_with_their_documents_and_why_they_did_not_count(shown: Any) -> None:
    found = rows(shown["加分、扣分和否优"], "单位")
    same = [row for row in found if row["单位"] == "柳林驿镇" and row["事项号"] == "SX-001"]
    assert {(row["应计分"], row["实计分"], row["文件"]) for row in same} == {
        (1, 0, "市委发〔2025〕21号"),
        (2, 2, "省委发〔2025〕33号"),
    }
    assert any("同一事项" in (row["未全计的原因"] or "") for row in same)


def test_lights_carry_a_shape_and_a_word(shown: Any) -> None:
    lights = {row["亮灯"] for row in rows(shown["柳林驿"], "目标")}
    assert lights <= {"● 正常", "▲ 关注", "■ 滞后", "○ 不计"}
    assert len(lights) > 1


def test_origins_name_file_and_cell(small: Any) -> None:
    sheet = small({"T1": 7, "T2": 6, "T3": 5})
    origin = Origin("报表.xlsx", "f" * 64, "表1", "C7", "40% → 0.4")
    told = [Observation("T1", "A", "actual", "2025", D(7), version=1, origin=origin)]
    found = openpyxl.load_workbook(io.BytesIO(results_workbook(sheet, origins=told)))["数据出处"]
    (row,) = rows(found, "文件")
    assert [row[title] for title in ("单位", "状态", "文件", "工作表", "单元格")] == [
        "T1镇", "更正", "报表.xlsx", "表1", "C7",
    ]  # fmt: skip


def test_many_units_have_no_sheets_of_their_own_and_the_overview_says_so(small: Any) -> None:
    sheet = small({f"T{n}": n % 10 for n in range(1, 302)})
    book = openpyxl.load_workbook(io.BytesIO(results_workbook(sheet)))
    assert "T1镇" not in book.sheetnames
    words = [cell.value for row in book["总表"].iter_rows() for cell in row if isinstance(cell.value, str)]
    assert any("不含各单位明细表" in word for word in words)


def test_english_has_no_untranslated_words_but_names(county: ScoreSheet) -> None:
    book = openpyxl.load_workbook(io.BytesIO(results_workbook(county, "en")), data_only=True)
    sheet = book["柳林驿"]
    titles = [cell.value for cell in sheet["A"]]
    assert "How the total is put together" in titles
    heads = [
        cell.value for row in sheet.iter_rows() for cell in row if cell.value and cell.fill.fgColor.rgb == "FFDCE6EF"
    ]
    assert len(heads) > 20
    assert not [word for word in heads if re.search(r"[\u4e00-\u9fff]", word)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("14 + 0.35 × (39450 ÷ 41000 − 1) × 100", "14+0.35*(39450/41000-1)*100"),
        ("10 × (2 − (−1.5) ÷ 3)", "10*(2-(-1.5)/3)"),
        ("6 − 0.3 × ⌈(98 − 97.4) ÷ 0.5⌉", "6-0.3*ROUNDUP((98-97.4)/0.5,0)"),
        ("−2 × 5 ÷ 100 × ln (1 − 0.5 × (1 − e ^ (−100 ÷ 5)))", "-2*5/100*LN(1-0.5*(1-EXP(-100/5)))"),
        ("5 × ln 7.5 ÷ ln 10", "5*LN(7.5)/LN(10)"),
        ("按票数", None),
    ],
)
def test_a_sum_for_readers_becomes_one_for_excel(expression: str, expected: str | None) -> None:
    assert in_excel(expression) == expected
