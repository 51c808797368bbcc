"""Published tables: which cells say something of a unit, and each mistake at its cell."""

from decimal import Decimal
from pathlib import Path

import pytest

from baton.engine.scheme.model import Scheme
from baton.sheets.published import read_published, read_published_mapping
from baton.words import Refused, render

TABLE = "单位,年份,总分,名次,口径,数,备注\n白水镇,2025,88.25,1,计划,5,x\n清河,2025.0,77,,完成,,\n,2025,3,3,计划,1,\n"
MAPPING = """
unit_headings: [单位]
period_headings: [年份]
passed_rows: [""]
columns:
  总分: {figure: total, within: 0.01}
  名次: {figure: rank}
  数:
    - {figure: value, of: [M1, Y1], rows: {口径: 计划}, blank: none}
    - {figure: score, of: M, decimals: 1, rows: {口径: 完成}, blank: none}
"""


def read(scheme: Scheme, folder: Path, content: str = TABLE, mapping: str = MAPPING):
    path = folder / "公布.csv"
    path.write_text(content, "utf-8")
    return read_published(path, scheme, read_published_mapping(mapping, "mapping.yaml"))


def test_every_cell_that_says_something_of_a_unit(scheme: Scheme, tmp_path: Path) -> None:
    first, second = [[one for one in read(scheme, tmp_path) if one.unit == unit] for unit in ("T1", "T2")]
    assert [(one.name, one.figure, one.value) for one in first] == [
        ("总分", "total", Decimal("88.25")),
        ("名次", "rank", Decimal(1)),
        ("数", "value", Decimal(5)),
    ]
    assert (first[0].within, first[0].period, first[0].place.cell) == (Decimal("0.01"), "2025", "C2")
    assert first[2].of == ("M1", "Y1")
    assert [(one.name, one.value, one.silent) for one in second[1:]] == [("名次", None, True), ("数", None, False)]
    assert (second[2].figure, second[2].of, second[2].decimals) == ("score", ("M",), 1)


def test_a_period_of_all_rows(scheme: Scheme, tmp_path: Path) -> None:
    found = read(scheme, tmp_path, mapping=MAPPING.replace("period_headings: [年份]", "period: 2025-06"))
    assert {one.period for one in found} == {"2025-06"}


@pytest.mark.parametrize(
    ("content", "code", "cell"),
    [
        (TABLE.replace("总分", "得分"), "sheets.column_missing", "A1"),
        (TABLE.replace("清河", "清江"), "sheets.unit_unknown", "A3"),
        (TABLE.replace("88.25", "甲"), "sheets.not_a_number", "C2"),
        (TABLE.replace("2025.0", "某年"), "sheets.not_a_period", "B3"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_at_the_cell(scheme, tmp_path, content, code, cell) -> None:
    with pytest.raises(Refused) as refused:
        read(scheme, tmp_path, content)
    assert [(one.code, one.place.cell) for one in refused.value.problems] == [(code, cell)]
    assert all(render(one).what and render(one, "en").what for one in refused.value.problems)


@pytest.mark.parametrize("wrong", ["figure: totals", "within: -1", "of: [A], more: 1"])
def test_a_mapping_that_means_nothing_is_refused_by_line(scheme, tmp_path, wrong) -> None:
    with pytest.raises(Refused) as refused:
        read(scheme, tmp_path, mapping=MAPPING.replace("within: 0.01", wrong))
    assert refused.value.problems[0].place.line == 6
