"""A special assessment in the small county: 发改局 reports investment and starts of work, townships report visits."""

from datetime import date
from typing import Any

from baton.assessment.actions.below.entering import Typed
from baton.assessment.actions.plans import approve_plan, propose_item
from baton.assessment.actions.special_figures import enter_special
from baton.assessment.actions.special_verifying import verify_special
from baton.assessment.actions.specials import open_special
from baton.assessment.choices import PlanKind
from baton.assessment.models import Batch, PlanItem, Special
from baton.assessment.queries.monthly import newest_figure
from baton.assessment.rules.plan_items import Proposal
from baton.assessment.rules.special import Opening
from county import County

SPECIAL_SCHEME = """
language: 1
code: SPECIAL-2026
name: 重点项目建设专项考核方案
effective_from: 2026-01-01
effective_to: 2026-12-31
groups:
  - {code: Z, name: 参考乡镇, root: ZX, graded: false}
units:
  - {code: T1, name: 甲镇, group: Z}
  - {code: T2, name: 乙镇, group: Z}
  - {code: D1, name: 发改局}
nodes:
  - {code: ZX, name: 专项得分, full: 100, renormalise: true}
indicators:
  - code: Z01
    name: 项目投资完成率
    parent: ZX
    points: {Z: 60}
    unit: 万元
    rule: {kind: completion}
    series: ZINV
    figures: {actual: 完成投资, target: 计划投资}
    frequency: month
    aggregation: sum
    missing: required
    lead: D1
  - code: Z02
    name: 走访企业
    parent: ZX
    points: {Z: 20}
    unit: 家
    rule: {kind: threshold_deduct, line: 10, step: 0.1}
    series: ZVIS
    figures: {actual: 走访企业数}
    frequency: quarter
    aggregation: last
    missing: required
    lead: D1
    reporter: unit
  - code: Z03
    name: 耕地整改
    parent: ZX
    points: {Z: 20}
    unit: 亩
    rule: {kind: threshold_deduct, line: 10, step: 0.1}
    series: ARB
    figures: {actual: 整改亩数}
    frequency: month
    aggregation: last
    missing: exclude
    lead: D1
    reporter: unit
"""
"""ARB comes in monthly already, so nobody is asked for it again."""


def planned_item(county: County, off_plan: bool = False, **given: Any) -> PlanItem:
    """Have an assessment on the approved plan, or (`off_plan`) proposed after it with its reason, not filed yet."""
    fields: dict[str, Any] = {
        "kind": PlanKind.ASSESSMENT,
        "title": "重点项目建设专项考核",
        "organiser": county.units["D1"].pk,
        "units": [county.units["T1"].pk, county.units["T2"].pk],
        "opens": date(2026, 10, 1),
        "closes": date(2026, 11, 30),
        "basis": "县委常委会会议纪要〔2026〕8号",
    }
    row = propose_item(by=county.by("office"), given=Proposal(**fields | given))
    approve_plan(by=county.by("chief"), year=2026, document="云委办发〔2026〕3号")
    if off_plan:
        later = {"title": "招商引资专项考核", "reason": "市委临时部署，不能并入"}
        row = propose_item(by=county.by("office"), given=Proposal(**fields | later | given))
    row.refresh_from_db()
    return row


def opening(item: PlanItem, **given: Any) -> Opening:
    """Say how it is opened: the third quarter, reports until the 10th of October, checks until the 15th."""
    fields: dict[str, Any] = {
        "item": item.pk,
        "text": SPECIAL_SCHEME,
        "first": "2026-07",
        "last": "2026-09",
        "report_until": date(2026, 10, 10),
        "check_until": date(2026, 10, 15),
    }
    return Opening(**fields | given)


def opened(county: County) -> Special:
    """Have it open."""
    return open_special(by=county.by("office"), given=opening(planned_item(county)))


def report(county: County, special: Special, who: str = "d1", *cells: tuple[str, str, str, str, str]) -> Batch | None:
    """Report cells: unit, series, figure, period, as typed."""
    return enter_special(by=county.by(who), special=special.pk, cells=[Typed(*one) for one in cells])


def verify(county: County, special: Special, *reports: str, who: str = "d1", **given: Any) -> int:
    """Find reports right (or, `verified=False`, send them back): those of the townships' visits where none is named."""
    said: dict[str, Any] = {"verified": True, "seen": newest_figure()} | given
    named = reports or ("ZVIS:T1", "ZVIS:T2")
    return verify_special(by=county.by(who), special=special.pk, reports=named, **said)


def filled(county: County, special: Special, verified: bool = True) -> Special:
    """Have every figure in and what townships report verified: 甲镇 reaches its plan, 乙镇 half of it."""
    plan = [(unit, "ZINV", "target", "2026", "90") for unit in ("T1", "T2")]
    months = ("2026-07", "2026-08", "2026-09")
    done = [(unit, "ZINV", "actual", at, each) for unit, each in (("T1", "30"), ("T2", "15")) for at in months]
    report(county, special, "d1", *plan, *done)
    report(county, special, "t1", ("T1", "ZVIS", "actual", "2026-Q3", "10"))
    report(county, special, "t2", ("T2", "ZVIS", "actual", "2026-Q3", "9"))
    if verified:
        verify(county, special)
    return special
