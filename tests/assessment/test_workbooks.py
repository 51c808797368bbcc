"""A department's workbook: tried, agreed to, brought in, taken back; nothing of a file with errors is taken."""

from io import BytesIO

import openpyxl
import pytest

from baton.assessment.actions.figures import undo_batch
from baton.assessment.actions.workbooks import import_workbook, try_workbook
from baton.assessment.models import Batch, Figure
from baton.core.models import AuditRow
from baton.engine.scheme.text import from_yaml
from baton.sheets.templates import lead_template
from baton.words import Language, Refused, Severity
from county import SCHEME, County

PERIOD = "2026-09"


@pytest.fixture(autouse=True)
def month(county: County) -> None:
    county.month()


def workbook(values: dict[str, object]) -> bytes:
    """Fill in the template of 政府办: hotline by the name of the unit."""
    (scheme,) = from_yaml(SCHEME, "")
    book = openpyxl.load_workbook(BytesIO(lead_template(scheme, "D2", PERIOD)))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in values:
                    target = max(one.column for one in sheet[cell.row] if one.value is not None) + 1
                    sheet.cell(cell.row, target, values[cell.value])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


GOOD = {"甲镇": 95, "乙镇": "９１.5", "丙镇": "88", "发改局": 93}


def test_a_trial_says_what_would_change_and_writes_nothing(county: County) -> None:
    county.enter("d2", "HOT", {"T1": "95", "T2": "80"})
    trial = try_workbook(by=county.by("d2"), period=PERIOD, name="热线.xlsx", content=workbook(GOOD))
    assert trial.errors == ()
    found = {one.unit: (one.before.value if one.before else "", one.after) for one in trial.changes}
    assert found == {"乙镇": ("80", "91.5"), "丙镇": ("", "88"), "发改局": ("", "93")}
    assert trial.same == 1
    assert all(one.at and one.sheet for one in trial.changes)
    assert Figure.objects.count() == 2


def test_what_was_agreed_to_comes_in_as_one_batch_and_goes_as_one(county: County) -> None:
    content = workbook(GOOD)
    trial = try_workbook(by=county.by("d2"), period=PERIOD, name="热线.xlsx", content=content)
    given = {"period": PERIOD, "name": "热线.xlsx", "content": content, "agreed": trial.agreed}
    batch = import_workbook(by=county.by("d2"), **given, key="k")
    assert import_workbook(by=county.by("d2"), **given, key="k") == batch
    assert Batch.objects.count() == 1
    figure = Figure.objects.get(unit__code="T2")
    assert (figure.value, bool(figure.cell), bool(figure.conversion)) == ("91.5", True, True)
    assert (batch.file_name, batch.file_digest) == ("热线.xlsx", trial.digest)
    assert AuditRow.objects.get(action="assessment.figures_entered").detail["file"] == trial.digest
    again = try_workbook(by=county.by("d2"), period=PERIOD, name="副本.xlsx", content=content)
    assert again.before == batch
    with pytest.raises(Refused) as refused:
        import_workbook(by=county.by("d2"), **given | {"agreed": again.agreed})
    assert refused.value.problems[0].code == "assessment.file_taken"
    undo_batch(by=county.by("d2"), batch=batch.pk)
    assert not Figure.objects.counting().exists()
    assert try_workbook(by=county.by("d2"), period=PERIOD, name="热线.xlsx", content=content).before is None


def test_nothing_of_a_file_with_errors_is_taken_and_it_comes_back_marked(county: County) -> None:
    content = workbook(GOOD | {"乙镇": "九十一"})
    trial = try_workbook(by=county.by("d2"), period=PERIOD, name="热线.xlsx", content=content)
    assert [one.severity for one in trial.errors] == [Severity.ERROR]
    assert trial.errors[0].place.cell
    with pytest.raises(Refused):
        import_workbook(by=county.by("d2"), period=PERIOD, name="热线.xlsx", content=content, agreed=trial.agreed)
    assert not Figure.objects.exists()
    marked = openpyxl.load_workbook(BytesIO(trial.marked(content, Language.CHINESE)))
    assert any(cell.comment for sheet in marked.worksheets for row in sheet.iter_rows() for cell in row)


def test_a_figure_that_changed_since_the_trial_asks_for_another(county: County) -> None:
    content = workbook(GOOD)
    trial = try_workbook(by=county.by("d2"), period=PERIOD, name="热线.xlsx", content=content)
    county.enter("office", "HOT", {"T2": "70"})
    with pytest.raises(Refused) as refused:
        import_workbook(by=county.by("d2"), period=PERIOD, name="热线.xlsx", content=content, agreed=trial.agreed)
    assert refused.value.problems[0].code == "assessment.trial_outdated"


@pytest.mark.parametrize("who", ["d1", "t1", "leader", "nobody"])
def test_a_workbook_of_others_is_refused_at_every_cell(county: County, who: str) -> None:
    trial = try_workbook(by=county.by(who), period=PERIOD, name="热线.xlsx", content=workbook(GOOD))
    assert {one.code for one in trial.errors} == {"assessment.not_yours"}
    assert len(trial.errors) == 4


def test_figures_about_oneself_are_left_to_the_desks(county: County) -> None:
    trial = try_workbook(by=county.by("d2"), period=PERIOD, name="热线.xlsx", content=workbook({"政府办": 99}))
    assert [(one.code, one.severity) for one in trial.problems] == [("assessment.goes_by_desks", Severity.NOTICE)]
    assert trial.changes == ()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", "单位,得分\n".encode()])
def test_what_is_no_workbook_is_told_as_such(county: County, content: bytes) -> None:
    trial = try_workbook(by=county.by("d2"), period=PERIOD, name="x.xlsx", content=content)
    assert trial.errors
    with pytest.raises(Refused):
        import_workbook(by=county.by("d2"), period=PERIOD, name="x.xlsx", content=content, agreed=trial.agreed)
