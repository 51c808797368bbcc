"""Reporting by phone: the server refuses it where the county has not turned it on, and lets the rest pass."""

import json
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baton.assessment.choices import SubmissionState
from baton.assessment.models import Batch, DraftCell, Figure, LedgerEntry, Submission
from baton.core import clock
from baton.core.acting import SYSTEM
from baton.core.actions.parameters import change_parameter
from baton.core.choices import Certainty
from county import County
from reporting import GRID, cell, client_of, posted

PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36"
NAME = "actual:2026-09"


def phone_of(county: County, who: str) -> Client:
    client = client_of(county.people[who])
    client.defaults["HTTP_USER_AGENT"] = PHONE
    return client


def words(answer: Any) -> str:
    return unescape(answer.content.decode())


def turn_on(county: County) -> None:
    change_parameter(
        by=SYSTEM,
        code="reporting.by_phone",
        value=1,
        effective_from=clock.today(),
        source="县委办〔2026〕7号",
        certainty=Certainty.SECOND_HAND,
    )


def test_a_phone_is_shown_figures_and_no_field_to_type_in(month: County) -> None:
    month.enter("d2", "HOT", {"T1": "95"})
    page = words(phone_of(month, "d2").get(GRID))
    assert "手机上只能查看" in page
    assert "95" in page
    assert "data-cell" not in page
    assert f"{GRID}/workbook" not in page


def test_nothing_typed_on_a_phone_is_kept_or_entered_and_it_says_how_to_go_on(month: County) -> None:
    computer, phone = client_of(month.people["d2"]), phone_of(month, "d2")
    form = posted(computer, T1="95")
    answer = phone.post(GRID, form)
    assert answer.status_code == 422
    assert "请改用电脑填报" in words(answer)
    sent = json.dumps({"cells": [{"name": cell("T1"), "text": "95", "seen": 0}]})
    assert "没有开启手机填报" in phone.post(f"{GRID}/drafts", sent, "application/json").json()["words"]
    assert not DraftCell.objects.exists()
    computer.post(GRID, form)
    assert "请改用电脑填报" in words(phone.post(f"{GRID}/check", {"key": "k"}))
    assert not Figure.objects.exists()
    computer.post(f"{GRID}/check", {"key": "k"})
    batch = Batch.objects.get()
    assert "请改用电脑填报" in words(phone.post(f"{GRID}/undo", {"batch": batch.pk}))
    assert not Batch.objects.filter(undoes=batch).exists()


def test_no_workbook_comes_in_from_a_phone(month: County) -> None:
    answer = phone_of(month, "d2").post(f"{GRID}/workbook", {"file": SimpleUploadedFile("热线.xlsx", b"PK")})
    assert answer.status_code == 422
    assert "请改用电脑填报" in words(answer)


def test_a_units_own_report_is_filled_on_a_computer_and_approved_on_a_phone(month: County) -> None:
    report = Submission.objects.get(unit=month.units["T1"], series="ARB")
    at = f"/report/own/{report.pk}"
    clerk = phone_of(month, "t1")
    assert "data-cell" not in words(clerk.get(at))
    assert f'name="{NAME}"' not in words(clerk.get(at))
    for do in ("keep", "submit"):
        answer = clerk.post(at, {"do": do, NAME: "12"})
        assert answer.status_code == 422
        assert "请改用电脑填报" in words(answer)
    report.refresh_from_db()
    assert report.values == {}
    client_of(month.people["t1"]).post(at, {"do": "submit", NAME: "12"})
    for who in ("t1_leader", "t1_head"):
        assert phone_of(month, who).post(at, {"do": "approve"}).status_code == 302
    report.refresh_from_db()
    assert report.state == SubmissionState.VERIFIER


def test_where_the_county_turned_it_on_a_phone_is_as_good_as_a_computer(month: County) -> None:
    turn_on(month)
    phone = phone_of(month, "d2")
    assert phone.post(GRID, posted(phone, T1="95")).status_code == 302
    phone.post(f"{GRID}/check", {"key": "k"})
    assert Figure.objects.get().value == "95"


@pytest.mark.parametrize("who", ["t1_head", "t1_leader"])
def test_checking_and_signing_stay_open(month: County, who: str) -> None:
    month.enter("d2", "HOT", {"T1": "95"})
    month.on(date(2026, 10, 9))
    phone = phone_of(month, who)
    seen = words(phone.get("/check/2026-09/T1")).split('name="seen" value="')[1].split('"')[0]
    assert phone.post("/check/2026-09/T1/sign", {"seen": seen}).status_code == 302


def test_a_bonus_is_claimed_on_a_computer(month: County) -> None:
    client = phone_of(month, "t1")
    page = client.get("/ledger/claim?item=B1").content.decode()
    assert 'name="document"' not in page
    typed = {"unit": str(month.units["T1"].pk), "on": "2026-09-20", "level": "县级", "document": "县委〔2026〕9号"}
    assert client.post("/ledger/claim?item=B1", typed).status_code == 422
    assert not LedgerEntry.objects.exists()
