"""A scheme goes into a workbook and comes back the same; every mistake in the workbook is named by its cell."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.engine.scheme.small import SMALL
from tests.strategies import schemes

from baton.engine.lint import lint
from baton.engine.scheme.digest import digest
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure import check
from baton.engine.scheme.text import from_yaml
from baton.sheets.scheme_book import read_scheme, write_scheme
from baton.sheets.scheme_book.layout import BASICS, TABS, Form
from baton.sheets.scheme_book.terms import terms_at
from baton.sheets.scheme_book.vocabulary import meanings, word
from baton.words import Language, Problem, Refused, render, text

RELAXED = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
YUNDU = Path(__file__).parents[3] / "src" / "baton" / "example" / "yundu.yaml"


def changed(change: Callable[[Workbook], None], text: str = SMALL) -> bytes:
    book = load_workbook(BytesIO(write_scheme(from_yaml(text, "")[0])))
    change(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def spot(sheet: Worksheet, heading: str, row: int) -> str:
    """The cell under a heading, `row` rows below it."""
    for cells in sheet.iter_rows(max_row=6):
        for cell in cells:
            if str(cell.value or "").partition("\n")[0] == heading:
                return f"{cell.column_letter}{cell.row + row}"
    raise KeyError(heading)


def put(sheet: str, heading: str, value: object, row: int = 1, text: str = SMALL) -> tuple[bytes, str]:
    """A workbook with one cell changed, and the cell."""
    at: list[str] = []

    def change(book: Workbook) -> None:
        at.append(spot(book[sheet], heading, row))
        book[sheet][at[0]] = value

    return changed(change, text), at[0]


def basic(label: str, value: object) -> tuple[bytes, str]:
    at: list[str] = []

    def change(book: Workbook) -> None:
        sheet = book["基本信息"]
        row = next(cell.row for cell in sheet["A"] if cell.value == label)
        at.append(f"B{row}")
        sheet[at[0]] = value

    return changed(change), at[0]


def refused(data: bytes) -> list[Problem]:
    with pytest.raises(Refused) as caught:
        read_scheme(data, "plan.xlsx")
    for problem in caught.value.problems:
        assert render(problem, "zh").mend
        assert render(problem, "en").mend
    return list(caught.value.problems)


# There and back ----------------------------------------------------------------------------------------------------


@RELAXED
@given(schemes(), st.sampled_from(list(Language)))
def test_nothing_is_lost(scheme: Scheme, language: Language) -> None:
    again = read_scheme(write_scheme(scheme, language)).scheme
    assert digest(again) == digest(scheme)
    assert again == scheme


def test_the_example_county_comes_back() -> None:
    (scheme,) = from_yaml(YUNDU.read_text("utf-8"), YUNDU.name)
    assert digest(read_scheme(write_scheme(scheme)).scheme) == digest(scheme)


@RELAXED
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40))
def test_any_text_comes_back(text: str) -> None:
    (scheme,) = from_yaml(SMALL, "")
    unit = scheme.units[0].model_copy(update={"aliases": (text, "无", "甲、乙"), "note": text})
    scheme = scheme.model_copy(update={"note": text, "units": (unit, *scheme.units[1:])})
    again = read_scheme(write_scheme(scheme)).scheme
    assert (again.note, again.units[0].note, again.units[0].aliases) == (text, text, unit.aliases)


@pytest.mark.parametrize(
    "number", ["0.1", "1.100000000000000001", "123456789012345678", "0.000000000000000001", "-7.5"]
)
def test_numbers_stay_exact(number: str) -> None:
    (scheme,) = from_yaml(SMALL.replace("points: {A: 60}", f"points: {{A: {number}}}"), "")
    assert read_scheme(write_scheme(scheme)).scheme == scheme


def test_what_is_none_though_the_default_is_not() -> None:
    (scheme,) = from_yaml(SMALL + "limits: {total_floor: null}\n", "")
    assert read_scheme(write_scheme(scheme)).scheme.limits.total_floor is None


def test_the_same_scheme_gives_the_same_bytes() -> None:
    (scheme,) = from_yaml(SMALL, "")
    assert write_scheme(scheme) == write_scheme(scheme)


@pytest.mark.parametrize("language", list(Language))
def test_every_word_of_a_drop_down_means_one_thing(language: Language) -> None:
    for tab in (BASICS, *TABS):
        for field in tab.fields:
            if field.form not in (Form.WORD, Form.KIND):
                continue
            values = tab.values(field)
            assert values, field
            words = [word(field.words, value, language) for value in values]
            assert len(set(words)) == len(words)
            assert all(meanings(field.words, values)[w.casefold()] == v for w, v in zip(words, values, strict=True))


def test_every_field_of_the_language_has_its_cell() -> None:
    """A field added to the model must be added to the workbook, or it would be lost."""
    held = {(*tab.route, *field.route) for tab in (BASICS, *TABS) for field in tab.fields}

    def missing(model: type, route: tuple[str, ...]) -> list[tuple[str, ...]]:
        found = []
        for name in model.model_fields:
            here = (*route, name)
            if not any(part[: len(here)] == here for part in held):
                found.append(here)
        return found

    parts = {tab.route: tab for tab in TABS}
    assert missing(Scheme, ()) == [("language",)]
    for route in parts:
        owner: type = Scheme
        for key in route:
            annotation = owner.model_fields[key].annotation
            owner = getattr(annotation, "__args__", (annotation,))[0]
        if hasattr(owner, "model_fields"):
            assert missing(owner, route) == [], route


# What officers type ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "heading", "value", "path", "expected"),
    [
        ("指标", "分值·A", 60.5, lambda s: s.indicators[0].points["A"], "60.5"),
        ("指标", "分值·A", "６０．５", lambda s: s.indicators[0].points["A"], "60.5"),
        ("指标", "规则选项", "cap：1.5，floor：0.2", lambda s: s.indicators[0].rule.floor, "0.2"),
        ("指标", "规则选项", "{cap: 1.5}", lambda s: s.indicators[0].rule.cap, "1.5"),
        ("指标", "方向", "越高越好", lambda s: s.indicators[0].direction, "higher"),
        ("指标", "报数频度", "month", lambda s: s.indicators[0].frequency, "month"),
        ("指标", "挂接任务", "t1， t1", lambda s: s.indicators[0].hooks, "('t1', 't1')"),
        ("单位", "别名", "白水、白水人民政府", lambda s: s.units[0].aliases, "('白水', '白水人民政府')"),
        ("单位", "成立日期", date(2019, 3, 12), lambda s: s.units[0].valid_from, "2019-03-12"),
        ("单位", "成立日期", datetime(2019, 3, 12), lambda s: s.units[0].valid_from, "2019-03-12"),  # noqa: DTZ001
        ("单位", "成立日期", "2019年3月12日", lambda s: s.units[0].valid_from, "2019-03-12"),
        ("单位", "代码", 7, lambda s: s.units[0].code, "7"),
        ("单位", "名称", "  白水镇 ", lambda s: s.units[0].name, "白水镇"),
        ("组别", "评等次", "否", lambda s: s.groups[0].graded, "False"),
        ("组别", "评等次", False, lambda s: s.groups[0].graded, "False"),
        ("结构", "满分", "100", lambda s: s.nodes[0].full, "100"),
    ],
)
def test_what_officers_type_is_understood(
    sheet: str, heading: str, value: object, path: Callable[[Scheme], object], expected: str
) -> None:
    data, _ = put(sheet, heading, value)
    assert str(path(read_scheme(data).scheme)) == expected


def test_a_weight_for_all_groups_and_by_group() -> None:
    text = SMALL.replace("full: 100}", "full: 100}\n  - {code: N, name: 分项, parent: R}")
    for typed, expected in (
        (0.3, {"*": "0.3"}),
        ("0.3", {"*": "0.3"}),
        ("A: 0.3", {"A": "0.3"}),
        ("A：0.3，*：1", {"A": "0.3", "*": "1"}),
    ):
        data, _ = put("结构", "权重", typed, 2, text)
        assert {k: str(v) for k, v in read_scheme(data).scheme.nodes[1].weight.items()} == expected


def test_rows_and_columns_may_move_and_blank_rows_do_not_count() -> None:
    def change(book: Workbook) -> None:
        book["单位"].insert_rows(4, 2)
        book["单位"].insert_cols(1)
        book["单位"].move_range("C2:C20", cols=20)

    assert read_scheme(changed(change)).scheme == from_yaml(SMALL, "")[0]


def test_other_sheets_are_left_alone() -> None:
    assert read_scheme(changed(lambda book: book.create_sheet("草稿").append(["随便"]))).scheme.code == "S1"


@pytest.mark.parametrize(
    ("sheet", "heading", "value", "code"),
    [
        ("指标", "分值·A", "六十", "engine.scheme_expected_number"),
        ("指标", "分值·A", True, "sheets.scheme_number"),
        ("指标", "计分规则", "完成绿", "sheets.scheme_word"),
        ("指标", "计分规则", None, "sheets.scheme_kind_missing"),
        ("指标", "规则选项", "cap 1", "engine.scheme_unknown_option_near"),
        ("指标", "规则选项", "capp: 1", "engine.scheme_unknown_option_near"),
        ("指标", "规则选项", "cap: 一", "engine.scheme_expected_number"),
        ("指标", "规则选项", "cap: [1", "sheets.scheme_options"),
        ("指标", "规则选项", 3, "sheets.scheme_options"),
        ("指标", "方向", "高", "sheets.scheme_word"),
        ("指标", "名称", None, "engine.scheme_missing_field"),
        ("指标", "代码", "I 1", "engine.scheme_bad_code"),
        ("指标", "数据小数位", 1.5, "engine.scheme_expected_whole_number"),
        ("指标", "名称", "=A1", "sheets.scheme_uncalculated"),
        ("指标", "名称", "#DIV/0!", "sheets.scheme_error_value"),
        ("组别", "评等次", "也许", "sheets.scheme_truth"),
        ("单位", "成立日期", "2019年3月", "sheets.scheme_day"),
        ("单位", "简称", "x", ""),
    ],
)
def test_a_mistake_is_named_by_its_cell(sheet: str, heading: str, value: object, code: str) -> None:
    data, cell = put(sheet, heading, value)
    if not code:
        assert read_scheme(data).scheme.units[0].short_name == "x"
        return
    found = [(p.code, p.place.file, p.place.sheet, p.place.cell) for p in refused(data)]
    assert (code, "plan.xlsx", sheet, cell) in found
    assert len(found) == 1


def test_basics_are_checked_too() -> None:
    data, cell = basic("生效日期", "明年")
    assert [(p.code, p.place.sheet, p.place.cell) for p in refused(data)] == [("sheets.scheme_day", "基本信息", cell)]
    data, cell = basic("得分小数位", 12)
    assert [(p.code, p.place.cell) for p in refused(data)] == [("engine.scheme_at_most", cell)]
    data, cell = basic("名次办法", "并列后跳号（1-2-2-4）")
    assert read_scheme(data).scheme.ranking.method == "competition"


def test_headings_and_sheets_that_are_wrong() -> None:
    def rename(book: Workbook) -> None:
        sheet = book["单位"]
        sheet[spot(sheet, "简称", 0)] = "小名"
        sheet[spot(sheet, "组", 0)] = "名称"
        del book["结构"]

    found = {(p.code, p.place.sheet) for p in refused(changed(rename))}
    assert found == {
        ("sheets.scheme_heading", "单位"),
        ("sheets.scheme_heading_twice", "单位"),
        ("sheets.scheme_sheet_missing", ""),
    }
    assert {p.code for p in refused(changed(lambda book: book["单位"].delete_rows(1, 3)))} == {
        "sheets.scheme_header_missing"
    }


def test_all_mistakes_are_told_at_once() -> None:
    def change(book: Workbook) -> None:
        book["指标"][spot(book["指标"], "方向", 1)] = "高"
        book["单位"][spot(book["单位"], "成立日期", 2)] = "昨天"

    assert [p.place.sheet for p in refused(changed(change))] == ["单位", "指标"]


def test_a_problem_of_structure_gets_its_cell() -> None:
    data, cell = put("指标", "分值·A", 50)
    book = read_scheme(data, "plan.xlsx")
    (problem,) = book.locate(check(book.scheme))
    assert problem.code == "engine.scheme_points_do_not_add_up"
    assert (problem.place.sheet, problem.place.cell) == ("结构", spot(load_workbook(BytesIO(data))["结构"], "满分", 1))
    data, cell = put("指标", "挂接任务", "t9")
    book = read_scheme(data, "plan.xlsx")
    assert [p.place.cell for p in book.locate(check(book.scheme))] == [cell]


def test_findings_speak_of_sheets_and_headings_not_of_fields() -> None:
    text = (
        SMALL
        + """vetoes:
  - {code: V1, name: 安全事故, consequence: {kind: grade_cap, grade: 良好}}
"""
    )
    book = read_scheme(write_scheme(from_yaml(text, "")[0]))
    found = {problem.code: problem for problem in book.locate(lint(book.scheme))}
    veto = found["engine.lint_veto_without_basis"]
    assert veto.place.field == "vetoes[V1].basis"
    assert veto.place.label() == "一票否优!E3 › 依据"
    assert "在“依据”写上" in render(veto).mend
    wrong, cell = put("指标", "挂接任务", "没有的")
    (refused,) = [p for p in read_scheme(wrong).locate(check(read_scheme(wrong).scheme)) if p.place.cell == cell]
    assert refused.place.column == "挂接任务"
    assert "“主线任务”" in render(refused).mend
    assert "tasks" not in render(refused).mend


@pytest.mark.parametrize("language", Language)
def test_every_term_has_words(language: Language) -> None:
    for field in ("", *(f"{'.'.join(tab.route)}[X].code" for tab in TABS)):
        assert all(text(code, language) for code in terms_at(field).values())
