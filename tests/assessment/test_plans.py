"""The plan of assessments: proposed, approved under filing numbers, and a reason first for what is not on it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from baton.assessment.actions.plans import (
    approve_item,
    approve_plan,
    cancel_item,
    change_item,
    propose_item,
    return_item,
)
from baton.assessment.choices import PlanKind, PlanState, Rhythm
from baton.assessment.models import AnnualPlan, PlanItem
from baton.assessment.queries.plans import item_page, items_of, limits, warnings_of
from baton.assessment.rules.plan_items import Proposal
from baton.assessment.rules.plans import Planned, occasions, over_limit, overlaps, reliefs, too_often
from baton.core.models import AuditRow, Notice, Parameter
from baton.words import Refused
from county import County

DOCUMENT = "云委办发〔2026〕3号"


def proposal(county: County, **given: Any) -> Proposal:
    first = Proposal(
        kind=PlanKind.CHECK,
        title="耕地保护检查",
        organiser=county.units["D1"].pk,
        units=[county.units[code].pk for code in ("T1", "T2")],
        opens=date(2026, 10, 10),
        closes=date(2026, 10, 20),
        basis="市自然资源局通知",
    )
    return replace(first, **given)


def propose(county: County, who: str = "d1", **given: Any) -> PlanItem:
    return propose_item(by=county.by(who), given=proposal(county, **given))


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.problems]


def planned(number: int, opens: date, closes: date, units: set[int], **given: Any) -> Planned:
    fields = {"organiser": 1, "rhythm": Rhythm.ONCE} | given
    return Planned(number, f"第{number}项", opens=opens, closes=closes, units=frozenset(units), **fields)


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [
        (Rhythm.ONCE, [date(2026, 2, 10)]),
        (Rhythm.MONTHLY, [date(2026, 2, 10), date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)]),
        (Rhythm.QUARTERLY, [date(2026, 2, 10), date(2026, 4, 1)]),
        (Rhythm.HALF_YEARLY, [date(2026, 2, 10)]),
    ],
)
def test_an_item_comes_as_often_as_its_rhythm_says(rhythm: Rhythm, days: list[date]) -> None:
    assert list(occasions(date(2026, 2, 10), date(2026, 5, 31), rhythm)) == days


def test_the_last_months_of_a_year_lead_into_the_next() -> None:
    assert occasions(date(2026, 11, 5), date(2027, 1, 2), Rhythm.MONTHLY)[1:] == (date(2026, 12, 1), date(2027, 1, 1))


def test_overlaps_are_told_at_the_same_units_only() -> None:
    first = planned(1, date(2026, 3, 1), date(2026, 3, 10), {1, 2, 3})
    same = planned(2, date(2026, 3, 10), date(2026, 3, 12), {2, 3, 4})
    later = planned(3, date(2026, 3, 11), date(2026, 3, 12), {1})
    elsewhere = planned(4, date(2026, 3, 1), date(2026, 3, 10), {9})
    all_year = planned(5, date(2026, 1, 1), date(2026, 12, 31), {1, 2, 3}, rhythm=Rhythm.MONTHLY)
    (found,) = overlaps([later, same, first, elsewhere, all_year])
    assert (found.first.number, found.second.number, found.units) == (1, 2, {2, 3})


def test_units_checked_too_often_and_organisers_beyond_the_limit_are_told() -> None:
    items = [planned(n, date(2026, 7, n), date(2026, 7, n), {1, *([2] if n > 1 else [])}) for n in (1, 2, 3)]
    (often,) = too_often(items, 2)
    assert (often.unit, often.quarter, often.count) == (1, "2026-Q3", 3)
    assert not too_often(items, 3)
    assert over_limit(items, 2) == {1: tuple(items)}
    assert over_limit(items, 3) == {}


def test_what_would_relieve_most_counts_what_is_still_to_come() -> None:
    over = planned(1, date(2026, 1, 5), date(2026, 1, 6), {1, 2, 3, 4, 5})
    monthly = planned(2, date(2026, 1, 5), date(2026, 12, 31), {1, 2}, rhythm=Rhythm.MONTHLY)
    once = planned(3, date(2026, 11, 1), date(2026, 11, 6), {1, 2, 3})
    found = reliefs([over, monthly, once], date(2026, 10, 2))
    assert [(one.item.number, one.saved) for one in found] == [(2, 4), (3, 3)]


def test_a_plan_is_approved_by_one_document_and_every_item_gets_its_number(county: County) -> None:
    first, second = propose(county), propose(county, "d2", title="信访督查", organiser=county.units["D2"].pk)
    assert not items_of(county.people["t1"])
    approve_plan(by=county.by("chief"), year=2026, document=DOCUMENT)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.number) == (PlanState.APPROVED, "考备〔2026〕1号")
    assert second.number == "考备〔2026〕2号"
    assert {row.pk for row in items_of(county.people["t1"])} == {first.pk, second.pk}
    assert not items_of(county.people["nobody"])
    assert AuditRow.objects.filter(action="plans.plan_approved").count() == 1
    assert AuditRow.objects.filter(action="plans.item_approved").count() == 2
    assert Notice.objects.filter(code="plans.notice_approved", recipient=county.people["d1"]).count() == 1


def test_what_comes_after_needs_a_reason_and_is_filed_singly(county: County) -> None:
    propose(county)
    approve_plan(by=county.by("chief"), year=2026, document=DOCUMENT)
    with pytest.raises(Refused) as refused:
        propose(county, title="冬季专项检查")
    assert codes(refused) == ["plans.reason_lacking"]
    row = propose(county, title="冬季专项检查", reason="省里临时部署")
    assert row.off_plan
    assert Notice.objects.filter(code="plans.notice_off_plan", recipient=county.people["chief"]).exists()
    for who in ("d1", "office", "leader"):
        with pytest.raises(Refused):
            approve_item(by=county.by(who), item=row.pk)
    approve_item(by=county.by("chief"), item=row.pk)
    row.refresh_from_db()
    assert row.number == "考备〔2026〕2号"
    with pytest.raises(Refused) as refused:
        approve_item(by=county.by("chief"), item=row.pk)
    assert codes(refused) == ["plans.decided_already"]


def test_more_than_the_limit_needs_a_reason_each(county: County) -> None:
    row, other = propose(county), propose(county, title="统计检查")
    for title in (None, "统计检查"):
        with pytest.raises(Refused) as refused:
            approve_plan(by=county.by("chief"), year=2026, document=DOCUMENT)
        assert set(codes(refused)) == {"plans.over_the_limit"}
        assert not AnnualPlan.objects.exists()
        change_item(
            by=county.by("d1"),
            item=(other if title else row).pk,
            given=proposal(county, reason="国家统计局要求", title=title or row.title),
        )
    approve_plan(by=county.by("chief"), year=2026, document=DOCUMENT)
    assert PlanItem.objects.filter(state=PlanState.APPROVED).count() == 2


def test_the_limit_is_the_countys_of_the_day(county: County) -> None:
    shipped = {one.code: one for one in limits(date(2026, 10, 2))}["plans.items_per_department"]
    assert (shipped.value, shipped.certainty_code) == (1, "account.certainty_c2")
    Parameter.objects.create(
        code="plans.items_per_department",
        value=2,
        effective_from=date(2026, 1, 1),
        source="县委办通知",
        certainty="C1",
        changed_at="2026-01-01T00:00:00Z",
    )
    assert {one.source for one in limits(date(2026, 10, 2))} >= {"县委办通知"}
    propose(county)
    propose(county, title="统计检查")
    approve_plan(by=county.by("chief"), year=2026, document=DOCUMENT)


def test_everything_that_an_item_lacks_is_told_at_once(county: County) -> None:
    with pytest.raises(Refused) as refused:
        propose(county, title=" ", units=[], basis="", closes=date(2026, 10, 1))
    wanted = {"title_lacking", "units_lacking", "basis_lacking", "ends_before_it_begins"}
    assert set(codes(refused)) == {f"plans.{one}" for one in wanted} | {"assessment.day_is_past"}
    with pytest.raises(Refused) as refused:
        propose(county, closes=date(2027, 1, 5))
    assert codes(refused) == ["plans.over_two_years"]
    assert not PlanItem.objects.exists()


@pytest.mark.parametrize("who", ["d2", "t1_head", "leader", "official", "nobody", "d1_clerk"])
def test_only_the_organiser_or_the_office_proposes(county: County, who: str) -> None:
    with pytest.raises(Refused):
        propose(county, who)


def test_the_plan_is_approved_once_by_the_head_with_items_and_a_document(county: County) -> None:
    chief = county.by("chief")
    with pytest.raises(Refused) as refused:
        approve_plan(by=chief, year=2026, document=DOCUMENT)
    assert codes(refused) == ["plans.nothing_proposed"]
    propose(county)
    for by, document in ((county.by("office"), DOCUMENT), (chief, " ")):
        with pytest.raises(Refused):
            approve_plan(by=by, year=2026, document=document)
    made = approve_plan(by=chief, year=2026, document=DOCUMENT, key="k1")
    assert approve_plan(by=chief, year=2026, document=DOCUMENT, key="k1") == made
    with pytest.raises(Refused) as refused:
        approve_plan(by=chief, year=2026, document=DOCUMENT)
    assert codes(refused) == ["plans.approved_already"]


def test_a_returned_item_is_put_right_and_proposed_again(county: County) -> None:
    row = propose(county)
    with pytest.raises(Refused):
        return_item(by=county.by("chief"), item=row.pk, answer=" ")
    return_item(by=county.by("chief"), item=row.pk, answer="请与统计检查合并")
    assert Notice.objects.filter(code="plans.notice_returned", recipient=county.people["d1"]).exists()
    given = proposal(county, title="耕地和统计检查")
    with pytest.raises(Refused):
        change_item(by=county.by("d2"), item=row.pk, given=given)
    change_item(by=county.by("d1"), item=row.pk, given=given)
    row.refresh_from_db()
    assert (row.state, row.answer, row.title) == (PlanState.PROPOSED, "", "耕地和统计检查")


def test_an_approved_item_is_called_off_with_a_reason_and_keeps_its_number(county: County) -> None:
    row = propose(county)
    approve_plan(by=county.by("chief"), year=2026, document=DOCUMENT)
    with pytest.raises(Refused):
        cancel_item(by=county.by("d1"), item=row.pk, answer="")
    with pytest.raises(Refused):
        cancel_item(by=county.by("d2"), item=row.pk, answer="并入")
    cancel_item(by=county.by("d1"), item=row.pk, answer="并入督查")
    row.refresh_from_db()
    assert (row.state, row.number) == (PlanState.CANCELLED, "考备〔2026〕1号")
    assert Notice.objects.filter(code="plans.notice_cancelled", recipient=county.people["t1"]).exists()
    later = propose(county, title="另一项", reason="省里部署")
    assert approve_item(by=county.by("chief"), item=later.pk).number == "考备〔2026〕2号"


def test_proposing_twice_under_one_key_is_once(county: County) -> None:
    made = [propose_item(by=county.by("d1"), given=proposal(county), key="k") for _ in range(2)]
    assert made[0] == made[1]
    assert PlanItem.objects.count() == 1


def test_warnings_name_the_items_and_only_those_a_person_sees(county: County) -> None:
    row = propose(county)
    propose(county, "d2", organiser=county.units["D2"].pk, title="信访督查")
    assert len(warnings_of(county.people["office"], 2026).overlaps) == 1
    assert not warnings_of(county.people["d1"], 2026).any
    page = item_page(county.people["chief"], row.pk)
    assert page is not None
    assert page.warnings.overlaps
    assert (page.decides, page.cancels, page.changes) == (True, True, True)
    assert item_page(county.people["t1"], row.pk) is None
