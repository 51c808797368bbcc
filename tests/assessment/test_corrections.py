"""Corrections after the window: two people, both figures kept, scored months scored anew, what is out stays out."""

import pytest

from baton.assessment.actions.corrections import ask_for_correction, decide_correction, withdraw_correction
from baton.assessment.actions.scores import publish_month, rescore_changed, withdraw_publication
from baton.assessment.models import Correction, Figure, Publication, UnitResult
from baton.assessment.queries.corrections import correction_page
from baton.assessment.queries.inbox import Do, to_do
from baton.assessment.rules.corrections import checker_of
from baton.core.models import AuditRow, Notice
from baton.words import Refused
from county import County

PERIOD = "2026-09"


@pytest.fixture
def closed(county: County) -> County:
    """September reported and published; it is the 25th of October, and every window is closed."""
    return county.published()


def stands(unit: str = "T1", series: str = "HOT") -> Figure:
    return Figure.objects.current().get(unit__code=unit, series=series)


def ask(county: County, who: str = "d2", typed: str = "88", **given: str) -> Correction:
    return ask_for_correction(by=county.by(who), figure=stands().pk, typed=typed, **{"reason": "漏扣一件"} | given)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.problems]


@pytest.mark.parametrize(
    ("reporter", "verifier", "about", "checker"), [(1, 2, 3, 2), (1, None, 3, None), (1, 1, 3, None), (1, 3, 3, None)]
)
def test_whoever_verifies_confirms_unless_it_is_who_reports_or_whom_it_is_about(
    reporter: int, verifier: int | None, about: int, checker: int | None
) -> None:
    assert checker_of(reporter, verifier, about) == checker


def test_a_figure_is_put_right_by_two_people_and_the_month_is_scored_anew(closed: County) -> None:
    row = ask(closed)
    assert stands().value == "95"
    assert [one.code for one in Notice.objects.filter(recipient=closed.people["office"])] == [
        "assessment.notice_correction_asked"
    ]
    decide_correction(by=closed.by("office"), correction=row.pk, confirmed=True)
    row.refresh_from_db()
    now = stands()
    assert (now.value, now.reason, row.made) == ("88", "漏扣一件", now)
    assert now.corrected_from is not None
    assert now.corrected_from.value == "95"
    assert now.batch.by == closed.people["d2"]
    (run,) = rescore_changed()
    assert UnitResult.objects.get(run=run, unit__code="T1").score < 100
    out = Publication.objects.get(withdrawn_at__isnull=True)
    assert UnitResult.objects.get(run=out.run, unit__code="T1").score == 100
    told = set(Notice.objects.filter(code="assessment.notice_corrected").values_list("recipient__name", flat=True))
    assert "甲镇书记" in told
    assert AuditRow.objects.filter(action="assessment.correction_decided").count() == 1


def test_the_head_is_told_to_put_the_result_out_anew_until_it_is(closed: County) -> None:
    def reissues() -> list[str]:
        return [one.period for one in to_do(closed.people["chief"]) if one.do is Do.REISSUE]

    assert reissues() == []
    decide_correction(by=closed.by("office"), correction=ask(closed).pk, confirmed=True)
    assert reissues() == [PERIOD]
    rescore_changed()
    withdraw_publication(by=closed.by("chief"), period=PERIOD, reason="更正")
    publish_month(by=closed.by("chief"), period=PERIOD)
    assert reissues() == []


def test_while_the_window_is_open_figures_are_changed_where_they_are_entered(county: County) -> None:
    county.month()
    county.fill()
    with pytest.raises(Refused) as refused:
        ask(county)
    assert codes(refused) == ["assessment.correct_where_entered"]


def test_everything_that_is_wrong_is_told_at_once(closed: County) -> None:
    with pytest.raises(Refused) as refused:
        ask(closed, typed="九五", reason=" ")
    assert "assessment.reason_lacking" in codes(refused)
    assert len(codes(refused)) == 2
    for typed, code in (("95", "assessment.nothing_changed"), ("", "assessment.correction_lacking")):
        with pytest.raises(Refused) as refused:
            ask(closed, typed=typed)
        assert codes(refused) == [code]
    assert not Correction.objects.exists()


