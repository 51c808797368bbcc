"""Pages of objections: two journeys from the unit to the answer, who sees what, errors kept, lists."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from baton.assessment.actions.objecting import write_objection
from baton.assessment.actions.scores import publish_month, score_month, withdraw_publication
from baton.assessment.choices import ObjectionKind, RunKind
from baton.assessment.models import Figure, Objection
from county import County

pytestmark = pytest.mark.django_db
PERIOD = "2026-09"


@pytest.fixture
def out(county: County) -> County:
    """September published; it is the 25th of October."""
    return county.published()


def signed_in(county: County, who: str) -> Client:
    client = Client()
    client.force_login(county.people[who])
    return client


def stands() -> Figure:
    return Figure.objects.current().get(unit__code="T1", series="HOT")


def lodged(county: County) -> Objection:
    given = {"kind": ObjectionKind.FIGURE, "indicator": "M02", "figure": stands().pk, "reason": "漏计三件"}
    return write_objection(by=county.by("t1_head"), period=PERIOD, unit=county.units["T1"].pk, **given)


def test_what_was_typed_is_kept_and_every_problem_stands_at_its_field(out: County) -> None:
    client, address = signed_in(out, "t1_head"), reverse("object-indicator", args=[PERIOD, "T1", "M02"])
    answer = client.post(address, {"kind": "figure", "claimed": "九十", "figure": stands().pk, "reason": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="九十"' in page
    assert 'id="claimed-message"' in page
    assert 'id="reason-message"' in page
    assert "没有选对什么有异议" in client.post(address, {"reason": "x"}).content.decode()
    assert not Objection.objects.exists()


def test_a_clerk_objects_with_a_file_the_head_signs_and_sending_twice_is_once(out: County) -> None:
    clerk, address = signed_in(out, "t1"), reverse("object-indicator", args=[PERIOD, "T1", "M02"])
    for _ in range(2):
        evidence = SimpleUploadedFile("工单.csv", "编号,办结\n1,是\n".encode(), "text/csv")
        given = {"kind": "figure", "figure": stands().pk, "claimed": "97", "reason": "漏计三件", "key": "a1"}
        answer = clerk.post(address, {**given, "evidence": evidence}, follow=True)
    row = Objection.objects.get()
    assert "工单.csv" in answer.content.decode()
    assert signed_in(out, "office").get(reverse("objection", args=[row.pk])).status_code == 404
    page = signed_in(out, "t1_head").post(reverse("objection-sign", args=[row.pk]), follow=True).content.decode()
    assert "异议已受理，编号 YY2026-09-1-01" in page


def test_an_objection_that_changes_a_result_shows_who_moved_and_why(out: County) -> None:
    row = lodged(out)
    office, department, chief = (signed_in(out, who) for who in ("office", "d1", "chief"))
    page = office.get(reverse("objection", args=[row.pk])).content.decode()
    assert ">甲镇</option>" not in page
    office.post(reverse("objection-assign", args=[row.pk]), {"department": out.units["D1"].pk})
    department.post(reverse("objection-opinion", args=[row.pk]), {"opinion": "核查属实", "proposed": "80"})
    page = chief.get(reverse("objection", args=[row.pk])).content.decode()
    assert 'value="80"' in page
    given = {"outcome": "upheld", "typed": "80", "answer": "漏计属实，予以更正。"}
    page = chief.post(reverse("objection-decide", args=[row.pk]), given, follow=True).content.decode()
    assert "原来公布的不变" in page
    out_again(out)
    head = signed_in(out, "t1_head")
    page = head.get(reverse("objection", args=[row.pk])).content.decode()
    assert "结果已重新公布（第2版）" in page
    page = head.get(reverse("why") + f"?first={PERIOD}.1&second={PERIOD}.2").content.decode()
    assert "0 个单位上升，1 个下降，4 个不变" in page


def out_again(county: County) -> None:
    """Have September scored by the figures that stand now, and put out anew."""
    withdraw_publication(by=county.by("chief"), period=PERIOD, reason="异议成立")
    score_month(by=county.by("office"), period=PERIOD, kind=RunKind.OFFICIAL)
    publish_month(by=county.by("chief"), period=PERIOD)


def test_an_objection_that_is_rejected_stays_with_its_answer(out: County) -> None:
    row = lodged(out)
    signed_in(out, "office").post(reverse("objection-assign", args=[row.pk]), {"department": out.units["D1"].pk})
    signed_in(out, "d1").post(reverse("objection-opinion", args=[row.pk]), {"opinion": "没有漏计"})
    chief, address = signed_in(out, "chief"), reverse("objection-decide", args=[row.pk])
    answer = chief.post(address, {"answer": "核查无误"})
    assert answer.status_code == 422
    assert "没有选结论" in answer.content.decode()
    chief.post(address, {"outcome": "rejected", "typed": "80", "answer": "核查无误，维持原结果。"})
    page = signed_in(out, "t1").get(reverse("objection", args=[row.pk])).content.decode()
    assert "核查无误，维持原结果。" in page
    assert "结果怎么变" not in page
    assert stands().value == "95"


def test_the_unit_whose_figure_it_is_replies_and_all_concerned_read_it(out: County) -> None:
    given = {"kind": ObjectionKind.FIGURE, "indicator": "M02", "figure": stands().pk, "reason": "多计十件"}
    about = {"about": out.units["T1"].pk, "unit": out.units["T2"].pk}
    row = write_objection(by=out.by("t2_head"), period=PERIOD, **about, **given)
    address = reverse("objection-reply", args=[row.pk])
    assert "没有写说明" in signed_in(out, "t1").post(address, {"reply": ""}).content.decode()
    signed_in(out, "t1").post(address, {"reply": "每件都有回执。"})
    for who in ("t2", "office", "t1_head"):
        assert "每件都有回执。" in signed_in(out, who).get(reverse("objection", args=[row.pk])).content.decode()


@pytest.mark.parametrize("who", ["t2", "official", "d2", "nobody"])
def test_who_is_not_concerned_sees_that_there_is_one_and_no_more(out: County, who: str) -> None:
    row = lodged(out)
    client = signed_in(out, who)
    assert client.get(reverse("objection", args=[row.pk])).status_code == 404
    page = client.get(reverse("objections")).content.decode()
    assert ("YY2026-09-1-01" in page) == (who != "nobody")
    assert "甲镇书记" not in page
    assert "漏计三件" not in page


def test_the_link_is_there_while_the_days_run_for_whoever_may(out: County) -> None:
    address = reverse("trace", args=[PERIOD, "T1", "M02"])
    shown = {who: "提出异议" in signed_in(out, who).get(address).content.decode() for who in ("t1", "t2", "leader")}
    assert shown == {"t1": True, "t2": True, "leader": False}
    out.on(date(2026, 11, 2))
    assert "提出异议" not in signed_in(out, "t1").get(address).content.decode()
    page = signed_in(out, "t1").get(reverse("object", args=[PERIOD, "T1"])).content.decode()
    assert "已经过了" in page
    assert "<textarea" not in page


def test_what_is_objected_to_says_so_to_those_concerned(out: County) -> None:
    lodged(out)
    address = reverse("trace", args=[PERIOD, "T1", "M02"])
    shown = {
        who: "YY2026-09-1-01" in signed_in(out, who).get(address).content.decode() for who in ("t1", "t2", "office")
    }
    assert shown == {"t1": True, "t2": False, "office": True}


@pytest.mark.parametrize("name", ["objections", "my-objections"])
def test_lists_take_few_queries_and_can_be_narrowed(
    out: County, name: str, django_assert_max_num_queries: object
) -> None:
    client = signed_in(out, "t1")
    empty = client.get(reverse(name)).content.decode()
    assert "还没有异议" in empty or "没有与您有关的异议" in empty
    for indicator in ("M01", "M02", "M03"):
        given = {"kind": ObjectionKind.RULE, "indicator": indicator, "reason": "门槛用错"}
        write_objection(by=out.by("t1_head"), period=PERIOD, unit=out.units["T1"].pk, **given)
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        page = client.get(reverse(name) + "?outcome=waiting&kind=rule&month=2026-09").content.decode()
    assert page.count("YY2026-09-1-0") == 3
    assert "计分办法用错 · 热线办理" in page
    assert client.get(reverse(name) + "?export=xlsx").headers["Content-Type"].endswith("sheet")
