"""The way of a correction over its pages: from the grid, the unit's page or the figure, to both figures everywhere."""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from baton.assessment.actions.corrections import ask_for_correction, decide_correction
from baton.assessment.actions.scores import publish_month, rescore_changed, withdraw_publication
from baton.assessment.choices import SubmissionState
from baton.assessment.models import Correction, Figure, Submission
from baton.core.models import StoredFile
from county import County, make_county
from reporting import client_of

PERIOD = "2026-09"


@pytest.fixture
def closed(db: None, settings: Any) -> County:
    """September reported and published; it is the 25th of October, and every window is closed."""
    return make_county(settings).published()


def stands() -> Figure:
    return Figure.objects.current().get(unit__code="T1", series="HOT")


def text_of(client: Client, name: str, *given: object) -> str:
    answer = client.get(reverse(name, args=given))
    assert answer.status_code == 200, name
    return unescape(answer.content.decode())


def corrected(county: County) -> Correction:
    row = ask_for_correction(by=county.by("d2"), figure=stands().pk, typed="88", reason="漏扣一件")
    return decide_correction(by=county.by("office"), correction=row.pk, confirmed=True)


def test_from_the_cell_to_the_confirmed_figure(closed: County) -> None:
    clerk = client_of(closed.people["d2"])
    address = reverse("correct", args=[stands().pk])
    assert address in text_of(clerk, "report-grid", PERIOD, "D2")
    assert "由考核办确认" in clerk.get(address).content.decode()
    file = SimpleUploadedFile("更正函.pdf", b"%PDF-1.4\n%%EOF\n")
    sent = clerk.post(address, {"typed": "88", "reason": "漏扣一件", "evidence": file}, follow=True)
    assert "更正申请已提交" in sent.content.decode()
    row = Correction.objects.get()
    kept = reverse("file", args=[StoredFile.objects.get().pk])
    assert clerk.get(kept).status_code == 200
    assert client_of(closed.people["t2"]).get(kept).status_code == 404
    assert clerk.get(address).headers["Location"] == reverse("correction", args=[row.pk])
    office = client_of(closed.people["office"])
    assert reverse("correction", args=[row.pk]) in text_of(office, "home")
    done = office.post(reverse("correction", args=[row.pk]), {"confirmed": "yes"}, follow=True)
    assert "已更正；已计分的月份会自动重算" in done.content.decode()
    assert stands().value == "88"


def test_the_verifier_sees_what_was_put_right_in_a_report(closed: County) -> None:
    Submission.objects.update(state=SubmissionState.APPROVED.value)
    figure = Figure.objects.current().get(unit__code="T2", series="ARB")
    row = ask_for_correction(by=closed.by("t2"), figure=figure.pk, typed="7", reason="复核后核减")
    decide_correction(by=closed.by("d1"), correction=row.pk, confirmed=True)
    text = client_of(closed.people["d1"]).get(reverse("verify-month", args=[PERIOD]) + "?show=done").content.decode()
    assert f"<del>{figure.value}</del> → 7" in text


def test_what_was_typed_is_kept_and_every_problem_stands_at_its_field(closed: County) -> None:
    clerk = client_of(closed.people["d2"])
    answer = clerk.post(reverse("correct", args=[stands().pk]), {"typed": "九五", "reason": ""})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="九五"' in text
    assert 'href="#typed"' in text
    assert 'href="#reason"' in text


def test_both_figures_stand_wherever_the_figure_does(closed: County) -> None:
    corrected(closed)
    mark = "更正 <del>95</del> → 88"
    clerk, head = client_of(closed.people["d2"]), client_of(closed.people["t1_head"])
    assert mark in text_of(clerk, "report-grid", PERIOD, "D2")
    assert mark in text_of(head, "check-sheet", PERIOD, "T1")
    for page in (("unit-result", PERIOD, "T1"), ("indicator-result", PERIOD, "M02")):
        text = text_of(head, *page)
        assert mark in text
        assert "还没有算进这份结果" in text
    assert mark in text_of(head, "trace", PERIOD, "T1", "M02")
    rescore_changed()
    withdraw_publication(by=closed.by("chief"), period=PERIOD, reason="更正")
    publish_month(by=closed.by("chief"), period=PERIOD)
    text = text_of(head, "unit-result", PERIOD, "T1")
    assert mark in text
    assert "还没有算进这份结果" not in text


