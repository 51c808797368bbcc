"""An office's own table mapped by hand: what headings suggest, what the form says, the file it becomes and back."""

from typing import Any

import pytest

from baton.assessment.actions.scheme_tables import keep_table_mapping
from baton.assessment.models import TableMapping
from baton.assessment.queries.workshop.tables import kept_mappings, try_table
from baton.assessment.rules.table_mapping import fields_of, guess, mapping_of, text_of
from baton.core.models import AuditRow
from baton.sheets.scheme_table import headings_of, read_scheme_table_mapping
from baton.sheets.workbook import read_workbook
from baton.words import Refused
from county import County, county

__all__ = ["county"]
TABLE = """县直部门目标任务分解表,,,,,,,
序号,一级指标,权重,二级指标,分值,计量单位,目标值,数据来源
1,经济,60,投资完成,60,万元,1000,统计局
2,经济,60,投诉件数,40,件,0,信访局
3,民生,40,满意度,100,%,90,统计局
合计,合计,100,,,,,
""".encode()
GIVEN = {
    "code": "X2027",
    "name": "某县方案",
    "year": "2027",
    "full": "100",
    "passed": "合计",
    "when-1": "目标值",
    "like-1": "0",
    "kind-1": "attain",
    "line-1": "0",
    "direction-1": "lower",
    "kind-2": "completion",
}


def headings(content: bytes = TABLE) -> dict[int, str]:
    return dict(headings_of(read_workbook(content, "表.csv")).labels)


def given(**changed: str) -> dict[str, str]:
    return {f"role-{column}": role for column, role in guess(headings()).items()} | GIVEN | changed


def test_the_header_is_the_row_with_most_headings_and_says_what_stands_below() -> None:
    found = headings_of(read_workbook(TABLE, "表.csv"))
    assert (found.rows, found.labels[3], found.samples[3]) == ("2", "二级指标", ("投资完成", "投诉件数", "满意度"))
    assert headings_of(read_workbook(TABLE, "表.csv"), "3").labels[3] == "投资完成"
    with pytest.raises(Refused) as refused:
        headings_of(read_workbook("一\n二\n".encode(), "表.csv"))
    assert refused.value.problems[0].code == "sheets.scheme_table_no_header"


@pytest.mark.parametrize(
    ("labels", "roles"),
    [
        (
            ["序号", "一级指标", "权重", "二级指标", "分值", "计量单位", "目标值", "数据来源"],
            ["", "level1", "weight1", "name", "points", "unit", "target", "source"],
        ),
        (["一级指标", "分值", "二级指标", "考核内容", "标准分"], ["level1", "points1", "level2", "name", "points"]),
        (["工作任务", "权重", "备注"], ["name", "points", ""]),
        (["甲", "乙"], ["", ""]),
    ],
)
def test_headings_suggest_what_columns_are(labels: list[str], roles: list[str]) -> None:
    found = guess(dict(enumerate(labels)))
    assert [found.get(column, "") for column in range(len(labels))] == roles


def test_a_table_becomes_a_scheme_with_the_countys_units() -> None:
    mapping = mapping_of(given(), headings(), ("甲镇", "乙镇"))
    found = try_table(TABLE, "表.csv", mapping, {"甲镇": "T1", "乙镇": "T2"})
    assert found.scheme is not None
    assert [unit.code for unit in found.scheme.units] == ["T1", "T2"]
    lines = [(one.name, one.rule.kind, one.direction.value, one.target.value) for one in found.scheme.indicators]
    assert lines == [
        ("投资完成", "completion", "higher", 1000),
        ("投诉件数", "attain", "lower", None),
        ("满意度", "completion", "higher", 90),
    ]
    assert found.errors == 0


def test_what_is_wrong_in_a_table_is_named_by_its_cell() -> None:
    mapping = mapping_of(given(), headings(), ("甲镇",))
    found = try_table(TABLE.replace("投诉件数,40".encode(), "投诉件数,四十".encode()), "表.csv", mapping, {})
    assert found.scheme is None
    assert "E4" in [one.place.cell for one in found.problems]


def test_a_mapping_goes_into_a_file_and_comes_back_into_the_form() -> None:
    mapping = mapping_of(given(without_points="leave_out"), headings(), ("甲镇",))
    again = read_scheme_table_mapping(text_of(mapping), "对照")
    assert again == mapping
    shown = fields_of(again, headings())
    assert {name: shown[name] for name in given() if name in shown} == {
        name: text for name, text in given().items() if name in shown
    }
    assert shown["without_points"] == "leave_out"


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"role-2": "level1"}, {"role-2"}),
        ({"role-3": ""}, {"role-0"}),
        ({"kind-1": "", "kind-2": ""}, {"kind-1"}),
        ({"like-1": ""}, {"like-1"}),
        ({"year": "明年"}, {"year"}),
        ({"full": "很多", "code": "甲 乙"}, {"full", "code"}),
    ],
)
def test_what_the_form_lacks_is_told_at_its_field(changed: dict[str, str], fields: set[str]) -> None:
    with pytest.raises(Refused) as refused:
        mapping_of(given(**changed), headings(), ("甲镇",))
    assert {one.place.field for one in refused.value.problems} == fields
    with pytest.raises(Refused) as refused:
        mapping_of(given(), headings(), ())
    assert [one.place.field for one in refused.value.problems] == ["units"]


@pytest.mark.django_db
def test_a_mapping_is_kept_under_its_name_by_the_office_alone(county: County, settings: Any) -> None:
    text = text_of(mapping_of(given(), headings(), ("甲镇",)))
    row = keep_table_mapping(by=county.by("office"), name=" 分解表 ", text=text)
    assert keep_table_mapping(by=county.by("office"), name="分解表", text=text).pk == row.pk
    assert AuditRow.objects.filter(action="workshop.table_mapping_kept").count() == 1
    keep_table_mapping(by=county.by("chief"), name="分解表", text=text.replace("X2027", "Y2027"))
    assert [one.by for one in TableMapping.objects.all()] == [county.people["chief"]]
    for name, said in (("", text), ("长" * 101, text), ("坏", "rules: 1")):
        with pytest.raises(Refused):
            keep_table_mapping(by=county.by("office"), name=name, text=said)
    assert len(kept_mappings(county.people["office"])) == 1
    assert kept_mappings(county.people["t1"]) == []
    with pytest.raises(Refused):
        keep_table_mapping(by=county.by("t1"), name="x", text=text)
