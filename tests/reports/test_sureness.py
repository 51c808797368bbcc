"""How sure ranks are, as workbook and report tell it: words and names for what the analysis gives, nothing more."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from baton.documents.charts import RangeBars
from baton.documents.content import Chart, Document, Heading, Paragraph, Table
from baton.engine.result import ScoreSheet
from baton.engine.robustness.result import (
    Boundary,
    Covered,
    GroupRobustness,
    Interval,
    Reversal,
    Robustness,
    UnitRobustness,
    WeightRobustness,
)
from baton.engine.robustness.settings import Settings
from baton.reports.report import ReportTerms, annual_report
from baton.reports.workbook import results_workbook
from baton.words import Language, Problem, Severity

GRADING = {"grades": [{"code": "A", "name": "优秀", "at_least": 80, "quota": "0.5"}, {"code": "B", "name": "良好"}]}


@pytest.fixture(scope="module")
def sheet(small: Any) -> ScoreSheet:
    return small({"T1": 9, "T2": 8.9, "T3": 5}, grading=GRADING)


@pytest.fixture(scope="module")
def found(sheet: ScoreSheet) -> Robustness:
    """T1 and T2 on a par, the boundary between them; T3 sure to be last."""
    units = (
        UnitRobustness("T1", 1, 90, "A", 1.2, Interval(1, 2), Interval(1, 2), {"A": 0.62, "B": 0.38}, {}, 1),
        UnitRobustness("T2", 2, 89, "B", 1.2, Interval(1, 2), Interval(1, 2), {"A": 0.38, "B": 0.62}, {}, 1),
        UnitRobustness("T3", 3, 50, "B", 1.2, None, Interval(3, 3), {}, {"A": 0.0004, "B": 0.9996}, 2),
    )
    group = GroupRobustness(
        group="G",
        units=units,
        weights=(
            WeightRobustness("A", 0.4, 0.3, 0.66, 0.7, 1, "T1"),
            WeightRobustness("S", 0.6, None, 0.0, 0.0, 0, "T1"),
        ),
        reversals=(Reversal("T1", "T2", "A", 0.4, 0.4004), Reversal("T2", "T3", "", None, None)),
        bands=(("T1", "T2"), ("T3",)),
        boundaries=(Boundary("A", "B", "T1", "T2", 0.38, 1, None),),
        combinations=48,
        notices=(
            Problem(
                "robust.constant_indicators", {"group": "一组", "count": 1, "shown": "甲"}, severity=Severity.NOTICE
            ),
        ),
        covered=Covered(43, 72),
    )
    return Robustness(2025, sheet.digest, Settings(), (group,))


def words(document: Document) -> str:
    return "\n".join(block.text for block in document.body if isinstance(block, Heading | Paragraph))


def test_the_report_says_who_is_on_a_par_and_what_could_be_done(sheet: ScoreSheet, found: Robustness) -> None:
    said = words(annual_report(sheet, robustness=found))
    assert "名次有多稳" in said
    assert "1000 次模拟" in said
    assert "90% 的把握" in said
    assert "分不出高低的单位：T1镇、T2镇。" in said
    assert "“优秀”和“良好”的分界落在T1镇和T2镇之间，这两家有 38% 的可能颠倒" in said
    assert "可以考虑把“优秀”多列 1 家（名额许可时）。" in said
    assert "“指标A”（占总分 40.0%，略有增减时名次平均动 0.7 位）" in said
    assert "有 1 个指标各单位得分全同" in said


def test_the_chart_holds_every_unit_with_both_ranges(sheet: ScoreSheet, found: Robustness) -> None:
    document = annual_report(sheet, robustness=found)
    (figure,) = (b.figure for b in document.body if isinstance(b, Chart) and isinstance(b.figure, RangeBars))
    assert [(bar.label, int(bar.place), bar.narrow, bar.wide, bar.note) for bar in figure.bars] == [
        ("T1镇", 1, (1, 2), (1, 2), "优秀 62%"),
        ("T2镇", 2, (1, 2), (1, 2), "良好 62%"),
        ("T3镇", 3, None, (3, 3), "良好 99%"),
    ]


def test_a_public_notice_shows_ranges_only_if_the_scheme_says_so(
    small: Any, sheet: ScoreSheet, found: Robustness
) -> None:
    public = ReportTerms(public=True)
    assert "名次有多稳" not in words(annual_report(sheet, terms=public, robustness=found))
    allowed = small({"T1": 9, "T2": 8.9, "T3": 5}, grading=GRADING, ranking={"intervals_in_public": True})
    assert "名次有多稳" in words(annual_report(allowed, terms=public, robustness=found))
    assert "名次有多稳" not in words(annual_report(sheet))


def test_a_group_too_large_for_a_chart_has_a_table(small: Any) -> None:
    values = {f"U{n:02}": n / 10 for n in range(60, 18, -1)}
    sheet = small(values)
    units = tuple(
        UnitRobustness(code, n, 1, None, None, None, Interval(n, n), {}, {}, n) for n, code in enumerate(values, 1)
    )
    group = GroupRobustness("G", units, (), (), tuple((code,) for code in values), (), 1)
    document = annual_report(sheet, robustness=Robustness(2025, sheet.digest, Settings(), (group,)))
    (table,) = (b for b in document.body if isinstance(b, Table) and "名次可能落在哪里" in b.caption)
    assert table.rows[0] == ("1", "U60镇", "—", "1")
    assert len(table.rows) == len(values)


def test_the_workbook_has_a_sheet_of_units_and_one_of_weights(sheet: ScoreSheet, found: Robustness) -> None:
    book = load_workbook(BytesIO(results_workbook(sheet, robustness=found)))
    rows = [row for row in book["名次有多稳"].iter_rows(values_only=True) if row[0] == "一组"]
    assert rows[0] == ("一组", 1, "T1镇", 90, "1–2", "1–2", "T2镇", "优秀", 0.62, 0.62, 0.38)
    assert rows[2] == ("一组", 3, "T3镇", 50, "—", "3", None, "良好", 0.99, 0.01, 0.99)
    told = [row for row in book["哪些权重要紧"].iter_rows(values_only=True) if row[0] == "一组"]
    assert ("一组", "指标A", 0.4, 0.66, 0.7, 1, "T1镇") in told
    assert any("其余 1 项" in str(row[1]) for row in told)
    assert any("从 40.00% 变到 40.04%" in str(row[1]) for row in told)
    assert any("单动任何一项权重都换不了位" in str(row[1]) for row in told)


def test_without_an_analysis_nothing_is_added(sheet: ScoreSheet) -> None:
    names = load_workbook(BytesIO(results_workbook(sheet))).sheetnames
    assert "名次有多稳" not in names


def test_the_same_in_english(sheet: ScoreSheet, found: Robustness) -> None:
    said = words(annual_report(sheet, Language.ENGLISH, robustness=found))
    assert "How sure ranks are" in said
    assert "Units on a par: T1镇, T2镇." in said
    assert "“优秀” could be given to 1 more (where the quota allows)" in said


@pytest.mark.parametrize(("language", "words_of_it"), [("zh", "一组：覆盖 72 分中的 43 分"), ("en", "covers 43 of 72")])
def test_the_workbook_says_how_many_points_the_everyday_interval_covers(
    sheet: ScoreSheet, found: Robustness, language: str, words_of_it: str
) -> None:
    book = load_workbook(BytesIO(results_workbook(sheet, Language(language), robustness=found)))
    cells = [str(cell.value) for page in book for row in page.iter_rows(max_row=6) for cell in row]
    assert any(words_of_it in cell for cell in cells)


def test_the_report_says_it_too(sheet: ScoreSheet, found: Robustness) -> None:
    (group,) = found.groups
    params = {"group": "一组", "points": "43", "full": "72"}
    part = replace(group, notices=(Problem("robust.noise_of_part", params, severity=Severity.NOTICE),))
    assert "日常区间覆盖 72 分中的 43 分" in words(annual_report(sheet, robustness=replace(found, groups=(part,))))
    whole = replace(group, covered=Covered(72, 72))
    assert "日常区间覆盖全部 72 分。" in words(annual_report(sheet, robustness=replace(found, groups=(whole,))))
