"""The written notice: every matter under one number, ground, rule, evidence, how to reply; for whom it is meant."""

from datetime import date
from io import BytesIO

import docx
from django.test import Client

from baton.assessment.actions.ledger import announce_event, note_event
from baton.assessment.models import LedgerEntry
from county import County
from reporting import client_of

NUMBER, CONTACT = "云考办告〔2026〕2号", "段经办 0739-0000000"


def noted(county: County, item: str = "K1", **given: object) -> LedgerEntry:
    about = {"unit": county.units["T1"].pk, "on": date(2026, 9, 20), "document": "县通报〔2026〕3号"}
    level = {"level": "县级"} if item == "K1" else {}
    return note_event(by=county.by("d2"), item=item, **about | level | given)  # type: ignore[arg-type]


def said(client: Client, row: LedgerEntry) -> str:
    answer = client.get(f"/ledger/{row.pk}/notice")
    assert answer.status_code == 200
    document = docx.Document(BytesIO(answer.content))
    cells = (cell.text for table in document.tables for line in table.rows for cell in line.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_it_says_what_ground_rule_points_evidence_and_how_to_reply(month: County) -> None:
    row = noted(month, note="防汛值班空岗两次")
    page = client_of(month.people["office"]).get(f"/ledger/{row.pk}").content.decode()
    assert "告知书文号" in page
    given = {"do": "announce", "number": NUMBER, "contact": CONTACT}
    assert client_of(month.people["office"]).post(f"/ledger/{row.pk}", given).status_code == 302
    row.refresh_from_db()
    assert row.reply_until is not None
    notice = said(client_of(month.people["t1_head"]), row)
    for words in (
        "关于拟扣分事项的告知书",
        NUMBER,
        CONTACT,
        "甲镇",
        "受通报批评（县级）",
        "0.5",
        "县通报〔2026〕3号",
        "防汛值班空岗两次",
        "没有另附材料",
        "到 2026年10月13日为止",
        f"http://testserver/ledger/{row.pk}",
        "小县2026年度考核方案",
    ):
        assert words in notice, words
    page = client_of(month.people["t1_head"]).get(f"/ledger/{row.pk}").content.decode()
    assert f"/ledger/{row.pk}/notice" in page
    other = noted(month, on=date(2026, 9, 21))
    page = client_of(month.people["office"]).get(f"/ledger/{other.pk}").content.decode()
    assert f'value="{CONTACT}"' in page, "nobody types it again"


def test_what_is_announced_under_one_number_stands_in_one_notice(month: County) -> None:
    first = announce_event(by=month.by("office"), entry=noted(month).pk, number=NUMBER)
    veto = noted(month, "V1", indicator="M01", document="省统计局〔2026〕5号")
    announce_event(by=month.by("office"), entry=veto.pk, number=NUMBER)
    alone = announce_event(by=month.by("office"), entry=noted(month, on=date(2026, 9, 25)).pk)
    notice = said(client_of(month.people["office"]), first)
    assert "关于拟扣分和一票否优事项的告知书" in notice
    assert "以下 2 项" in notice
    assert "指标“投资完成率”当年记 0 分" in notice
    assert "中办发〔2021〕某号第二条" in notice
    own = said(client_of(month.people["office"]), alone)
    assert f"加扣分台账第{alone.pk}号" in own
    assert "以下 1 项" in own


def test_it_is_for_the_office_the_unit_and_who_noted_it_once_it_is_announced(month: County) -> None:
    row = noted(month)
    assert client_of(month.people["office"]).get(f"/ledger/{row.pk}/notice").status_code == 404
    announce_event(by=month.by("office"), entry=row.pk)
    for who in ("office", "chief", "t1", "t1_head", "d2", "leader"):
        assert client_of(month.people[who]).get(f"/ledger/{row.pk}/notice").status_code == 200, who
    for who in ("t2", "t2_head", "d1", "nobody"):
        assert client_of(month.people[who]).get(f"/ledger/{row.pk}/notice").status_code == 404, who
    bonus = note_event(
        by=month.by("d2"), unit=month.units["T1"].pk, item="B1", on=date(2026, 9, 20), level="县级", document="x"
    )
    assert client_of(month.people["office"]).get(f"/ledger/{bonus.pk}/notice").status_code == 404


def test_it_speaks_english(month: County) -> None:
    row = announce_event(by=month.by("office"), entry=noted(month).pk)
    assert "Notice of intended deductions" in said(client_of(month.people["t1_head"], "en"), row)
