"""Units check what was reported about them: receipts, silence, contests and their answers."""

from datetime import date
from typing import Any

import pytest

from baton.assessment.actions.checks import (
    answer_contest,
    check_and_sign,
    contest,
    sign_for_the_silent,
    withdraw_contest,
)
from baton.assessment.actions.figures import correct_figure
from baton.assessment.actions.months import note_release
from baton.assessment.choices import ContestState
from baton.assessment.models import Check, Contest, Figure, Month
from baton.assessment.queries.checks import figures_about
from baton.core.acting import SYSTEM
from baton.core.files import receive
from baton.core.models import AuditRow, FileAccount, Notice, StoredFile
from baton.words import Refused
from county import County
from cycle import make_cycle

PERIOD = "2026-09"


@pytest.fixture
def reported(county: County) -> County:
    county.month()
    county.fill()
    return county.on(date(2026, 10, 9))


def seen(county: County, who: str = "t1_head", unit: str = "T1") -> str:
    return figures_about(county.people[who], Month.objects.get(), county.units[unit]).seen


def sign(county: County, who: str = "t1_head", unit: str = "T1", of: str = "") -> Check:
    number = county.units[unit].pk
    return check_and_sign(by=county.by(who), period=PERIOD, unit=number, seen=of or seen(county))


def figure(unit: str = "T1", series: str = "HOT") -> Figure:
    return Figure.objects.current().get(unit__code=unit, series=series)


def test_a_unit_head_signs_and_has_a_receipt(reported: County) -> None:
    made = sign(reported)
    assert (made.receipt, made.by_silence, made.figures) == ("HD-202609-T1-1", False, 3)
    assert sign(reported) == made
    assert AuditRow.objects.get(action="assessment.figures_checked").detail["receipt"] == made.receipt


@pytest.mark.parametrize("who", ["t2_head", "t1", "d2", "office", "leader", "official", "nobody"])
def test_nobody_else_signs_for_a_unit(reported: County, who: str) -> None:
    with pytest.raises(Refused):
        sign(reported, who, of="0" * 64)
    assert not Check.objects.exists()


def test_who_signs_has_seen_the_figures_that_stand(reported: County) -> None:
    before = seen(reported)
    correct_figure(by=reported.by("office"), figure=figure().pk, typed="80", reason="更正")
    with pytest.raises(Refused) as refused:
        sign(reported, of=before)
    assert refused.value.problems[0].code == "assessment.changed_while_checking"
    assert sign(reported).round == 1


def test_a_figure_changed_afterwards_asks_for_a_further_round(reported: County) -> None:
    sign(reported)
    correct_figure(by=reported.by("office"), figure=figure().pk, typed="80", reason="更正")
    about = figures_about(reported.people["t1_head"], Month.objects.get(), reported.units["T1"])
    assert about.changed
    assert sign(reported).receipt == "HD-202609-T1-2"


def test_silence_counts_once_all_days_have_passed(reported: County) -> None:
    sign(reported, "t2_head", "T2", seen(reported, "t2_head", "T2"))
    contest(by=reported.by("t1"), figure=figure().pk, reason="少计一件")
    assert sign_for_the_silent(period=PERIOD) == []
    reported.on(date(2026, 10, 23))
    assert sign_for_the_silent(period=PERIOD) == [], "figures from above have not come yet"
    note_release(by=reported.by("office"), period=PERIOD, source="统计月报", came=date(2026, 10, 22))
    reported.on(date(2026, 10, 27))
    made = sign_for_the_silent(period=PERIOD)
    assert {one.unit.code for one in made} == {"T3", "D1", "D2"}
    assert all(one.by_silence for one in made)
    assert sign_for_the_silent(period=PERIOD) == []


def test_a_contest_is_answered_in_time_and_the_figure_corrected(reported: County) -> None:
    made = contest(by=reported.by("t1"), figure=figure().pk, claimed="97", reason="少计一件", key="c")
    assert contest(by=reported.by("t1"), figure=figure().pk, claimed="97", reason="少计一件", key="c") == made
    assert made.due == date(2026, 10, 22)
    with pytest.raises(Refused) as refused:
        answer_contest(by=reported.by("d2"), contest=made.pk, upheld=True, answer="")
    assert {one.code for one in refused.value.problems} == {
        "assessment.answer_lacking",
        "assessment.correction_lacking",
    }
    for who in ("t1_head", "d1", "leader", "nobody"):
        with pytest.raises(Refused):
            answer_contest(by=reported.by(who), contest=made.pk, upheld=False, answer="不采纳")
    done = answer_contest(by=reported.by("d2"), contest=made.pk, upheld=True, answer="核实，补计", typed="97")
    assert (done.state, figure().value, figure().reason) == (ContestState.UPHELD, "97", "核实，补计")
    with pytest.raises(Refused):
        answer_contest(by=reported.by("d2"), contest=made.pk, upheld=False, answer="再答")
    assert AuditRow.objects.get(action="assessment.contest_answered").detail["state"] == "upheld"


PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"


def test_evidence_that_the_scheme_requires_comes_with_the_contest_or_neither_does(
    settings: Any, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    cycle = make_cycle()
    about = cycle.figure("T02", "M09", "12", reporter="D46")
    given = {"by": SYSTEM, "figure": about.pk, "reason": "已办结"}
    with pytest.raises(Refused) as refused:
        contest(by=SYSTEM, figure=about.pk, reason=" ")
    assert {one.code for one in refused.value.problems} == {
        "assessment.evidence_missing",
        "assessment.reason_lacking",
    }
    with monkeypatch.context() as patched:
        patched.setattr(FileAccount.objects, "get_or_create", broken)
        with pytest.raises(OSError, match="disk"):
            contest(**given, evidence=receive("办结单.png", [PICTURE]))
    assert not Contest.objects.exists(), "a contest without its evidence is none"
    made = contest(**given, evidence=receive("办结单.png", [PICTURE]), key="c")
    assert contest(**given, evidence=receive("办结单.png", [PICTURE]), key="c") == made
    file = StoredFile.objects.get()
    assert (file.owner_id, file.name, made.evidence) == (str(made.pk), "办结单.png", "办结单.png")
    assert FileAccount.objects.get().used == len(PICTURE)


def broken(**_: object) -> None:
    raise OSError("disk")


def test_evidence_that_nobody_asked_for_is_not_taken(reported: County) -> None:
    with pytest.raises(Refused) as refused:
        contest(by=reported.by("t1"), figure=figure().pk, reason="不对", evidence=receive("照片.png", [PICTURE]))
    assert refused.value.problems[0].code == "assessment.evidence_not_asked"
    assert not StoredFile.objects.exists()


def test_a_contest_has_its_reason_its_window_and_is_the_units_own(reported: County) -> None:
    for who, reason in (("t1", " "), ("t2", "不对"), ("d2", "不对"), ("nobody", "不对")):
        with pytest.raises(Refused):
            contest(by=reported.by(who), figure=figure().pk, reason=reason)
    contest(by=reported.by("t1"), figure=figure().pk, reason="不对")
    with pytest.raises(Refused) as refused:
        contest(by=reported.by("t1"), figure=figure().pk, reason="不对")
    assert refused.value.problems[0].code == "assessment.contested_already"
    row = Contest.objects.get()
    withdraw_contest(by=reported.by("t1"), contest=row.pk)
    assert Contest.objects.get().state == ContestState.WITHDRAWN


def test_who_is_itself_concerned_does_not_judge(reported: County) -> None:
    made = contest(by=reported.by("d1_clerk"), figure=figure("D1", "INV").pk, reason="不对")
    with pytest.raises(Refused):
        answer_contest(by=reported.by("d1"), contest=made.pk, upheld=False, answer="维持")
    answer_contest(by=reported.by("d2"), contest=made.pk, upheld=False, answer="维持")


def test_contests_are_seen_by_both_sides_only(reported: County) -> None:
    contest(by=reported.by("t1"), figure=figure().pk, reason="不对")
    who = {name for name, user in reported.people.items() if Contest.objects.visible_to(user).exists()}
    assert who == {"t1", "t1_head", "t1_leader", "d2", "chief", "office", "leader"}


def test_both_sides_of_a_contest_are_told(reported: County) -> None:
    made = contest(by=reported.by("t1"), figure=figure().pk, reason="不对")
    assert set(Notice.objects.values_list("recipient__username", flat=True)) == {"d2"}
    answer_contest(by=reported.by("d2"), contest=made.pk, upheld=False, answer="维持")
    notices = Notice.objects.filter(code="assessment.notice_contest_answered")
    assert set(notices.values_list("recipient__username", flat=True)) == {"t1", "t1_leader", "t1_head"}
