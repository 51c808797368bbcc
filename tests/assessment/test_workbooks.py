"""A department's workbook: tried, agreed to, brought in, taken back; nothing of a file with errors is taken."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from baton.assessment.actions.below.cells import Desk
from baton.assessment.actions.figures import undo_batch
from baton.assessment.actions.submissions import act_on_report
from baton.assessment.actions.workbooks import import_workbook, try_workbook
from baton.assessment.choices import Verb
from baton.assessment.models import Batch, Figure, Submission
from baton.core import disk
from baton.core.acting import Actor
from baton.core.models import AuditRow, StoredFile
from baton.core.queries.files import file_for
from baton.engine.scheme.text import from_yaml
from baton.org.choices import Role
from baton.sheets.templates import lead_template, unit_template
from baton.words import Language, Refused, Severity
from county import SCHEME, County
from people import give, make_user

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
    taken = import_workbook(by=county.by("d2"), **given, key="k")
    assert import_workbook(by=county.by("d2"), **given, key="k") == taken
    batch = taken.batch
    assert batch is not None
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


def test_the_file_is_kept_with_what_it_brought_in_and_for_whom_it_is_about_nobody_else(county: County) -> None:
    content = workbook(GOOD)
    trial = try_workbook(by=county.by("d2"), period=PERIOD, name="热线.xlsx", content=content)
    assert not StoredFile.objects.exists(), "a trial keeps nothing"
    batch = import_workbook(
        by=county.by("d2"), period=PERIOD, name="热线.xlsx", content=content, agreed=trial.agreed
    ).batch
    assert batch is not None
    file = StoredFile.objects.get()
    assert (file.owner_type, file.owner_id, file.name) == ("assessment.batch", str(batch.pk), "热线.xlsx")
    assert (file.digest, file.kind, file.account) == (batch.file_digest, "xlsx", None)
    assert disk.path_of(file.digest).read_bytes() == content
    reads = {name for name, user in county.people.items() if file_for(user, file.pk) is not None}
    assert reads == {"d2", "chief", "office", "leader"}, "a unit sees its own figures, not a workbook about all"


def test_figures_about_oneself_fill_in_the_own_report_and_go_over_the_desks(county: County) -> None:
    content = workbook(GOOD | {"政府办": 99})
    clerk = make_user("d2_clerk", "政府办填报")
    give(clerk, Role.REPORTER, county.units["D2"])
    by = Actor(clerk)
    trial = try_workbook(by=by, period=PERIOD, name="热线.xlsx", content=content)
    assert trial.problems == ()
    assert [(one.unit, one.after) for one in trial.changes if one.own] == [("政府办", "99")]
    with pytest.raises(Refused):
        import_workbook(by=by, period=PERIOD, name="热线.xlsx", content=content, agreed="0" * 64)
    taken = import_workbook(by=by, period=PERIOD, name="热线.xlsx", content=content, agreed=trial.agreed)
    (report,) = taken.reports
    report.refresh_from_db()
    assert (report.unit.code, report.values, report.state) == ("D2", {f"actual:{PERIOD}": "99"}, "draft")
    assert not Figure.objects.filter(unit__code="D2").exists(), "only its last approval enters it"
    assert StoredFile.objects.count() == 2
    assert AuditRow.objects.get(action="assessment.report_filled").detail["values"] == {f"actual:{PERIOD}": "99"}


def own_workbook(value: object) -> bytes:
    """Fill in a township's own template."""
    (scheme,) = from_yaml(SCHEME, "")
    book = openpyxl.load_workbook(BytesIO(unit_template(scheme, "T1", PERIOD)))
    sheet = book.worksheets[0]
    row = next(cell.row for cells in sheet.iter_rows() for cell in cells if cell.value == "整改亩数（亩）")
    sheet.cell(row, 5, value)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_units_own_workbook_is_read_into_its_report(county: County) -> None:
    content = own_workbook("１２.5")
    trial = try_workbook(by=county.by("t1"), period=PERIOD, name="自报.xlsx", content=content)
    assert [(one.own, one.stood, one.after) for one in trial.changes] == [(True, "", "12.5")], trial.problems
    given = {"period": PERIOD, "name": "自报.xlsx", "content": content, "agreed": trial.agreed}
    taken = import_workbook(by=county.by("t1"), **given, key="k")  # type: ignore[arg-type]
    assert taken.batch is None
    assert import_workbook(by=county.by("t1"), **given, key="k") == taken  # type: ignore[arg-type]
    report = Submission.objects.get(unit=county.units["T1"])
    assert report.values == {f"actual:{PERIOD}": "12.5"}
    file = StoredFile.objects.get()
    reads = {name for name, user in county.people.items() if file_for(user, file.pk) is not None}
    assert reads == {"t1", "t1_leader", "t1_head", "d1", "d1_clerk", "chief", "office", "leader"}
    again = try_workbook(by=county.by("t1"), period=PERIOD, name="自报.xlsx", content=content)
    assert again.changes == ()
    with pytest.raises(Refused) as refused:
        import_workbook(by=county.by("t1"), **given | {"agreed": again.agreed})  # type: ignore[arg-type]
    assert refused.value.problems[0].code == "assessment.workbook_changes_nothing"
    act_on_report(by=county.by("t1"), report=report.pk, verb=Verb.SUBMIT)
    late = try_workbook(by=county.by("t1"), period=PERIOD, name="自报.xlsx", content=own_workbook(13))
    assert [(one.code, one.severity) for one in late.problems] == [("assessment.report_on_its_way", Severity.NOTICE)]


def test_a_wrong_cell_of_an_own_workbook_keeps_the_report_as_it_is(county: County) -> None:
    content = own_workbook("十二亩半")
    trial = try_workbook(by=county.by("t1"), period=PERIOD, name="自报.xlsx", content=content)
    assert trial.errors
    with pytest.raises(Refused):
        import_workbook(by=county.by("t1"), period=PERIOD, name="自报.xlsx", content=content, agreed=trial.agreed)
    assert Submission.objects.get(unit=county.units["T1"]).values == {}
    assert not StoredFile.objects.exists()


def test_nobody_fills_in_the_report_of_another_unit(county: County) -> None:
    for who in ("t2", "d1", "leader"):
        trial = try_workbook(by=county.by(who), period=PERIOD, name="自报.xlsx", content=own_workbook(12))
        assert {one.code for one in trial.errors} == {"assessment.not_yours"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", "单位,得分\n".encode()])
def test_what_is_no_workbook_is_told_as_such(county: County, content: bytes) -> None:
    trial = try_workbook(by=county.by("d2"), period=PERIOD, name="x.xlsx", content=content)
    assert trial.errors
    with pytest.raises(Refused):
        import_workbook(by=county.by("d2"), period=PERIOD, name="x.xlsx", content=content, agreed=trial.agreed)


def test_a_desk_looks_up_the_duties_of_its_series_only(county: County, django_assert_num_queries: Any) -> None:
    month = county.month()
    desk = Desk(month, county.by("d2"), {"HOT"})
    with django_assert_num_queries(0):
        assert ("HOT", county.units["T1"].pk) in desk.duties
        assert desk.duties["HOT", county.units["T1"].pk].reporter == county.units["D2"]
        assert desk.duties.get(("HOT", 0)) is None
    with django_assert_num_queries(1):
        assert desk.duties["INV", county.units["T1"].pk].reporter == county.units["D1"]
        assert ("INV", 0) not in desk.duties
