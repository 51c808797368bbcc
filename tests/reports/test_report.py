"""The annual report: order of parts, the result's own numbers, suggestions called so, nothing that may not be shown."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from baton.documents.charts import HeatMap, PointsBars, RankedBars
from baton.documents.content import Chart, Document, Heading, Paragraph, Table
from baton.engine.panel import Observation
from baton.engine.result import ScoreSheet
from baton.reports.report import Appeal, ReportTerms, annual_report, report_docx

D = Decimal


@pytest.fixture(scope="module")
def report(county: ScoreSheet) -> Document:
    return annual_report(county)


def words(document: Document) -> Iterator[str]:
    """Every text of a report."""
    yield document.title
    for block in (*document.body, *(block for annex in document.attachments for block in annex.body)):
        match block:
            case Heading() | Paragraph():
                yield block.text
            case Table():
                yield from (block.caption, *block.notes, *(column.title for column in block.columns))
                yield from (cell for row in block.rows for cell in row)
            case Chart():
                yield from (block.caption, block.figure.title)


def tables(document: Document, caption: str) -> list[Table]:
    return [block for block in document.body if isinstance(block, Table) and caption in block.caption]


def test_parts_follow_each_other_as_in_an_official_document(report: Document) -> None:
    assert report.title == "云渡县2025年度考核结果（建议）"
    assert [block.text for block in report.body if isinstance(block, Heading) and block.level == 1] == [
        "总体情况",
        "各组名次和建议等次",
        "失分较多的指标",
        "需要注意的情况",
        "缺报、更正和特殊处理",
        "加分、扣分和一票否优",
        "结果怎么看、怎么核对",
        "审定和异议",
    ]
    assert [annex.title for annex in report.attachments] == ["各组各月得分", "加分、扣分和一票否优明细"]


def test_the_opening_says_what_the_total_is_made_of(report: Document) -> None:
    opening = next(block.text for block in report.body if isinstance(block, Paragraph))
    assert "7 个组 85 个单位" in opening
    assert "月度动态考核 30%、年终考核 60%、民主测评 10%" in opening


def test_league_tables_hold_the_standings(county: ScoreSheet, report: Document) -> None:
    names = {unit.code: unit.name for unit in county.scheme.units}
    found = tables(report, "名次表")
    assert len(found) == 7
    for table, group in zip(found, county.scheme.groups, strict=True):
        titles = [column.title for column in table.columns]
        standings = [one for one in county.standings if one.group == group.code]
        assert [row[titles.index("单位")] for row in table.rows] == [names[one.unit] for one in standings]
        assert [row[titles.index("综合得分")] for row in table.rows] == [f"{one.compared:f}" for one in standings]


def test_each_reason_stands_once_below_its_table(report: Document) -> None:
    (table,) = tables(report, "乡镇A组（城镇工业类）名次表")
    assert table.notes == (
        "云渡：按得分可为“优秀”，因一票否优（V1 较大及以上生产安全责任事故）最高为“良好”。",
        "东篱、望江亭、罗家坝：达到“优秀”分数线，但名额已满（8 个单位 × 30% = 2 个）。",
    )


def test_grades_are_called_suggestions_and_somebody_decides(county: ScoreSheet) -> None:
    text = "".join(words(annual_report(county, terms=ReportTerms(decided_by="县委常委会"))))
    assert "不是考核结论，由县委常委会审定" in text
    assert "均为建议，由县委常委会审定" in text


def test_objections_stand_there_with_the_days_that_were_given_and_not_otherwise(county: ScoreSheet) -> None:
    assert "异议的" not in "".join(words(annual_report(county)))
    terms = ReportTerms(appeal=Appeal(7, "县考核办", 12, "某〔2025〕1号"))
    text = "".join(words(annual_report(county, terms=terms)))
    assert "7 个工作日内向县考核办书面提出" in text
    assert "12 个工作日内书面答复" in text
    assert "（依据：某〔2025〕1号）" in text


def test_ranks_are_printed_without_intervals(report: Document) -> None:
    assert not re.search("区间|可信|置信", "".join(words(report)))


def test_only_what_counts_and_may_be_shown_is_listed(county: ScoreSheet, report: Document) -> None:
    listed = {row for block in report.attachments[1].body if isinstance(block, Table) for row in block.rows}
    assert ("柳林驿镇", "受表彰奖励（以正式表彰文件为准）", "省委发〔2025〕33号", "2.00") in listed
    assert not [row for row in listed if "市委发〔2025〕21号" in row]  # gave way to the provincial award
    assert not [row for row in listed if row[0] == "石鼓岭镇" and "环保督察" in row[1]]  # a veto without basis
    remarks = {one.note for one in county.adjustments if one.note}
    assert not remarks & {cell for row in listed for cell in row}
    withheld = annual_report(county, terms=ReportTerms(withheld=frozenset({"V2", "K6"})))
    assert "主要负责人受党纪严重警告或政务记过以上处分" in "".join(words(report))
    assert "主要负责人受党纪严重警告或政务记过以上处分" not in "".join(words(withheld))


def test_charts_show_ranks_months_and_points(report: Document) -> None:
    blocks = (*report.body, *report.attachments[0].body)
    kinds = [type(block.figure) for block in blocks if isinstance(block, Chart)]
    assert kinds.count(RankedBars) == 7
    assert kinds.count(PointsBars) == 7
    assert kinds.count(HeatMap) == 6  # the headquarters have no months


def test_what_was_missing_is_counted(county: ScoreSheet, report: Document) -> None:
    (table,) = tables(report, "缺报和特殊处理")
    counts = {row[0]: row[2] for row in table.rows}
    assert counts["缺报"] == f"{sum(1 for flags in county.leaves['flags'].to_list() if flags & 1)}"


def test_corrected_figures_are_counted_where_the_observations_are_given(small: Any) -> None:
    corrected = Observation("T1", "A", "actual", "2025", D(7), version=1)
    text = "".join(words(annual_report(small({"T1": 7, "T2": 6}), observations=[corrected])))
    assert "报后更正的数有 1 个" in text


def test_a_result_without_grades_months_or_adjustments_makes_a_short_report(small: Any) -> None:
    document = annual_report(small({"T1": 7, "T2": 6}))
    assert document.attachments == ()
    assert "没有缺报" in "".join(words(document))


def test_english_speaks_english_but_for_names(county: ScoreSheet) -> None:
    document = annual_report(county, "en")
    titles = [block.text for block in document.body if isinstance(block, Heading) and block.level == 1]
    assert titles[0] == "Overview"
    for table in (block for block in document.body if isinstance(block, Table)):
        named = {node.name for node in county.scheme.nodes} | {grade.name for grade in county.scheme.grading.grades}
        heads = [column.title for column in table.columns if not any(name in column.title for name in named)]
        assert not [head for head in heads if re.search(r"[\u4e00-\u9fff]", head)]


def test_the_same_result_gives_the_same_bytes(small: Any) -> None:
    sheet = small({"T1": 7, "T2": 6, "T3": 5})
    first = report_docx(sheet)
    assert first == report_docx(sheet)
    assert first[:2] == b"PK"
