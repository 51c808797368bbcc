"""A unit's own report on its way over the desks, by the verbs people know."""

from datetime import date

import pytest

from baton.assessment.actions.submissions import (
    act_on_report,
    approve_reports,
    attach_form,
    fill_report,
    split_report,
)
from baton.assessment.choices import StepRole, SubmissionState, Verb
from baton.assessment.models import Figure, Submission
from baton.core.models import AuditRow, Notice
from baton.org.choices import Role
from baton.words import Refused
from county import County
from people import give, make_unit, make_user

PERIOD = "2026-09"
NAME = f"actual:{PERIOD}"


@pytest.fixture
def report(county: County) -> int:
    county.month()
    return Submission.objects.get(unit__code="T1", series="ARB").pk


def state(report: int) -> SubmissionState:
    return SubmissionState(Submission.objects.get(pk=report).state)


def submit(county: County, report: int, value: str = "12") -> None:
    fill_report(by=county.by("t1"), report=report, values={NAME: value})
    act_on_report(by=county.by("t1"), report=report, verb=Verb.SUBMIT)


def test_a_report_goes_over_four_desks_and_then_counts(county: County, report: int) -> None:
    submit(county, report)
    for who in ("t1_leader", "t1_head"):
        assert not Figure.objects.exists()
        act_on_report(by=county.by(who), report=report, verb=Verb.APPROVE)
    assert state(report) is SubmissionState.VERIFIER
    act_on_report(by=county.by("d1"), report=report, verb=Verb.APPROVE, key="x")
    act_on_report(by=county.by("d1"), report=report, verb=Verb.APPROVE, key="x")
    assert Figure.objects.get().value == "12"
    row = Submission.objects.get(pk=report)
    assert [step.role for step in row.steps.all()] == [
        StepRole.CLERK,
        StepRole.LEADER_IN_CHARGE,
        StepRole.UNIT_HEAD,
        StepRole.VERIFIER,
    ]
    assert row.late_step == ""
    assert AuditRow.objects.filter(action="assessment.report_step").count() == 4


@pytest.mark.parametrize("who", ["t2", "d1", "d2", "t1_leader", "leader", "nobody"])
def test_only_whose_turn_it_is_may_fill_in(county: County, report: int, who: str) -> None:
    with pytest.raises(Refused):
        fill_report(by=county.by(who), report=report, values={NAME: "12"})
    assert Submission.objects.get(pk=report).values == {}


def test_a_value_that_cannot_be_read_and_an_empty_report_are_refused(county: County, report: int) -> None:
    with pytest.raises(Refused):
        fill_report(by=county.by("t1"), report=report, values={NAME: "十二亩"})
    with pytest.raises(Refused):
        fill_report(by=county.by("t1"), report=report, values={"nothing:2026-09": "12"})
    with pytest.raises(Refused) as refused:
        act_on_report(by=county.by("t1"), report=report, verb=Verb.SUBMIT)
    assert refused.value.problems[0].code == "assessment.report_empty"


def test_what_is_returned_comes_back_with_its_reason(county: County, report: int) -> None:
    submit(county, report)
    with pytest.raises(Refused) as refused:
        act_on_report(by=county.by("t1_leader"), report=report, verb=Verb.RETURN)
    assert refused.value.problems[0].code == "assessment.reason_lacking"
    act_on_report(by=county.by("t1_leader"), report=report, verb=Verb.RETURN, reason="与图斑不符")
    assert state(report) is SubmissionState.DRAFT
    submit(county, report, "13")
    assert state(report) is SubmissionState.LEADER_IN_CHARGE


def test_a_report_is_put_to_somebody_else_or_countersigned(county: County, report: int) -> None:
    submit(county, report)
    other = county.people["t1_head"]
    act_on_report(by=county.by("t1_leader"), report=report, verb=Verb.COUNTERSIGN, to=other.pk, reason="请加签")
    with pytest.raises(Refused):
        act_on_report(by=county.by("t1_leader"), report=report, verb=Verb.APPROVE)
    act_on_report(by=county.by("t1_head"), report=report, verb=Verb.APPROVE)
    assert state(report) is SubmissionState.LEADER_IN_CHARGE
    act_on_report(by=county.by("t1_leader"), report=report, verb=Verb.TRANSFER, to=other.pk, reason="出差")
    act_on_report(by=county.by("t1_head"), report=report, verb=Verb.APPROVE)
    assert state(report) is SubmissionState.UNIT_HEAD
    with pytest.raises(Refused):
        act_on_report(by=county.by("t1_head"), report=report, verb=Verb.TRANSFER, reason="出差")


