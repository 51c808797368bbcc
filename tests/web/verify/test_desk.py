"""The desk of a verifying department: what waits, outliers on top, verbs on many with exceptions, nobody's own case."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.assessment.models import Figure, Submission
from baton.core.models import User
from baton.org.choices import Role
from cycle import PERIOD, Cycle, in_october, make_cycle, on
from people import give, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(settings: Any) -> Cycle:
    """September, being verified: eight townships reported, T03 ten times what it should be; T04 has not."""
    made = make_cycle(8, day=7)
    for number in (1, 2, 3, 5, 6, 7, 8):
        made.figure(f"T0{number}", "M05", f"{100 + number}", reporter=f"T0{number}", period="2026-08")
        made.own(f"T0{number}", f"{1030 if number == 3 else 110 + number}")
    made.own("D46", "12")
    return made


@pytest.fixture
def verifier(client: Client, user: User, cycle: Cycle) -> Client:
    """Who verifies for D26, signed in."""
    give(user, Role.VERIFIER, cycle.units["D26"])
    client.force_login(user)
    return client


def desk(client: Client, show: str = "") -> str:
    answer = client.get(reverse("verify-month", args=(PERIOD,)), {"show": show})
    assert answer.status_code == 200
    return answer.content.decode()


def numbers(cycle: Cycle, *codes: str) -> list[int]:
    return [Submission.objects.get(unit=cycle.units[code], series="M05").pk for code in codes]


def post(client: Client, name: str, verb: str, reports: list[int], **given: str) -> Any:
    return client.post(reverse(name, args=(PERIOD,)), {"verb": verb, "report": reports, **given}, follow=True)


def test_what_waits_is_grouped_and_the_striking_stands_on_top(verifier: Client) -> None:
    text = desk(verifier)
    assert "待我审核（8）" in text
    assert "M05 新增高标准农田" in text
    assert "比上月相差十倍以上" in text
    assert text.index("柳林驿3镇") < text.index("柳林驿2镇")
    assert "柳林驿4镇" not in text
    assert "柳林驿4镇" in desk(verifier, "with_units")


def test_a_department_never_finds_its_own_case(verifier: Client, client: Client, cycle: Cycle) -> None:
    cycle.own("D26", "99")
    for show in ("waiting", "with_units", "done"):
        assert "县农业农村局" not in desk(verifier, show)
    other = make_user("zu", "组织部")
    give(other, Role.VERIFIER, cycle.units["D06"])
    client.force_login(other)
    text = desk(client)
    assert "县农业农村局" in text
    assert "待我审核（1）" in text


def test_a_batch_says_what_it_would_change_and_what_it_cannot(verifier: Client, cycle: Cycle) -> None:
    chosen = numbers(cycle, "T01", "T02", "T04")
    text = post(verifier, "verify-plan", "approve", chosen).content.decode()
    assert "同意：将影响 2 条" in text
    assert "办不了的 1 条" in text
    assert "柳林驿4镇（M05）" in text
    done = post(verifier, "verify-do", "approve", chosen[:1], key="k1").content.decode()
    assert "已同意 1 条" in done
    assert Submission.objects.get(pk=chosen[0]).state == "approved"
    assert Submission.objects.get(pk=chosen[1]).state == "verifier"
    assert Figure.objects.get(unit=cycle.units["T01"], period=PERIOD, series="M05").value == "111"


def test_the_same_click_twice_does_it_once(verifier: Client, cycle: Cycle) -> None:
    chosen = numbers(cycle, "T01")
    post(verifier, "verify-do", "approve", chosen, key="k1")
    post(verifier, "verify-do", "approve", chosen, key="k1")
    assert Figure.objects.filter(unit=cycle.units["T01"], period=PERIOD, series="M05").count() == 1


def test_what_goes_back_wants_a_reason_and_keeps_the_ticks(verifier: Client, cycle: Cycle) -> None:
    chosen = numbers(cycle, "T01", "T03")
    answer = post(verifier, "verify-do", "return", chosen)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#reason"' in text
    assert text.count("checked") == 2
    assert "已退回 2 条" in post(verifier, "verify-do", "return", chosen, reason="单位不对").content.decode()
    assert {Submission.objects.get(pk=one).state for one in chosen} == {"draft"}


def test_put_to_a_colleague_it_waits_there(verifier: Client, client: Client, cycle: Cycle) -> None:
    other = make_user("he", "贺青")
    give(other, Role.VERIFIER, cycle.units["D26"])
    chosen = numbers(cycle, "T01")
    assert "贺青" in post(verifier, "verify-plan", "transfer", chosen).content.decode()
    answer = post(verifier, "verify-do", "transfer", chosen, reason="请贺青看")
    assert answer.status_code == 422
    assert 'href="#to"' in answer.content.decode()
    post(verifier, "verify-do", "transfer", chosen, reason="请贺青看", to=str(other.pk))
    assert "待我审核（7）" in desk(verifier)
    client.force_login(other)
    assert "待我审核（8）" in desk(client)


def test_reminding_who_has_not_reported(verifier: Client, cycle: Cycle) -> None:
    assert "已催办 1 条" in post(verifier, "verify-do", "remind", numbers(cycle, "T04")).content.decode()


def test_nothing_ticked_is_said(verifier: Client) -> None:
    assert "还没有选中任何一份" in post(verifier, "verify-plan", "approve", []).content.decode()


@pytest.mark.parametrize("role", [Role.REPORTER, Role.UNIT_HEAD, Role.COUNTY_LEADER, Role.OFFICIAL, Role.AUDITOR])
def test_who_does_not_verify_is_turned_away(client: Client, user: User, cycle: Cycle, role: Role) -> None:
    give(user, role, None if role in (Role.COUNTY_LEADER, Role.AUDITOR) else cycle.units["T01"])
    client.force_login(user)
    assert client.get(reverse("verify-month", args=(PERIOD,))).status_code == 403
    assert post(client, "verify-do", "approve", numbers(cycle, "T01")).status_code == 403


def test_reports_of_other_departments_are_out_of_reach(client: Client, user: User, cycle: Cycle) -> None:
    give(user, Role.VERIFIER, cycle.units["D46"])
    client.force_login(user)
    post(client, "verify-do", "approve", numbers(cycle, "T01"))
    assert Submission.objects.get(pk=numbers(cycle, "T01")[0]).state == "verifier"


def test_an_empty_desk_says_so(client: Client, user: User, cycle: Cycle) -> None:
    give(user, Role.VERIFIER, cycle.units["D46"])
    client.force_login(user)
    assert "没有等您审核的报送" in desk(client)


def test_eighty_five_units_take_no_more_queries(
    client: Client, user: User, settings: Any, django_assert_max_num_queries: Any
) -> None:
    cycle = make_cycle(85, day=7)
    for code in [one for one in cycle.units if one.startswith("T")]:
        cycle.own(code, "110")
    give(user, Role.VERIFIER, cycle.units["D26"])
    client.force_login(user)
    with django_assert_max_num_queries(25):
        text = desk(client)
    assert "待我审核（85）" in text
    assert len(text.encode()) < 300_000
    chosen = list(Submission.objects.filter(series="M05", state="verifier").values_list("pk", flat=True))
    for verb in ("approve", "recall"):
        with django_assert_max_num_queries(25):
            post(client, "verify-plan", verb, chosen)


def test_english_pages_hold_chinese_in_data_only(verifier: Client, cycle: Cycle) -> None:
    verifier.cookies["language"] = "en"
    pages = [desk(verifier), post(verifier, "verify-plan", "return", numbers(cycle, "T01", "T04")).content.decode()]
    for text in pages:
        for chinese in ("审核", "同意", "退回", "单位主要", "上月", "将影响", "理由"):
            assert chinese not in text


def test_what_was_late_is_named_with_its_step(verifier: Client, cycle: Cycle) -> None:
    on(in_october(8))
    row = Submission.objects.get(pk=numbers(cycle, "T01")[0])
    row.late_step = "unit_head"
    row.save()
    assert "报送超期，停在：单位主要负责人" in desk(verifier)


def test_what_was_passed_on_after_a_countersignature_is_recalled_only_by_whoever_did(
    verifier: Client, client: Client, cycle: Cycle
) -> None:
    chosen = numbers(cycle, "T01")
    text = post(verifier, "verify-plan", "recall", chosen).content.decode()
    assert "撤回：将影响 0 条" in text
    assert "办不了的 1 条" in text
