"""The running ledger: noted by who leads the item, announced, answered, decided by a person."""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from baton.assessment.choices import LedgerState
from baton.assessment.models import LedgerEntry
from county import County
from reporting import client_of

NOTE = "/ledger/note?item=K1"


def noted(county: County, **changed: str) -> LedgerEntry:
    given = {"unit": str(county.units["T1"].pk), "on": "2026-09-30", "level": "县级", "document": "县通报〔2026〕3号"}
    answer = client_of(county.people["d2"]).post(NOTE, given | changed)
    assert answer.status_code == 302, unescape(answer.content.decode())
    return LedgerEntry.objects.get()


@pytest.mark.parametrize(
    ("who", "status"), [("d2", 200), ("office", 200), ("t1", 200), ("t1_head", 403), ("leader", 403), ("official", 403)]
)
def test_the_form_is_for_who_reports_and_the_office(month: County, who: str, status: int) -> None:
    answer = client_of(month.people[who]).get("/ledger/note")
    assert answer.status_code == status
    if status == 200:
        assert ("受通报批评" in answer.content.decode()) is (who != "t1"), "a township leads no item"


def test_an_event_is_noted_announced_answered_and_confirmed(month: County) -> None:
    entry = noted(month)
    address = f"/ledger/{entry.pk}"
    assert client_of(month.people["t1"]).get(address).status_code == 404, "before it is announced"
    client_of(month.people["office"]).post(address, {"do": "announce"})
    unit = client_of(month.people["t1_head"])
    assert address in client_of(month.people["t1_head"]).get("/").content.decode()
    assert "受通报批评" in unit.get(address).content.decode()
    assert unit.post(address, {"do": "reply", "reply": ""}).status_code == 422
    assert unit.post(address, {"do": "reply", "reply": "已整改"}).status_code == 302
    assert client_of(month.people["chief"]).post(address, {"do": "confirm", "decision": "属实"}).status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.reply, entry.decision) == (LedgerState.CONFIRMED, "已整改", "属实")


def test_it_is_not_confirmed_before_the_unit_had_its_say(month: County) -> None:
    entry = noted(month)
    answer = client_of(month.people["chief"]).post(f"/ledger/{entry.pk}", {"do": "confirm"})
    assert answer.status_code == 422
    assert "还没有书面告知" in answer.content.decode()
    assert client_of(month.people["chief"]).post(f"/ledger/{entry.pk}", {"do": "drop"}).status_code == 422


def test_a_veto_asks_which_indicator_it_sets_to_zero(month: County) -> None:
    client, address = client_of(month.people["d2"]), "/ledger/note?item=V1"
    assert "M01 投资完成率" in client.get(address).content.decode()
    given = {"unit": str(month.units["T1"].pk), "on": "2026-09-30", "document": "省统计局〔2026〕5号"}
    wrong = client.post(address, given)
    assert wrong.status_code == 422
    assert 'href="#indicator"' in wrong.content.decode()
    assert client.post(address, given | {"indicator": "M01"}).status_code == 302
    entry = LedgerEntry.objects.get()
    assert entry.indicator == "M01"
    assert "M01 投资完成率" in client.get(f"/ledger/{entry.pk}").content.decode()


def test_the_same_form_sent_twice_notes_once_and_another_notes_another(month: County) -> None:
    client = client_of(month.people["d2"])
    page = client.get(NOTE).content.decode()
    key = page.split('name="key" value="')[1].split('"')[0]
    given = {"unit": str(month.units["T1"].pk), "on": "2026-09-30", "level": "县级", "key": key}
    first, second = client.post(NOTE, given), client.post(NOTE, given)
    assert first.headers["Location"] == second.headers["Location"]
    assert LedgerEntry.objects.count() == 1
    gone_back = client.post(NOTE, given | {"unit": str(month.units["T2"].pk)})
    assert gone_back.status_code == 302, "the next event, noted on the page that one went back to"
    assert LedgerEntry.objects.count() == 2


@pytest.mark.parametrize("what", ["announce", "confirm", "drop", "reply"])
def test_other_roles_are_refused(month: County, what: str) -> None:
    entry = noted(month)
    answer = client_of(month.people["d2"]).post(f"/ledger/{entry.pk}", {"do": what, "decision": "x", "reply": "x"})
    assert answer.status_code == 422
    entry.refresh_from_db()
    assert entry.state == LedgerState.NOTED


def test_errors_keep_what_was_typed(month: County) -> None:
    answer = client_of(month.people["d2"]).post(NOTE, {"on": "昨天", "document": "县通报"})
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert 'href="#unit"' in text
    assert 'href="#level"' in text
    assert 'value="昨天"' in text
    assert 'value="县通报"' in text
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("who", ["d2", "office", "t1", "leader", "official", "nobody"])
def test_the_list_shows_what_one_may_see(month: County, who: str, django_assert_max_num_queries: Any) -> None:
    noted(month)
    client = client_of(month.people[who])
    with django_assert_max_num_queries(25):
        text = client.get("/ledger/").content.decode()
    assert ("县通报〔2026〕3号" in text) is (who in ("d2", "office", "leader"))


def test_a_unit_claims_a_bonus_with_its_file_and_sees_the_opinion(month: County) -> None:
    clerk, department = client_of(month.people["t1"]), client_of(month.people["d2"])
    assert "申报加分" in clerk.get("/ledger/").content.decode()
    assert client_of(month.people["d1"]).get("/ledger/claim").status_code == 403
    typed = {"unit": str(month.units["T1"].pk), "on": "2026-09-20", "level": "县级", "document": "", "note": "防汛"}
    refused = clerk.post("/ledger/claim?item=B1", typed)
    assert refused.status_code == 422
    assert 'value="防汛"' in refused.content.decode()
    typed |= {"document": "县委〔2026〕9号"}
    file = SimpleUploadedFile("表彰决定.pdf", b"%PDF-1.4\n%%EOF\n")
    answer = clerk.post("/ledger/claim?item=B1", typed | {"evidence": file})
    assert answer.status_code == 302, unescape(answer.content.decode())
    entry = LedgerEntry.objects.get()
    address = f"/ledger/{entry.pk}"
    page = department.get(address).content.decode()
    assert "表彰决定.pdf" in page
    assert department.post(address, {"do": "support", "opinion": ""}).status_code == 422
    assert department.post(address, {"do": "support", "opinion": "文件属实"}).status_code == 302
    assert "文件属实" in clerk.get(address).content.decode()
    assert client_of(month.people["t2"]).get(address).status_code == 404


def test_nobody_claims_for_another_unit(month: County) -> None:
    typed = {"unit": str(month.units["T2"].pk), "on": "2026-09-20", "level": "县级", "document": "县委〔2026〕9号"}
    assert client_of(month.people["t1"]).post("/ledger/claim?item=B1", typed).status_code == 404
    assert not LedgerEntry.objects.exists()