def test_others_see_the_result_without_what_stood_there_before(closed: County) -> None:
    corrected(closed)
    other = client_of(closed.people["t2_head"])
    assert "<del>95</del>" not in text_of(other, "unit-result", PERIOD, "T1")
    assert "<del>95</del>" not in text_of(other, "indicator-result", PERIOD, "M02")


def test_the_figure_leads_to_its_correction_for_who_reports_it_only(closed: County) -> None:
    address = reverse("correct", args=[stands().pk])
    assert address in text_of(client_of(closed.people["office"]), "trace", PERIOD, "T1", "M02")
    head = client_of(closed.people["t1_head"])
    assert address not in text_of(head, "trace", PERIOD, "T1", "M02")
    assert head.get(address).status_code == 404
    row = ask_for_correction(by=closed.by("d2"), figure=stands().pk, typed="88", reason="漏扣一件")
    assert reverse("correction", args=[row.pk]) in text_of(head, "trace", PERIOD, "T1", "M02")
    assert "更正要两个人办" in text_of(client_of(closed.people["d2"]), "correction", row.pk)
    assert client_of(closed.people["t2"]).get(reverse("correction", args=[row.pk])).status_code == 404


def test_declining_wants_a_choice_and_a_reason_and_one_can_take_it_back(closed: County) -> None:
    row = ask_for_correction(by=closed.by("d2"), figure=stands().pk, typed="88", reason="漏扣一件")
    address = reverse("correction", args=[row.pk])
    office = client_of(closed.people["office"])
    assert 'href="#confirmed-yes"' in office.post(address, {"answer": "再核"}).content.decode()
    assert office.post(address, {"confirmed": "no"}).status_code == 422
    done = client_of(closed.people["d2"]).post(reverse("correction-withdraw", args=[row.pk]), follow=True)
    assert "更正申请已撤回" in done.content.decode()
    again = office.post(address, {"confirmed": "yes"})
    assert again.status_code == 422


def test_the_list_narrows_and_goes_out_as_a_workbook(closed: County) -> None:
    clerk = client_of(closed.people["d2"])
    assert "还没有更正" in text_of(clerk, "corrections")
    corrected(closed)
    assert "热线办理" in text_of(clerk, "corrections")
    waiting = clerk.get(reverse("corrections"), {"state": "open"}).content.decode()
    assert "热线办理" not in waiting
    assert clerk.get(reverse("corrections"), {"export": "xlsx"}).content[:2] == b"PK"


def test_a_correction_is_a_report_and_comes_from_no_phone(closed: County) -> None:
    phone = client_of(closed.people["d2"])
    phone.defaults["HTTP_USER_AGENT"] = (
        "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"
    )
    address = reverse("correct", args=[stands().pk])
    assert 'name="typed"' not in phone.get(address).content.decode()
    assert phone.post(address, {"typed": "88", "reason": "漏扣一件"}).status_code == 422
    assert not Correction.objects.exists()


def test_the_units_page_leads_who_reports_to_the_figures_and_the_board_to_the_list(closed: County) -> None:
    way = reverse("trace", args=[PERIOD, "T1", "M02"]) + "#figures"
    assert way in text_of(client_of(closed.people["d2"]), "unit-result", PERIOD, "T1")
    for who in ("t1_head", "d1", "leader"):
        assert way not in text_of(client_of(closed.people[who]), "unit-result", PERIOD, "T1")
    board = text_of(client_of(closed.people["office"]), "office-month", PERIOD)
    assert f'class="button" href="{reverse("corrections")}"' in board
