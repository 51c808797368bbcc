"""Figures and results of earlier months and years: read by cell, brought in by the office, never over what is there."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from baton.assessment.actions.earlier import (
    bring_in_figures,
    bring_in_results,
    take_back_figures,
    take_back_results,
)
from baton.assessment.models import Figure, PastImport, PastResult
from baton.assessment.rules.earlier import read_earlier_figures, read_earlier_results
from baton.core.models import AuditRow
from baton.engine.panel import Observation
from baton.engine.scheme.text import from_yaml
from baton.sheets.templates import lead_template
from baton.words import Refused
from county import SCHEME, County

(scheme,) = from_yaml(SCHEME, "")


def table(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in (["2025年结果"], ["序号", "单位", "期间", "得分", "名次", "等次"], *rows):
        book.active.append(row)  # type: ignore[union-attr]
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_results_of_earlier_years_are_read_and_brought_in(county: County) -> None:
    content = table([1, "甲镇", "2025年", 92.5, 1, "优秀"], [2, "乙镇", "2025年", "９０．１", 2, "良好"])
    read = read_earlier_results(scheme, "结果.xlsx", content)
    assert read.problems == ()
    given = {"results": read.results, "document": "县委发〔2026〕3号", "file_digest": read.digest}
    with pytest.raises(Refused):
        bring_in_results(by=county.by("d1"), **given)  # type: ignore[arg-type]
    assert bring_in_results(by=county.by("office"), **given).count == 2  # type: ignore[arg-type]
    assert bring_in_results(by=county.by("office"), **given).count == 2  # type: ignore[arg-type]
    rows = {(one.unit.code, one.period): (one.score, one.rank, one.grade) for one in PastResult.objects.all()}
    assert rows == {("T1", "2025"): (Decimal("92.5"), 1, "优秀"), ("T2", "2025"): (Decimal("90.1"), 2, "良好")}
    assert AuditRow.objects.filter(action="assessment.earlier_results").count() == 2


def test_every_problem_of_a_table_is_told_by_its_cell() -> None:
    content = table([1, "丁镇", "2025年", 92, 1, ""], [2, "乙镇", "", "九十", 2, ""], [3, "丙镇", "2025年", 88, 3, ""])
    read = read_earlier_results(scheme, "结果.xlsx", content)
    assert {one.place.cell for one in read.problems} == {"B3", "C4", "D4"}
    assert [one.unit for one in read.results] == ["T3"]


@pytest.mark.parametrize("content", [b"nothing", table()[:50]], ids=["text", "cut off"])
def test_what_is_no_table_is_told_as_such(content: bytes) -> None:
    assert read_earlier_results(scheme, "结果.xlsx", content).problems


def test_figures_of_earlier_months_come_in_once_and_not_over_open_months(county: County) -> None:
    earlier = [
        Observation("T1", "HOT", "actual", "2026-08", Decimal(90)),
        Observation("T1", "HOT", "actual", "2025-08", None),
    ]
    with pytest.raises(Refused):
        bring_in_figures(by=county.by("d2"), observations=earlier)
    batch = bring_in_figures(by=county.by("office"), observations=earlier, key="e")
    assert bring_in_figures(by=county.by("office"), observations=earlier, key="e") == batch
    assert Figure.objects.count() == 2
    with pytest.raises(Refused) as refused:
        bring_in_figures(by=county.by("office"), observations=earlier)
    assert refused.value.problems[0].code == "assessment.there_already"
    county.month()
    for wrong, code in (("2026-09", "assessment.month_is_open"),):
        with pytest.raises(Refused) as refused:
            bring_in_figures(by=county.by("office"), observations=[Observation("T1", "HOT", "actual", wrong, None)])
        assert refused.value.problems[0].code == code
    with pytest.raises(Refused):
        bring_in_figures(by=county.by("office"), observations=[Observation("X9", "HOT", "actual", "2025-01", None)])


def test_workbooks_of_earlier_months_are_read_by_the_same_reader() -> None:
    book = openpyxl.load_workbook(BytesIO(lead_template(scheme, "D2", "2025-06")))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "甲镇":
                    last = max(one.column for one in sheet[cell.row] if one.value is not None)
                    sheet.cell(cell.row, last + 1, 91)
    out = BytesIO()
    book.save(out)
    found, problems = read_earlier_figures(scheme, [("2025-06.xlsx", out.getvalue())])
    assert [(one.unit, one.period, one.value) for one in found] == [("T1", "2025-06", Decimal(91))]
    assert not problems


def test_results_are_taken_back_whole_and_what_they_replaced_stands_again(county: County) -> None:
    def bring(score: object) -> PastImport:
        read = read_earlier_results(scheme, "结果.xlsx", table([1, "甲镇", "2025年", score, 1, "优秀"]))
        return bring_in_results(by=county.by("office"), results=read.results, document="县委发〔2026〕3号")

    first, second = bring(92.5), bring(90)
    with pytest.raises(Refused) as refused:
        take_back_results(by=county.by("office"), brought=first.pk)
    assert refused.value.problems[0].code == "assessment.earlier_replaced"
    with pytest.raises(Refused):
        take_back_results(by=county.by("d1"), brought=second.pk)
    take_back_results(by=county.by("office"), brought=second.pk)
    assert [(one.score, one.brought) for one in PastResult.objects.all()] == [(Decimal("92.5"), first)]
    with pytest.raises(Refused):
        take_back_results(by=county.by("office"), brought=second.pk)
    take_back_results(by=county.by("office"), brought=first.pk)
    assert not PastResult.objects.exists()


def test_results_want_their_document_and_a_row(county: County) -> None:
    with pytest.raises(Refused) as refused:
        bring_in_results(by=county.by("office"), results=[], document=" ")
    assert [one.code for one in refused.value.problems] == [
        "assessment.document_lacking",
        "assessment.nothing_to_bring",
    ]


def test_figures_are_taken_back_and_can_come_in_again(county: County) -> None:
    earlier = [Observation("T1", "HOT", "actual", "2025-08", Decimal(90))]
    batch = bring_in_figures(by=county.by("office"), observations=earlier)
    with pytest.raises(Refused):
        take_back_figures(by=county.by("d2"), batch=batch.pk)
    take_back_figures(by=county.by("office"), batch=batch.pk)
    assert not Figure.objects.counting().exists()
    with pytest.raises(Refused):
        take_back_figures(by=county.by("office"), batch=batch.pk)
    again = bring_in_figures(by=county.by("office"), observations=earlier)
    assert [(one.value, one.batch) for one in Figure.objects.counting()] == [("90", again)]