@pytest.mark.parametrize("who", ["d1", "t1", "t1_head", "leader", "nobody"])
def test_only_who_reports_or_the_office_asks(closed: County, who: str) -> None:
    with pytest.raises(Refused):
        ask(closed, who)


def test_whoever_asked_does_not_confirm_and_others_neither(closed: County) -> None:
    row = ask(closed, "office")
    assert row.behalf_of == "政府办"
    for who in ("office", "d2", "t1_head", "leader", "nobody"):
        with pytest.raises(Refused):
            decide_correction(by=closed.by(who), correction=row.pk, confirmed=True)
    assert stands().value == "95"
    decide_correction(by=closed.by("chief"), correction=row.pk, confirmed=True)
    assert stands().value == "88"


def test_the_verifier_confirms_where_another_department_verifies(closed: County) -> None:
    figure = stands("D1", "INV")
    row = ask_for_correction(by=closed.by("d1_clerk"), figure=figure.pk, typed="90", reason="核定")
    assert [one.number for one in to_do(closed.people["d2"]) if one.do is Do.CORRECTION] == [row.pk]
    decide_correction(by=closed.by("d2"), correction=row.pk, confirmed=True)
    assert stands("D1", "INV").value == "90"


def test_declined_with_a_reason_the_figure_stands(closed: County) -> None:
    row = ask(closed)
    with pytest.raises(Refused) as refused:
        decide_correction(by=closed.by("office"), correction=row.pk, confirmed=False, answer=" ")
    assert [one.place.field for one in refused.value.problems] == ["answer"]
    decide_correction(by=closed.by("office"), correction=row.pk, confirmed=False, answer="口径不含")
    assert stands().value == "95"
    assert Notice.objects.filter(code="assessment.notice_correction_declined").count() == 1
    with pytest.raises(Refused) as refused:
        decide_correction(by=closed.by("office"), correction=row.pk, confirmed=True)
    assert codes(refused) == ["assessment.correction_closed"]


def test_one_waits_per_figure_and_can_be_taken_back(closed: County) -> None:
    row = ask(closed)
    with pytest.raises(Refused) as refused:
        ask(closed, "office", "87")
    assert codes(refused) == ["assessment.correction_waits"]
    with pytest.raises(Refused):
        withdraw_correction(by=closed.by("t1"), correction=row.pk)
    withdraw_correction(by=closed.by("d2"), correction=row.pk)
    assert ask(closed, "office", "87").pk != row.pk


def test_a_figure_that_was_replaced_meanwhile_is_told(closed: County) -> None:
    old = stands().pk
    first = ask(closed)
    decide_correction(by=closed.by("office"), correction=first.pk, confirmed=True)
    with pytest.raises(Refused) as refused:
        ask_for_correction(by=closed.by("d2"), figure=old, typed="80", reason="再核")
    assert codes(refused) == ["assessment.figure_replaced"]


def test_a_call_with_a_key_is_carried_out_once(closed: County) -> None:
    assert ask(closed, key="k") == ask(closed, key="k")
    row = Correction.objects.get()
    for _ in range(2):
        decide_correction(by=closed.by("office"), correction=row.pk, confirmed=True, key="d")
    assert Figure.objects.filter(series="HOT", unit__code="T1").count() == 2


@pytest.mark.parametrize(
    ("who", "sees"), [("d2", True), ("t1", True), ("leader", True), ("d1", False), ("t2", False), ("nobody", False)]
)
def test_a_correction_is_seen_by_those_concerned(closed: County, who: str, sees: bool) -> None:
    row = ask(closed)
    user = closed.people[who]
    assert (correction_page(user, row.pk) is not None) is sees
    assert Correction.objects.visible_to(user).exists() is sees
