"""A scheme being made: revisions, nobody's change lost, comments answered, approved, published, amended in its year."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from baton.assessment.actions.months import move_month
from baton.assessment.actions.own_targets import Pick, propose_target, take_targets, withdraw_target
from baton.assessment.actions.scheme_comments import (
    answer_comment,
    ask_for_comments,
    comment,
    nothing_to_say,
    withdraw_comment,
)
from baton.assessment.actions.scheme_decisions import approve_scheme, publish_scheme, take_back_approval
from baton.assessment.actions.scheme_drafts import (
    abandon,
    add_line,
    begin_amendment,
    begin_for_year,
    begin_from_file,
    change_line,
    remove_line,
    restore_revision,
    reuse_line,
    save_file,
)
from baton.assessment.choices import CommentState, DraftState, RunKind, RunState
from baton.assessment.models import (
    DraftComment,
    DraftRevision,
    Duty,
    LibraryLine,
    Month,
    OwnTarget,
    Run,
    SchemeDraft,
    SchemeVersion,
    Submission,
    Window,
)
from baton.assessment.queries.inbox import Do, to_do
from baton.assessment.queries.workshop.comparing import side
from baton.assessment.queries.workshop.drafts import draft_page, drafts
from baton.assessment.queries.workshop.foreseen import foreseen
from baton.assessment.queries.workshop.months import first_to_take, months_reached
from baton.assessment.rules.scheme_edits import checked, data_of, with_new_line, without_line
from baton.core import clock
from baton.core.models import AuditRow, Notice
from baton.core.queries.search import find
from baton.core.search.filling import refill
from baton.words import Refused
from county import County
from workshop import TASKS, hung, on_tasks, whole


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.problems]


def rename(
    county: County, row: SchemeDraft, seen: int, name: str, code: str = "M01", who: str = "office"
) -> DraftRevision:
    return change_line(
        by=county.by(who), draft=row.pk, seen=seen, section="indicators", code=code, changes={"name": name}
    )


def approved(county: County, row: SchemeDraft) -> SchemeDraft:
    row.refresh_from_db()
    given = {"seen": row.revision, "document": "县委常委会纪要〔2026〕12号", "waived": "文字调整"}
    return approve_scheme(by=county.by("chief"), draft=row.pk, **given)


def test_a_scheme_of_the_next_year_names_its_own_year_and_days(county: County) -> None:
    row = begin_for_year(by=county.by("office"), version=SchemeVersion.objects.get().pk, year=2027, key="k")
    again = begin_for_year(by=county.by("office"), version=SchemeVersion.objects.get().pk, year=2027, key="k")
    scheme = DraftRevision.objects.get(draft=row).scheme
    assert again == row
    assert (scheme.code, scheme.name) == ("SMALL-2027", "小县2027年度考核方案")
    assert (scheme.effective_from, scheme.effective_to) == (date(2027, 1, 1), date(2027, 12, 31))
    assert AuditRow.objects.filter(action="workshop.draft_begun").count() == 1


@pytest.mark.parametrize("who", ["d1", "t1_head", "leader", "nobody"])
def test_only_the_office_makes_schemes_and_only_its_head_decides(county: County, who: str) -> None:
    row, by = hung(county), county.by(who)
    doings: list[Any] = [
        lambda: begin_from_file(by=by, scheme=whole()),
        lambda: rename(county, row, row.revision, "新名", who=who),
        lambda: ask_for_comments(by=by, draft=row.pk, until=clock.today()),
        lambda: abandon(by=by, draft=row.pk, reason="重来"),
        lambda: approve_scheme(by=county.by("office"), draft=row.pk, seen=row.revision, document="1号", waived="x"),
        lambda: publish_scheme(by=county.by("office"), draft=row.pk),
    ]
    for doing in doings:
        with pytest.raises(Refused) as refused:
            doing()
        assert set(codes(refused)) == {"org.needs_role"}
    row.refresh_from_db()
    assert (row.revision, row.state) == (2, DraftState.DRAFTING)


def test_of_two_who_change_other_lines_both_stay_and_of_the_same_line_the_second_is_told(county: County) -> None:
    row = hung(county)
    rename(county, row, 2, "投资增幅")
    rename(county, row, 2, "热线办结率", code="M02", who="chief")
    names = {one.code: one.name for one in draft_page(county.people["office"], row.pk).scheme.indicators}  # type: ignore[union-attr]
    assert (names["M01"], names["M02"]) == ("投资增幅", "热线办结率")
    with pytest.raises(Refused) as refused:
        rename(county, row, 2, "又一个名", who="chief")
    problem = refused.value.problems[0]
    assert problem.code == "workshop.changed_meanwhile"
    assert "投资增幅" in str(problem.params["lines"])
    with pytest.raises(Refused) as refused:
        save_file(by=county.by("chief"), draft=row.pk, seen=2, scheme=whole())
    assert codes(refused) == ["workshop.changed_meanwhile"]
    assert DraftRevision.objects.filter(draft=row).count() == 4


def test_what_does_not_hold_is_refused_at_its_field_and_nothing_is_kept(county: County) -> None:
    row = hung(county)
    with pytest.raises(Refused) as refused:
        change_line(
            by=county.by("office"),
            draft=row.pk,
            seen=2,
            section="indicators",
            code="M01",
            changes={"name": "", "points": {"A": "六十"}},
        )
    assert {one.place.field for one in refused.value.problems} == {"indicators[M01].name", "indicators[M01].points.A"}
    with pytest.raises(Refused) as refused:
        rename(county, row, 2, "投资完成率")
    assert codes(refused) == ["workshop.nothing_changed"]
    with pytest.raises(Refused) as refused:
        remove_line(by=county.by("office"), draft=row.pk, section="tasks", code="main-1")
    assert codes(refused) == ["workshop.task_in_use"]
    with pytest.raises(Refused) as refused:
        add_line(by=county.by("office"), draft=row.pk, section="tasks", line=TASKS[0])
    assert codes(refused) == ["workshop.code_taken"]
    assert DraftRevision.objects.filter(draft=row).count() == 2


def test_an_earlier_revision_is_brought_up_again_and_none_is_lost(county: County) -> None:
    row = hung(county)
    rename(county, row, 2, "投资增幅")
    made = restore_revision(by=county.by("office"), draft=row.pk, seen=3, number=2)
    before = DraftRevision.objects.get(draft=row, number=2)
    assert (made.number, made.digest, made.text) == (4, before.digest, before.text)
    with pytest.raises(Refused) as refused:
        restore_revision(by=county.by("office"), draft=row.pk, seen=4, number=9)
    assert codes(refused) == ["workshop.revision_unknown"]


def test_units_see_a_scheme_once_they_are_asked_and_only_their_own_comments(county: County) -> None:
    row = hung(county)
    assert not drafts(county.people["t1"]).exists()
    assert drafts(county.people["leader"]).get() == row
    ask_for_comments(by=county.by("office"), draft=row.pk, until=clock.today())
    assert drafts(county.people["t1"]).get() == row
    assert not drafts(county.people["nobody"]).exists()
    told = set(Notice.objects.filter(code="workshop.notice_asked").values_list("recipient__username", flat=True))
    assert {"t1", "t1_head", "d1", "d2"} <= told
    one = comment(
        by=county.by("t1"), draft=row.pk, unit=county.units["T1"], line="indicators[M03]", text="太高", key="k"
    )
    assert (
        comment(by=county.by("t1"), draft=row.pk, unit=county.units["T1"], line="indicators[M03]", text="太高", key="k")
        == one
    )
    assert (one.title, one.revision) == ("耕地整改", 2)
    assert not DraftComment.objects.visible_to(county.people["t2"]).exists()
    assert DraftComment.objects.visible_to(county.people["office"]).get() == one
    with pytest.raises(Refused) as refused:
        comment(by=county.by("t2"), draft=row.pk, unit=county.units["T1"], line="", text="冒名")
    assert set(codes(refused)) == {"org.needs_role_in"}
    with pytest.raises(Refused) as refused:
        comment(by=county.by("t1"), draft=row.pk, unit=county.units["T1"], line="indicators[M99]", text=" ")
    assert codes(refused) == ["workshop.line_unknown", "workshop.comment_lacking"]


def test_comments_end_with_their_day_and_each_is_answered_in_words(county: County) -> None:
    row = hung(county)
    ask_for_comments(by=county.by("office"), draft=row.pk, until=clock.today())
    one = comment(by=county.by("t1"), draft=row.pk, unit=county.units["T1"], line="", text="分值太集中")
    two = comment(by=county.by("t1"), draft=row.pk, unit=county.units["T1"], line="", text="写错了")
    withdraw_comment(by=county.by("t1"), comment=two.pk)
    with pytest.raises(Refused) as refused:
        approved(county, row)
    assert codes(refused) == ["workshop.comments_still_open", "workshop.comments_unanswered"]
    county.on(clock.today() + timedelta(days=1))
    with pytest.raises(Refused) as refused:
        comment(by=county.by("t1"), draft=row.pk, unit=county.units["T1"], line="", text="晚了")
    assert codes(refused) == ["workshop.comments_closed"]
    with pytest.raises(Refused) as refused:
        answer_comment(by=county.by("office"), comment=one.pk, outcome=CommentState.OPEN, answer="")
    assert codes(refused) == ["workshop.outcome_lacking", "workshop.answer_lacking"]
    answer_comment(by=county.by("office"), comment=one.pk, outcome=CommentState.PARTLY, answer="下调到 18 分")
    with pytest.raises(Refused) as refused:
        answer_comment(by=county.by("office"), comment=one.pk, outcome=CommentState.ADOPTED, answer="再答")
    assert codes(refused) == ["workshop.comment_closed"]
    assert Notice.objects.filter(code="workshop.notice_answered", recipient=county.people["t1"]).exists()
    assert approved(county, row).state == DraftState.APPROVED


def test_a_unit_without_a_comment_says_so_and_nobody_has_to_answer(county: County) -> None:
    row = hung(county)
    unit = county.units["T1"]
    with pytest.raises(Refused) as refused:
        nothing_to_say(by=county.by("t1"), draft=row.pk, unit=unit)
    assert codes(refused) == ["workshop.comments_closed"]
    ask_for_comments(by=county.by("office"), draft=row.pk, until=clock.today())
    one = nothing_to_say(by=county.by("t1"), draft=row.pk, unit=unit)
    assert nothing_to_say(by=county.by("t1_head"), draft=row.pk, unit=unit) == one
    assert all(todo.do is not Do.SCHEME_COMMENT for todo in to_do(county.people["t1"]))
    assert all(todo.do is not Do.SCHEME_ANSWER for todo in to_do(county.people["office"]))
    comment(by=county.by("t2"), draft=row.pk, unit=county.units["T2"], line="", text="偏高")
    with pytest.raises(Refused) as refused:
        nothing_to_say(by=county.by("t2"), draft=row.pk, unit=county.units["T2"])
    assert codes(refused) == ["workshop.said_already"]


def test_what_hangs_on_nothing_cannot_be_approved_nor_what_nobody_was_asked_about(county: County) -> None:
    row = begin_for_year(by=county.by("office"), version=SchemeVersion.objects.get().pk, year=2027)
    with pytest.raises(Refused) as refused:
        approve_scheme(by=county.by("chief"), draft=row.pk, seen=1, document=" ")
    found = codes(refused)
    assert found[:2] == ["workshop.document_lacking", "workshop.never_asked"]
    assert found.count("engine.lint_no_hook") == 3
    with pytest.raises(Refused) as refused:
        approve_scheme(by=county.by("chief"), draft=row.pk, seen=7, document="1号", waived="x")
    assert codes(refused) == ["workshop.changed_meanwhile"]


def test_an_approved_scheme_is_published_once_and_becomes_the_one_in_force(county: County) -> None:
    row = approved(county, hung(county))
    with pytest.raises(Refused) as refused:
        rename(county, row, row.revision, "再改")
    assert codes(refused) == ["workshop.not_editable"]
    published = publish_scheme(by=county.by("chief"), draft=row.pk).published
    assert published is not None
    assert (published.year, published.document) == (2027, "县委常委会纪要〔2026〕12号")
    assert SchemeVersion.objects.on(date(2027, 3, 1)).first() == published
    assert Duty.objects.filter(scheme=published).exists()
    assert set(LibraryLine.objects.filter(year=2027).values_list("code", flat=True)) == {"M01", "M02", "M03"}
    assert published.digest == DraftRevision.objects.get(draft=row, number=row.revision).digest
    with pytest.raises(Refused) as refused:
        publish_scheme(by=county.by("chief"), draft=row.pk)
    problem = refused.value.problems[0]
    assert (problem.code, problem.params["by"]) == ("workshop.published_already", "周主任")
    again = begin_from_file(by=county.by("office"), scheme=published.scheme)
    with pytest.raises(Refused) as refused:
        approved(county, again)
    assert codes(refused) == ["workshop.in_force_already"]


def test_an_approval_is_taken_back_with_its_reason(county: County) -> None:
    row = approved(county, hung(county))
    with pytest.raises(Refused):
        take_back_approval(by=county.by("chief"), draft=row.pk, reason=" ")
    back = take_back_approval(by=county.by("chief"), draft=row.pk, reason="常委会要求再改")
    assert (back.state, back.document) == (DraftState.DRAFTING, "")
    with pytest.raises(Refused) as refused:
        publish_scheme(by=county.by("chief"), draft=row.pk)
    assert codes(refused) == ["workshop.not_approved"]
    abandon(by=county.by("office"), draft=row.pk, reason="并入年度方案")
    with pytest.raises(IntegrityError), transaction.atomic():
        SchemeDraft.objects.filter(pk=row.pk).update(closed_reason="")


def amending(county: County) -> SchemeDraft:
    """An amendment from October on that asks 甲镇 and the others for one more figure and no longer for farmland."""
    version = SchemeVersion.objects.get()
    day = date(2026, 10, 1)
    row = begin_amendment(by=county.by("office"), version=version.pk, effective_from=day, reason="市里调整口径")
    scheme = DraftRevision.objects.get(draft=row).scheme
    scheme = on_tasks(scheme, ("M01", "M02"))
    new = {"code": "M04", "name": "企业走访", "parent": "M-民生", "points": {"A": 20}, "unit": "次", "series": "VIS"}
    new |= {"rule": {"kind": "threshold_deduct", "line": 10, "step": "0.1"}, "frequency": "month"}
    new |= {"aggregation": "last", "missing": "exclude", "lead": "D1", "reporter": "unit", "hooks": ["up-1"]}
    scheme = without_line(with_new_line(scheme, "indicators", new), "indicators", "M03")
    save_file(by=county.by("office"), draft=row.pk, seen=1, scheme=scheme)
    row.refresh_from_db()
    return row


def test_an_amendment_says_from_which_day_and_why_and_there_is_one_at_a_time(county: County) -> None:
    version = SchemeVersion.objects.get()
    for day in (date(2026, 1, 1), date(2027, 1, 1)):
        with pytest.raises(Refused) as refused:
            begin_amendment(by=county.by("office"), version=version.pk, effective_from=day, reason="")
        assert codes(refused) == ["workshop.amended_outside", "assessment.reason_lacking"]
    row = begin_amendment(by=county.by("office"), version=version.pk, effective_from=date(2026, 10, 1), reason="口径")
    scheme = DraftRevision.objects.get(draft=row).scheme
    assert (scheme.version, scheme.code, scheme.effective_from) == ("2", "SMALL-2026", date(2026, 10, 1))
    with pytest.raises(Refused) as refused:
        begin_amendment(by=county.by("office"), version=version.pk, effective_from=date(2026, 11, 1), reason="口径")
    assert codes(refused) == ["workshop.amended_already"]


def test_a_scheme_in_force_is_changed_by_an_amendment_only_and_that_keeps_its_code(county: County) -> None:
    sly = checked(data_of(whole()) | {"version": "7", "effective_from": "2026-10-01"})
    row = begin_from_file(by=county.by("office"), scheme=sly)
    with pytest.raises(Refused) as refused:
        approved(county, row)
    assert codes(refused) == ["workshop.in_force_already"]
    version = SchemeVersion.objects.get()
    row = begin_amendment(by=county.by("office"), version=version.pk, effective_from=date(2026, 10, 1), reason="口径")
    save_file(by=county.by("office"), draft=row.pk, seen=1, scheme=checked(data_of(sly) | {"code": "OTHER"}))
    with pytest.raises(Refused) as refused:
        approved(county, row)
    assert codes(refused) == ["workshop.amended_code"]


def test_an_open_month_keeps_its_version_and_the_next_takes_the_amended_one(county: County) -> None:
    county.month("2026-09")
    county.month("2026-10")
    row = amending(county)
    published = publish_scheme(by=county.by("chief"), draft=approved(county, row).pk).published
    assert published is not None
    found = months_reached(county.people["office"], published.scheme, published)
    assert [(one.period, one.fate) for one in found] == [("2026-09", "before"), ("2026-10", "keeps")]
    assert first_to_take(found, published.scheme) == "2026-11"
    assert Month.objects.get(period="2026-10").scheme.version == "1"
    assert county.month("2026-11").scheme == published
    found = months_reached(county.people["office"], published.scheme, published)
    assert [one.fate for one in found] == ["before", "keeps", "takes"]


def test_the_head_moves_an_open_month_with_the_reason_and_it_is_asked_for_what_is_new(county: County) -> None:
    october = county.month("2026-10")
    kept = set(Window.objects.filter(month=october).values_list("pk", flat=True))
    published = publish_scheme(by=county.by("chief"), draft=approved(county, amending(county)).pk).published
    assert published is not None
    with pytest.raises(Refused) as refused:
        move_month(by=county.by("office"), period="2026-10", version=published.pk, reason="纪要")
    assert codes(refused) == ["org.needs_role"]
    with pytest.raises(Refused) as refused:
        move_month(by=county.by("chief"), period="2026-10", version=published.pk, reason="")
    assert codes(refused) == ["assessment.reason_lacking"]
    moved = move_month(by=county.by("chief"), period="2026-10", version=published.pk, reason="纪要要求自十月起")
    assert moved.scheme == published
    series = set(Submission.objects.filter(month=moved).values_list("series", flat=True))
    assert "VIS" in series
    assert "ARB" not in series
    assert kept <= set(Window.objects.filter(month=moved).values_list("pk", flat=True))
    assert Notice.objects.filter(code="workshop.notice_moved", recipient=county.people["t1"]).exists()
    row = AuditRow.objects.get(action="workshop.month_moved")
    assert row.detail["reason"] == "纪要要求自十月起"
    with pytest.raises(Refused) as refused:
        move_month(by=county.by("chief"), period="2026-10", version=published.pk, reason="再来")
    assert codes(refused) == ["workshop.version_not_of_month"]


def test_a_month_with_an_official_result_and_one_with_reports_under_way_stay(county: County) -> None:
    county.month("2026-10")
    Submission.objects.filter(unit=county.units["T1"]).update(state="unit_head")
    published = publish_scheme(by=county.by("chief"), draft=approved(county, amending(county)).pk).published
    assert published is not None
    with pytest.raises(Refused) as refused:
        move_month(by=county.by("chief"), period="2026-10", version=published.pk, reason="纪要")
    assert [(one.code, one.params["units"]) for one in refused.value.problems] == [
        ("workshop.reports_under_way", "甲镇")
    ]
    assert Submission.objects.filter(unit=county.units["T1"]).exists()


def test_an_indicator_of_the_library_is_taken_into_a_draft_and_hung_on_a_task(county: County) -> None:
    row = hung(county)
    remove_line(by=county.by("office"), draft=row.pk, section="indicators", code="M03")
    line = LibraryLine.objects.get(code="M03", year=2026)
    with pytest.raises(Refused) as refused:
        reuse_line(by=county.by("office"), draft=row.pk, line=line.pk, parent="无", hook="")
    assert codes(refused) == ["workshop.parent_unknown", "workshop.hook_lacking"]
    made = reuse_line(by=county.by("office"), draft=row.pk, line=line.pk, parent="M-发展", hook="main-1")
    found = next(one for one in made.scheme.indicators if one.code == "M03")
    assert (found.name, found.parent, found.hooks) == ("耕地整改", "M-发展", ("main-1",))
    with pytest.raises(Refused) as refused:
        reuse_line(by=county.by("office"), draft=row.pk, line=line.pk, parent="M-发展", hook="main-1")
    assert codes(refused) == ["workshop.code_taken"]


def test_what_waits_stands_in_the_inbox_of_whoever_does_it_until_it_is_done(county: County) -> None:
    def waits(who: str) -> set[Do]:
        return {one.do for one in to_do(county.people[who])}

    row = hung(county)
    assert Do.SCHEME_COMMENT not in waits("t1")
    ask_for_comments(by=county.by("office"), draft=row.pk, until=clock.today())
    assert Do.SCHEME_COMMENT in waits("t1") & waits("t1_head") & waits("t2")
    one = comment(by=county.by("t1"), draft=row.pk, unit=county.units["T1"], line="", text="分值太集中")
    assert Do.SCHEME_COMMENT not in waits("t1") | waits("t1_head")
    assert Do.SCHEME_ANSWER in waits("office")
    answer_comment(by=county.by("office"), comment=one.pk, outcome=CommentState.DECLINED, answer="与上年一致")
    assert Do.SCHEME_ANSWER not in waits("office")
    county.on(clock.today() + timedelta(days=1))
    assert Do.SCHEME_COMMENT not in waits("t2")
    approved(county, row)
    assert Do.SCHEME_PUBLISH in waits("chief") - waits("office")
    publish_scheme(by=county.by("chief"), draft=row.pk)
    assert waits("chief") == set()


def test_schemes_are_found_by_name_and_by_their_indicators_by_who_may_see_them(county: County) -> None:
    row = hung(county)
    list(refill())
    office = [(hit.label, hit.reference) for hit in find(county.people["office"], "2027年度")]
    assert office == [("assessment.schemedraft", str(row.pk))]
    assert find(county.people["t1"], "2027年度") == []
    version = SchemeVersion.objects.get()
    found = [(hit.label, hit.reference) for hit in find(county.people["t1"], "耕地整改")]
    assert found == [("assessment.schemeversion", str(version.pk))]


def test_a_month_that_was_tried_is_scored_again_and_one_with_an_official_result_stays(county: County) -> None:
    october = county.month("2026-10")
    published = publish_scheme(by=county.by("chief"), draft=approved(county, amending(county)).pk).published
    assert published is not None
    Month.objects.filter(pk=october.pk).update(state="scored")
    run = Run.objects.create(
        month=october, kind=RunKind.OFFICIAL, state=RunState.DONE, scheme=october.scheme, begun_at=clock.now()
    )
    with pytest.raises(Refused) as refused:
        move_month(by=county.by("chief"), period="2026-10", version=published.pk, reason="纪要")
    assert codes(refused) == ["workshop.month_is_scored"]
    Run.objects.filter(pk=run.pk).update(kind=RunKind.TRIAL)
    moved = move_month(by=county.by("chief"), period="2026-10", version=published.pk, reason="纪要")
    assert moved.state == "open"


def test_the_same_figures_tell_what_a_changed_scheme_alone_would_move(county: County) -> None:
    county.month()
    county.fill(hot="80", inv="90")
    row = hung(county)
    people = county.people["office"]
    was = side(people, f"d{row.pk}r1")
    changes = {"rule": {"kind": "threshold_deduct", "line": 90, "step": "1"}}
    change_line(by=county.by("office"), draft=row.pk, seen=2, section="indicators", code="M02", changes=changes)
    now = side(people, f"d{row.pk}")
    assert was is not None
    assert now is not None
    found = {one.code: one for one in foreseen(now, was, 2026).units}
    assert found["T1"].total is not None
    assert found["T1"].total_before is not None
    assert found["T1"].total < found["T1"].total_before
    again = foreseen(now, None, 2026)
    assert (again.before, again.units[0].rank_before) == ("", None)


def test_targets_are_taken_together_in_one_revision_or_none_is(county: County) -> None:
    row = hung(county)
    given: dict[str, Any] = {"draft": row.pk, "value": "12", "measure": "个", "hook": "main-1"}
    with pytest.raises(Refused) as refused:
        propose_target(by=county.by("d1_clerk"), unit=county.units["D1"], name="太早", **given)
    assert codes(refused) == ["workshop.not_put_before_units"]
    ask_for_comments(by=county.by("office"), draft=row.pk, until=clock.today())
    one = propose_target(by=county.by("d1_clerk"), unit=county.units["D1"], name="争取项目", key="k", **given)
    assert propose_target(by=county.by("d1_clerk"), unit=county.units["D1"], name="争取项目", key="k", **given) == one
    two = propose_target(by=county.by("d2"), unit=county.units["D2"], name="督办事项", **given)
    gone = propose_target(by=county.by("d2"), unit=county.units["D2"], name="写错了", **given)
    withdraw_target(by=county.by("d2"), target=gone.pk)
    picks = [Pick(one.pk, "M-发展", "5"), Pick(two.pk, "M-发展", "6"), Pick(gone.pk, "M-发展", "7")]
    with pytest.raises(Refused) as refused:
        take_targets(by=county.by("office"), draft=row.pk, picks=picks)
    assert codes(refused) == ["workshop.target_closed"]
    assert OwnTarget.objects.filter(state="taken").count() == 0
    with pytest.raises(Refused) as refused:
        take_targets(by=county.by("d1"), draft=row.pk, picks=picks[:2])
    assert set(codes(refused)) == {"org.needs_role"}
    made = take_targets(by=county.by("office"), draft=row.pk, picks=picks[:2])
    own = {one.code: (one.units, one.points) for one in made.scheme.indicators if one.units}
    assert own == {"M-发展-D1-1": (("D1",), {"B": 5}), "M-发展-D2-1": (("D2",), {"B": 6})}
    assert made.number == 3
    told = set(Notice.objects.filter(code="workshop.notice_taken").values_list("recipient__username", flat=True))
    assert "d1_clerk" in told