def test_a_report_is_recalled_until_the_next_desk_took_it(county: County, report: int) -> None:
    submit(county, report)
    with pytest.raises(Refused):
        act_on_report(by=county.by("t2"), report=report, verb=Verb.RECALL, reason="填错")
    act_on_report(by=county.by("t1"), report=report, verb=Verb.RECALL, reason="填错")
    assert state(report) is SubmissionState.DRAFT
    submit(county, report)
    act_on_report(by=county.by("t1_leader"), report=report, verb=Verb.APPROVE)
    with pytest.raises(Refused):
        act_on_report(by=county.by("t1"), report=report, verb=Verb.RECALL, reason="填错")


def test_everybody_concerned_may_remind_and_copy(county: County, report: int) -> None:
    submit(county, report)
    act_on_report(by=county.by("d1"), report=report, verb=Verb.REMIND)
    act_on_report(by=county.by("t1"), report=report, verb=Verb.COPY, to=county.people["t1_head"].pk)
    with pytest.raises(Refused):
        act_on_report(by=county.by("t2"), report=report, verb=Verb.REMIND)
    assert state(report) is SubmissionState.LEADER_IN_CHARGE


def test_the_desk_with_which_it_lay_is_late(county: County, report: int) -> None:
    submit(county, report)
    county.on(date(2026, 10, 9))
    act_on_report(by=county.by("t1_leader"), report=report, verb=Verb.APPROVE)
    row = Submission.objects.get(pk=report)
    assert row.late_step == StepRole.LEADER_IN_CHARGE
    assert [step.late for step in row.steps.all()] == [False, True]


def test_a_closed_window_takes_no_report(county: County, report: int) -> None:
    fill_report(by=county.by("t1"), report=report, values={NAME: "12"})
    county.on(date(2026, 10, 9))
    for call in (
        lambda: fill_report(by=county.by("t1"), report=report, values={NAME: "13"}),
        lambda: act_on_report(by=county.by("t1"), report=report, verb=Verb.SUBMIT),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.problems[0].code == "assessment.window_closed"


def test_many_are_approved_at_once_with_exceptions(county: County) -> None:
    county.month()
    reports = list(Submission.objects.filter(series="ARB").order_by("unit__code").values_list("pk", flat=True))
    for number in reports[:2]:
        Submission.objects.filter(pk=number).update(values={NAME: "12"}, state=SubmissionState.VERIFIER.value)
    done = approve_reports(by=county.by("d1"), reports=reports, without=[reports[1]])
    assert done.done == (reports[0],)
    assert [(number, problem.code) for number, problem in done.left] == [(reports[2], "assessment.not_your_turn")]
    assert Figure.objects.count() == 1


def test_a_report_is_split_among_the_offices_of_the_unit(county: County, report: int) -> None:
    office = make_unit("T1-1", "甲镇自然资源所", parent=county.units["T1"])
    clerk = make_user("office1", "所长")
    give(clerk, Role.REPORTER, office)
    county.people["office1"] = clerk
    with pytest.raises(Refused):
        split_report(by=county.by("t1"), report=report, offices=[county.units["T2"].pk])
    (part,) = split_report(by=county.by("t1"), report=report, offices=[office.pk])
    with pytest.raises(Refused):
        fill_report(by=county.by("t1"), report=part.pk, values={NAME: "7"})
    fill_report(by=county.by("office1"), report=part.pk, values={NAME: "7"})
    act_on_report(by=county.by("office1"), report=part.pk, verb=Verb.SUBMIT)
    assert state(part.pk) is SubmissionState.APPROVED
    assert not Figure.objects.exists()
    assert state(report) is SubmissionState.DRAFT


def test_a_signed_form_is_attached(county: County, report: int) -> None:
    row = attach_form(by=county.by("t1"), report=report, digest="0" * 64, name="扫描件.pdf")
    assert (row.scan_name, AuditRow.objects.get(action="assessment.form_attached").detail["file"]) == (
        "扫描件.pdf",
        "0" * 64,
    )


def test_what_a_lead_department_reports_about_itself_is_verified_by_another(county: County) -> None:
    county.month()
    own = Submission.objects.get(unit__code="D1", series="INV").pk
    with pytest.raises(Refused):
        county.enter("d1", "INV", {"D1": "100"})
    fill_report(by=county.by("d1_clerk"), report=own, values={NAME: "100"})
    Submission.objects.filter(pk=own).update(state=SubmissionState.VERIFIER.value)
    with pytest.raises(Refused):
        act_on_report(by=county.by("d1"), report=own, verb=Verb.APPROVE)
    act_on_report(by=county.by("d2"), report=own, verb=Verb.APPROVE)
    assert Figure.objects.get(unit__code="D1").value == "100"


def test_whose_turn_it_is_is_told(county: County, report: int) -> None:
    def told(code: str) -> list[str]:
        return sorted(Notice.objects.filter(code=code).values_list("recipient__username", flat=True))

    submit(county, report)
    assert told("assessment.notice_report") == ["t1_head", "t1_leader"]
    act_on_report(by=county.by("t1_leader"), report=report, verb=Verb.RETURN, reason="不符")
    assert told("assessment.notice_report_returned") == ["t1"]
