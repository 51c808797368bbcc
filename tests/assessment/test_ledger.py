"""The running ledger: noted when it happens, announced, answered, and only then confirmed by a person."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from baton.assessment.actions.ledger import announce_event, confirm_event, drop_event, note_event, reply_to_event
from baton.assessment.choices import LedgerState
from baton.assessment.models import LedgerEntry
from baton.core.models import AuditRow
from baton.words import Refused
from county import County


def note(county: County, who: str = "d2", **given: Any) -> LedgerEntry:
    about = {"unit": county.units["T1"].pk, "item": "K1", "on": date(2026, 9, 20), "level": "县级"}
    return note_event(by=county.by(who), **about | given)


def test_a_deduction_is_announced_answered_and_confirmed(county: County) -> None:
    entry = note(county, key="n")
    assert note(county, key="n") == entry
    with pytest.raises(Refused):
        confirm_event(by=county.by("chief"), entry=entry.pk)
    announce_event(by=county.by("office"), entry=entry.pk)
    with pytest.raises(Refused) as refused:
        confirm_event(by=county.by("chief"), entry=entry.pk)
    assert refused.value.problems[0].code == "assessment.entry_reply_runs"
    reply_to_event(by=county.by("t1"), entry=entry.pk, reply="已整改")
    with pytest.raises(Refused):
        confirm_event(by=county.by("office"), entry=entry.pk)
    row = confirm_event(by=county.by("chief"), entry=entry.pk, decision="维持")
    assert row.state == LedgerState.CONFIRMED
    assert row.event("T1").confirmed
    with pytest.raises(Refused):
        drop_event(by=county.by("chief"), entry=entry.pk, decision="撤销")
    told = AuditRow.objects.filter(action__startswith="assessment.event").values_list("action", flat=True)
    assert len(told) == 4


def test_without_a_reply_the_days_must_have_passed(county: County) -> None:
    entry = note(county)
    announce_event(by=county.by("office"), entry=entry.pk)
    county.on(date(2026, 10, 14))
    with pytest.raises(Refused):
        reply_to_event(by=county.by("t1"), entry=entry.pk, reply="晚了")
    assert confirm_event(by=county.by("chief"), entry=entry.pk).state == LedgerState.CONFIRMED


def test_a_bonus_needs_no_announcement_and_a_dropped_entry_gives_its_reason(county: County) -> None:
    assert confirm_event(by=county.by("chief"), entry=note(county, item="B1").pk).state == LedgerState.CONFIRMED
    entry = note(county)
    with pytest.raises(Refused):
        drop_event(by=county.by("chief"), entry=entry.pk, decision="")
    assert not drop_event(by=county.by("chief"), entry=entry.pk, decision="查无此事").event("T1").confirmed


def test_a_veto_that_zeroes_an_indicator_names_it(county: County) -> None:
    given = {"item": "V1", "level": "", "document": "省统计局〔2026〕5号"}
    for indicator in ("", "M99", "M03"):
        about = {"unit": county.units["D1"].pk} if indicator == "M03" else {}
        with pytest.raises(Refused) as refused:
            note(county, indicator=indicator, **given, **about)
        assert refused.value.problems[0].code.startswith("engine.event_"), "D1 does not carry M03"
    entry = note(county, indicator="M01", **given)
    assert entry.event("T1").indicator == "M01"
    assert AuditRow.objects.get(action="assessment.event_noted").detail["indicator"] == "M01"
    assert note(county, indicator="M01").indicator == "", "a deduction sets no indicator to zero"


def test_an_item_that_nobody_leads_is_noted_by_the_office_alone(county: County) -> None:
    given = {"item": "K2", "level": "", "quantity": Decimal(1)}
    for who in ("d2", "t1"):
        with pytest.raises(Refused):
            note(county, who, **given)
    assert note(county, "office", **given).noted_for is None


@pytest.mark.parametrize("who", ["d1", "t1", "t1_head", "leader", "nobody"])
def test_only_the_lead_department_and_the_office_note(county: County, who: str) -> None:
    with pytest.raises(Refused):
        note(county, who)


@pytest.mark.parametrize("wrong", [{"item": "K9"}, {"level": "宇宙级"}, {"level": ""}, {"on": date(2020, 1, 1)}])
def test_what_the_engine_would_refuse_is_refused_when_noted(county: County, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        note(county, **wrong)
    assert not LedgerEntry.objects.exists()


def test_a_unit_sees_what_was_announced_to_it(county: County) -> None:
    entry = note(county)

    def seen() -> set[str]:
        return {name for name, user in county.people.items() if LedgerEntry.objects.visible_to(user).exists()}

    assert seen() == {"d2", "chief", "office", "leader"}
    announce_event(by=county.by("office"), entry=entry.pk)
    assert seen() == {"d2", "chief", "office", "leader", "t1", "t1_head", "t1_leader"}
    with pytest.raises(Refused):
        reply_to_event(by=county.by("t2"), entry=entry.pk, reply="不是我")
