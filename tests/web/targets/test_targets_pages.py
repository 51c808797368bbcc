"""Yearly targets over their pages: called for, drafted, signed, answered, fixed, changed; who sees what."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aiming import ENE, INV, Aiming, aiming
from baton.assessment.actions.earlier import take_back_figures
from baton.assessment.actions.months import open_month
from baton.assessment.actions.targets.adjusting import ask_adjustment
from baton.assessment.actions.targets.answering import accept_target, counter_target
from baton.assessment.actions.targets.fixing import fix_targets
from baton.assessment.actions.targets.proposing import propose_target
from baton.assessment.choices import AdjustmentState, TargetState
from baton.assessment.models import Batch, CountyTarget, Target, TargetAdjustment, TargetCall
from baton.core import clock
from baton.core.acting import SYSTEM
from baton.words import Language, text
from reporting import client_of

__all__ = ["aiming"]


def text_of(client: Client, name: str, *given: object, **query: str) -> str:
    answer = client.get(reverse(name, args=given), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return unescape(answer.content.decode())


def propose(county: Aiming, typed: str = "11800", unit: str = "T1") -> Target:
    row = county.target(unit)
    by = county.by("t1_head") if unit == "T1" else SYSTEM
    return propose_target(by=by, target=row.pk, typed=typed, reason="续建项目两个")


def fixed(county: Aiming) -> Target:
    county.call()
    row = accept_target(by=county.by("d1"), target=propose(county).pk)
    fix_targets(by=county.by("office"), targets=[row.pk])
    return county.target()


def test_the_office_calls_and_every_problem_stands_at_its_field(aiming: Aiming) -> None:
    office = client_of(aiming.people["office"])
    assert "点“发起申报”" in text_of(office, "targets")
    address = reverse("targets-call")
    assert "固定资产投资序时完成率 · 年度计划（万元）" in text_of(office, "targets-call")
    wrong = unescape(office.post(address, {"year": "2026", "closes": "", "unit": "甲镇、丑镇"}).content.decode())
    assert 'href="#closes"' in wrong
    assert "丑镇" in wrong
    none = office.post(address, {"year": "2026", "closes": "2026-01-20"}).content.decode()
    assert 'href="#wanted"' in none
    given = {"year": "2026", "closes": "2026-01-20", "unit": "甲镇、乙镇", "wanted": "INV.target"}
    done = unescape(office.post(address, given, follow=True).content.decode())
    assert "已发起申报，2 项目标" in done
    assert set(Target.objects.values_list("unit__name", flat=True)) == {"甲镇", "乙镇"}
    assert client_of(aiming.people["t1_head"]).get(address).status_code == 403
    back = reverse("targets-take-back", args=[TargetCall.objects.get().pk])
    assert "还没有写理由" in office.post(back).content.decode()
    field = f"reason-{TargetCall.objects.get().pk}"
    assert "已撤回 2 项" in office.post(back, {field: "误发"}, follow=True).content.decode()


def test_a_clerk_fills_the_sheet_and_the_head_signs_it(aiming: Aiming) -> None:
    aiming.call(INV, ENE)
    clerk, head = client_of(aiming.people["t1"]), client_of(aiming.people["t1_head"])
    assert reverse("targets-sheet") in text_of(clerk, "home")
    page = text_of(clerk, "targets-sheet")
    assert "10,700" in page
    assert "保存并签发" not in page
    one, two = aiming.target().pk, aiming.target("T1", "ENE").pk
    address = reverse("targets-sheet")
    nothing = clerk.post(address, {"verb": "save"})
    assert "还没有填任何一项" in nothing.content.decode()
    typed = {"verb": "save", f"typed-{one}": "一万一", f"reason-{one}": "续建", f"typed-{two}": "0.56"}
    wrong = unescape(clerk.post(address, typed).content.decode())
    assert f'href="#typed-{one}"' in wrong
    assert f'href="#reason-{two}"' in wrong
    assert 'value="一万一"' in wrong
    typed |= {f"typed-{one}": "11800", f"reason-{two}": "设备更新"}
    assert "已保存 2 项" in clerk.post(address, typed, follow=True).content.decode()
    page = text_of(head, "targets-sheet")
    assert 'value="11800"' in page
    done = head.post(address, {**typed, "verb": "sign"}, follow=True).content.decode()
    assert "已签发 2 项" in done
    assert {row.state for row in (aiming.target(), aiming.target("T1", "ENE"))} == {TargetState.PROPOSED}
    assert "现在没有要您单位申报或答复的年度目标" in text_of(clerk, "targets-sheet")


def test_the_page_shows_grounds_and_flags_to_all_sides_and_takes_their_answers(aiming: Aiming) -> None:
    aiming.call()
    row = propose(aiming, "9000")
    clerk, department = client_of(aiming.people["t1"]), client_of(aiming.people["d1"])
    flag = row.flags.get()
    for who in ("t1", "t1_head", "d1", "office", "leader"):
        page = text_of(client_of(aiming.people[who]), "target", row.pk)
        for words in ("建议核实", "目标偏低", "常见的正常原因", "误报情况", "10,700", ">99%", "续建项目两个"):
            assert words in page, (who, words)
        assert "造假" not in page
    address = reverse("target", args=[row.pk])
    assert client_of(aiming.people["t2_head"]).get(address).status_code == 404
    empty = clerk.post(address, {"verb": f"answer-{flag.pk}", f"flag-{flag.pk}": " "})
    assert empty.status_code == 422
    assert f'href="#flag-{flag.pk}"' in empty.content.decode()
    said = {"verb": f"answer-{flag.pk}", f"flag-{flag.pk}": "一次性搬迁项目"}
    assert "说明已提交" in clerk.post(address, said, follow=True).content.decode()
    seen = str(row.steps.get(kind="proposed").pk)
    wrong = department.post(address, {"verb": "counter", "typed": "多一点", "reason": "", "seen": seen})
    assert wrong.status_code == 422
    assert 'value="多一点"' in wrong.content.decode()
    sent = {"verb": "counter", "typed": "12000", "reason": "全县任务要求", "seen": seen}
    assert "您打开页面以后" in department.post(address, {**sent, "seen": "0"}).content.decode()
    assert "已答复，等单位回复" in department.post(address, sent, follow=True).content.decode()
    head = client_of(aiming.people["t1_head"])
    assert "同意 12,000" in text_of(head, "target", row.pk)
    assert "双方已一致" in head.post(address, {"verb": "agree"}, follow=True).content.decode()
    assert head.post(address, {"verb": "eat"}).status_code == 404


def test_what_the_detectors_found_is_said_as_a_question_with_its_rate(aiming: Aiming) -> None:
    aiming.call()
    row = propose(aiming)
    evidence = {"completion": 1.01, "foretold": 1.23}
    row.flags.create(kind="held_back", months=["2025-11", "2025-12"], evidence=evidence, raised_at=clock.now())
    page = text_of(client_of(aiming.people["t1"]), "target", row.pk)
    assert "2025-11、2025-12：按前几个月的进度预计完成 123.0%，最后只完成 101.0%" in page
    assert text("integrity.ordinary_held_back", Language.CHINESE) in page
    assert text("integrity.alarm", Language.CHINESE, rate="0.5") in page


def test_the_office_speaks_for_a_unit_only_when_asked_to(aiming: Aiming) -> None:
    aiming.call()
    row = aiming.target("T3")
    office = client_of(aiming.people["office"])
    assert 'name="typed"' not in text_of(office, "target", row.pk)
    assert 'name="typed"' in text_of(office, "target", row.pk, behalf="1")
    address = reverse("target", args=[row.pk]) + "?behalf=1"
    office.post(address, {"verb": "propose", "typed": "17000", "reason": "来函"})
    assert "考核办代填" in text_of(office, "target", row.pk)


def test_what_is_agreed_is_fixed_together_and_the_head_decides_the_rest(aiming: Aiming) -> None:
    aiming.call()
    office, head = client_of(aiming.people["office"]), client_of(aiming.people["chief"])
    assert "现在没有待审定的目标" in text_of(office, "targets-ready")
    row = accept_target(by=aiming.by("d1"), target=propose(aiming).pk)
    other = propose(aiming, "7000", "T2")
    for number in ("7200", "7150"):
        counter_target(by=aiming.by("d1"), target=other.pk, typed=number, reason="全县要求")
        propose(aiming, "7000", "T2")
    assert "甲镇" in text_of(office, "targets-ready")
    none = office.post(reverse("targets-ready"), {"document": "x"})
    assert "还没有选" in none.content.decode()
    done = office.post(reverse("targets-ready"), {"wanted": [row.pk], "document": "云县办〔2026〕7号"}, follow=True)
    assert "已审定 1 项" in done.content.decode()
    assert aiming.target().state == TargetState.FIXED
    rule = reverse("target-rule", args=[other.pk])
    assert office.get(rule).status_code == 404
    assert head.post(rule, {"typed": "7100", "reason": "", "document": ""}).status_code == 422
    sent = {"typed": "7100", "reason": "县委定的增速", "document": "纪要2期"}
    assert "7,100" in head.post(rule, sent, follow=True).content.decode()
    assert aiming.target("T2").state == TargetState.FIXED


def test_a_change_is_asked_for_and_decided_and_then_everybody_of_the_group_reads_it(aiming: Aiming) -> None:
    row = fixed(aiming)
    head, chief = client_of(aiming.people["t1_head"]), client_of(aiming.people["chief"])
    address = reverse("target-adjust", args=[row.pk])
    assert address in text_of(head, "target", row.pk)
    wrong = head.post(address, {"typed": "11000", "reason": "", "document": ""}).content.decode()
    assert 'href="#reason"' in wrong
    assert 'href="#document"' in wrong
    head.post(address, {"typed": "11000", "reason": "项目缓建", "document": "纪要5期"})
    one = TargetAdjustment.objects.get()
    other = client_of(aiming.people["t2_head"])
    decide = reverse("target-adjustment", args=[one.pk])
    assert other.get(decide).status_code == 404
    assert other.get(address).status_code == 404
    assert head.get(address).headers["Location"] == decide
    assert reverse("target-adjustments") in text_of(chief, "home")
    assert 'href="#granted-yes"' in chief.post(decide, {"answer": "x"}).content.decode()
    done = chief.post(decide, {"granted": "yes"}, follow=True).content.decode()
    assert "已公布的结果没有变" in done
    for page in (text_of(other, "target-adjustments"), text_of(other, "target", row.pk)):
        assert "11,000" in page
        assert "续建项目两个" not in page
    assert "协商过程只有单位、牵头部门和考核办看得到" in text_of(other, "target", row.pk)
    assert other.get(reverse("target-adjustments"), {"export": "xlsx"}).content[:2] == b"PK"


def test_a_request_is_taken_back_by_who_asked(aiming: Aiming) -> None:
    row = fixed(aiming)
    one = ask_adjustment(by=aiming.by("d1"), target=row.pk, typed="11000", reason="缓建", document="纪要5期")
    address = reverse("target-adjustment-withdraw", args=[one.pk])
    assert client_of(aiming.people["t1_head"]).post(address).status_code == 422
    assert "已撤回" in client_of(aiming.people["d1"]).post(address, follow=True).content.decode()
    one.refresh_from_db()
    assert one.state == AdjustmentState.WITHDRAWN


def test_the_countys_own_is_entered_and_the_gap_is_said(aiming: Aiming) -> None:
    office = client_of(aiming.people["office"])
    assert "还没有发起目标申报" in text_of(office, "targets-county-year", 2026)
    aiming.call(INV, ENE)
    for unit, typed in {"T1": "11800", "T2": "6600"}.items():
        propose(aiming, typed, unit)
    address = reverse("targets-county-figure", args=[2026, "INV", "target"])
    assert "各单位相加" in text_of(office, "targets-county-figure", 2026, "INV", "target")
    assert office.post(address, {"typed": "", "adding": "sum", "document": ""}).status_code == 422
    office.post(address, {"typed": "20000", "adding": "sum", "document": "县委发〔2026〕2号"})
    assert CountyTarget.objects.get().value == "20000"
    page = text_of(office, "targets-county-year", 2026)
    assert "6 个单位未提出，目前差 1,600" in page
    assert "2/8" in page
    assert "目标的要求低于按往年推算的预计数" in text_of(office, "targets-county-figure", 2026, "INV", "target")
    assert office.get(reverse("targets-county-figure", args=[2026, "INV", "actual"])).status_code == 404
    department = client_of(aiming.people["d1"])
    assert 'name="document"' not in text_of(department, "targets-county-figure", 2026, "INV", "target")
    assert department.post(address, {"typed": "1", "adding": "sum", "document": "x"}).status_code == 404
    number = aiming.target().pk
    assert {
        who: address in text_of(client_of(aiming.people[who]), "target", number) for who in ("d1", "t1", "leader")
    } == {
        "d1": True,
        "t1": False,
        "leader": True,
    }
    assert client_of(aiming.people["t1"]).get(address).status_code == 404
    assert "县委发〔2026〕2号" in text_of(client_of(aiming.people["t1"]), "target", aiming.target().pk)


def test_the_list_narrows_to_what_waits_and_goes_out_as_a_workbook(aiming: Aiming) -> None:
    aiming.call(INV, ENE)
    propose(aiming)
    department = client_of(aiming.people["d1"])
    waiting = text_of(department, "targets", turn="mine")
    assert "甲镇" in waiting
    assert "乙镇" not in waiting
    assert "乙镇" in text_of(department, "targets", state="open")
    assert "共 1 条" in text_of(department, "targets", q="甲镇")
    assert department.get(reverse("targets"), {"export": "xlsx"}).content[:2] == b"PK"


def test_pages_are_cheap_and_speak_english(aiming: Aiming, django_assert_max_num_queries: Any) -> None:
    aiming.call(INV, ENE)
    for unit, typed in {"T1": "9000", "T2": "7000", "T3": "17000"}.items():
        propose(aiming, typed, unit)
    number = aiming.target().pk
    office, head = client_of(aiming.people["chief"]), client_of(aiming.people["t1_head"])
    for client, name, given in (
        (office, "targets", ()),
        (office, "targets-call", ()),
        (office, "targets-ready", ()),
        (office, "targets-county-year", (2026,)),
        (office, "targets-county-figure", (2026, "INV", "target")),
        (office, "target-adjustments", ()),
        (office, "target", (number,)),
        (head, "targets-sheet", ()),
    ):
        with django_assert_max_num_queries(25):
            text_of(client, name, *given)
    english = client_of(aiming.people["t1_head"], "en")
    assert "Worth checking" in text_of(english, "target", number)
    assert "Asks little of the unit" in text_of(english, "target", number)


def test_a_phone_looks_agrees_and_answers_but_reports_no_number(aiming: Aiming) -> None:
    aiming.call()
    row = propose(aiming, "9000")
    counter_target(by=aiming.by("d1"), target=row.pk, typed="11800", reason="全县要求")
    phone = client_of(aiming.people["t1_head"])
    phone.defaults["HTTP_USER_AGENT"] = (
        "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"
    )
    address = reverse("target", args=[row.pk])
    assert 'name="typed"' not in phone.get(address).content.decode()
    assert phone.post(address, {"verb": "propose", "typed": "9100", "reason": "x"}).status_code == 422
    assert phone.post(address, {"verb": "agree"}).status_code == 302
    assert aiming.on(date(2026, 1, 6)).target().state == TargetState.AGREED


@pytest.mark.parametrize("name", ["targets", "targets-sheet", "targets-county", "target-adjustments"])
def test_who_has_no_role_finds_nothing(aiming: Aiming, name: str) -> None:
    aiming.call()
    page = client_of(aiming.people["nobody"]).get(reverse(name), follow=True)
    assert page.status_code == 200
    assert "甲镇" not in page.content.decode()


def test_a_target_is_found_by_whom_it_concerns_only(aiming: Aiming) -> None:
    aiming.call()
    address = reverse("target", args=[aiming.target().pk])
    assert address in text_of(client_of(aiming.people["t1"]), "search", q="固定资产")
    assert address not in text_of(client_of(aiming.people["t2"]), "search", q="固定资产")


def test_the_grid_asks_nobody_for_a_target_that_is_negotiated(aiming: Aiming) -> None:
    aiming.call(units=["T1"])
    open_month(by=SYSTEM, period="2026-01")
    page = text_of(client_of(aiming.on(date(2026, 2, 2)).people["d1"]), "report-grid", "2026-01", "D1")
    assert "年度目标正在协商，定下以后自动填入" in page
    assert 'name="T2:INV.target:2026"' in page
    assert 'name="T1:INV.target:2026"' not in page


def test_without_earlier_years_the_page_says_why_nothing_is_foretold(aiming: Aiming) -> None:
    take_back_figures(by=SYSTEM, batch=Batch.objects.get().pk)
    aiming.call()
    row = propose(aiming, "9000")
    assert not row.flags.exists()
    page = text_of(client_of(aiming.people["t1"]), "target", row.pk)
    assert "没有往年的数（在“往年补录”里补录三年以上的数，就能推算）" in page
    assert "没有往年的数" in text_of(client_of(aiming.people["office"]), "targets-county-figure", 2026, "INV", "target")
