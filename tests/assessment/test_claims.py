"""A bonus that a unit claims: with a document, looked at by the department that knows, decided by the head."""

from datetime import date
from typing import Any

import pytest

from baton.assessment.actions.claims import claim_bonus, give_opinion
from baton.assessment.actions.ledger import confirm_event, note_event
from baton.assessment.choices import LedgerKind, LedgerState
from baton.assessment.models import LedgerEntry
from baton.assessment.queries.inbox import Do, to_do
from baton.core.models import Notice
from baton.words import Refused
from county import County


def claim(county: County, who: str = "t1", **given: Any) -> LedgerEntry:
    fields: dict[str, Any] = {"unit": county.units["T1"], "item": "B1", "on": date(2026, 9, 20), "level": "县级"}
    fields["document"] = "县委〔2026〕9号"
    return claim_bonus(by=county.by(who), **fields | given)


def refused(code: str, do: object) -> None:
    with pytest.raises(Refused) as caught:
        do()  # type: ignore[operator]
    assert code in [one.code for one in caught.value.problems]


def waits(county: County, who: str) -> list[Do]:
    return [one.do for one in to_do(county.people[who]) if one.do in (Do.CLAIM, Do.CONFIRM)]


def test_a_claim_goes_over_the_department_to_the_head(county: County) -> None:
    row = claim(county, key="k")
    assert claim(county, key="k") == row
    assert (row.kind, row.noted_for, row.event("T1").confirmed) == (LedgerKind.BONUS, county.units["D2"], False)
    assert Notice.objects.filter(recipient=county.people["d2"], code="assessment.notice_claimed").exists()
    assert (waits(county, "d2"), waits(county, "chief")) == ([Do.CLAIM], [])
    refused("assessment.claim_without_opinion", lambda: confirm_event(by=county.by("chief"), entry=row.pk))
    judged: dict[str, Any] = {"entry": row.pk, "supported": True}
    refused("assessment.answer_lacking", lambda: give_opinion(by=county.by("d2"), opinion="", **judged))
    give_opinion(by=county.by("d2"), opinion="文件属实", **judged)
    assert (waits(county, "d2"), waits(county, "chief")) == ([], [Do.CONFIRM])
    assert confirm_event(by=county.by("chief"), entry=row.pk).state == LedgerState.CONFIRMED
    refused("assessment.entry_decided", lambda: give_opinion(by=county.by("d2"), opinion="改", **judged))


def test_who_may_claim_and_judge(county: County) -> None:
    for who in ("t2", "d1", "official", "nobody", "office"):
        with pytest.raises(Refused):
            claim(county, who)
    row = claim(county, "t1_head")
    for who in ("d1", "t1", "office"):
        with pytest.raises(Refused):
            give_opinion(by=county.by(who), entry=row.pk, supported=True, opinion="好")
    assert LedgerEntry.objects.visible_to(county.people["t1"]).filter(pk=row.pk).exists()
    assert LedgerEntry.objects.visible_to(county.people["d2"]).filter(pk=row.pk).exists()
    assert not LedgerEntry.objects.visible_to(county.people["t2"]).filter(pk=row.pk).exists()


def test_a_claim_that_makes_no_sense_is_refused(county: County) -> None:
    refused("assessment.claim_without_document", lambda: claim(county, document=" "))
    refused("assessment.item_unknown", lambda: claim(county, item="K1"))
    refused("engine.event_unknown_level", lambda: claim(county, level="省级"))
    refused("annual.day_to_come", lambda: claim(county, on=date(2026, 10, 3)))
    refused("assessment.no_scheme", lambda: claim(county, on=date(2025, 12, 3)))


def test_a_department_does_not_judge_its_own_claim_and_the_head_decides(county: County) -> None:
    row = claim(county)
    LedgerEntry.objects.filter(pk=row.pk).update(unit=county.units["D2"])
    judged: dict[str, Any] = {"entry": row.pk, "supported": True, "opinion": "好"}
    refused("assessment.claim_own", lambda: give_opinion(by=county.by("d2"), **judged))
    assert confirm_event(by=county.by("chief"), entry=row.pk).state == LedgerState.CONFIRMED


def test_cases_of_an_indicator_are_noted_with_their_matter(county: County) -> None:
    given: dict[str, Any] = {"unit": county.units["T1"].pk, "on": date(2026, 9, 20), "quantity": 1}
    refused("assessment.item_unknown", lambda: note_event(by=county.by("office"), item="M01", **given))
