"""Targets that the county negotiates in October: the city raised its task of new jobs, and one unit asks for a change.

Four earlier years of new jobs are held, so that every number has its chance. One proposal asks little and was answered,
one waits for the department, one is agreed on, one is fixed; the others wait for their units. Investment targets were
reported in January and are taken over; one of them is to change. All numbers of documents are made up.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Final

from baton.assessment.actions.earlier import bring_in_figures
from baton.assessment.actions.targets.adjusting import ask_adjustment
from baton.assessment.actions.targets.answering import accept_target, counter_target
from baton.assessment.actions.targets.calling import call_for_targets
from baton.assessment.actions.targets.county import set_county_target
from baton.assessment.actions.targets.fixing import fix_targets
from baton.assessment.actions.targets.proposing import propose_target
from baton.assessment.choices import Adding, TargetState
from baton.assessment.models import Figure, Target
from baton.core import clock
from baton.core.acting import SYSTEM, Actor
from baton.engine.panel import Observation
from baton.example.running.plan import YEAR
from baton.example.running.staff import Staff

_JOBS, _INVESTMENT = ("JOB", "target"), ("INV", "target")
_FIRST_YEAR: Final = YEAR - 4
_LEAST, _STEP, _KINDS = 240, 35, 9
_GROWTH: Final = (
    ("0", "0.09", "0.11", "0.21"),
    ("0", "0.02", "0.13", "0.16"),
    ("0", "0.07", "0.06", "0.19"),
    ("0", "0.04", "0.15", "0.14"),
    ("0", "0.11", "0.17", "0.28"),
)
"""How much more than in the first year each of four years brought, five ways."""
_CALLED_FOR: Final = timedelta(days=12)


def negotiate_targets(staff: Mapping[int, Staff], head: Actor) -> None:
    """Call for targets today and let some units propose; by the same actions that people use. Less than a second."""
    call = call_for_targets(by=head, year=YEAR, wanted=[_INVESTMENT], closes=clock.today() + _CALLED_FOR)
    _ask_for_change(list(call.targets.filter(state=TargetState.FIXED).select_related("unit", "figure")), staff)
    call = call_for_targets(by=head, year=YEAR, wanted=[_JOBS], closes=clock.today() + _CALLED_FOR)
    rows = list(call.targets.filter(state=TargetState.OPEN).select_related("unit", "department"))
    last = _last_year(rows)
    bring_in_figures(by=SYSTEM, observations=list(_history(rows, last)), file_name="历年城镇新增就业.xlsx")
    able = [row for row in rows if row.unit_id in staff and row.department_id in staff]
    own = str(sum(last.values()) * 107 // 100)
    given = {"year": YEAR, "series": "JOB", "figure": "target", "typed": own, "adding": Adding.SUM.value}
    set_county_target(by=head, document=f"云县发〔{YEAR}〕31号（虚构文号）", **given)  # type: ignore[arg-type]
    _negotiate(able, last, staff, head)


def _ask_for_change(rows: Sequence[Target], staff: Mapping[int, Staff]) -> None:
    row = next((one for one in rows if one.unit_id in staff and one.figure is not None and one.figure.number), None)
    if row is None or row.figure is None or row.figure.number is None:
        return
    less = str((row.figure.number * Decimal("0.94")).quantize(Decimal(1)))
    reason, document = "两个项目用地指标未批复，缓建到明年", f"云县府常务会议纪要〔{YEAR}〕19期（虚构文号）"
    ask_adjustment(by=staff[row.unit_id].head, target=row.pk, typed=less, reason=reason, document=document)


def _last_year(rows: Sequence[Target]) -> Mapping[str, int]:
    """What every unit brought last year, by its code: as it is held, or made up where it is not."""
    held = Figure.objects.counting().filter(series="JOB", figure="actual", period=str(YEAR - 1), value__gt="")
    known = dict(held.values_list("unit__code", "value"))
    made = (_LEAST + _STEP * (number * 4 % _KINDS) for number in range(len(rows)))
    return {row.unit.code: int(Decimal(known.get(row.unit.code, value))) for row, value in zip(rows, made, strict=True)}


def _history(rows: Sequence[Target], last: Mapping[str, int]) -> Iterator[Observation]:
    """Four years of every unit up to the last; what is held already stays."""
    there = set(Figure.objects.filter(series="JOB", figure="actual").values_list("unit__code", "period"))
    for number, row in enumerate(rows):
        growth = [1 + Decimal(share) for share in _GROWTH[number % len(_GROWTH)]]
        for later, share in enumerate(growth):
            period, code = str(_FIRST_YEAR + later), row.unit.code
            if (code, period) not in there:
                yield Observation(code, "JOB", "actual", period, Decimal(int(last[code] * share / growth[-1])))


def _negotiate(rows: Sequence[Target], last: Mapping[str, int], staff: Mapping[int, Staff], head: Actor) -> None:
    """The first asks little and is answered, the second waits, the third is agreed on, the fourth is fixed."""
    shares = (
        ("0.9", "上年有劳动密集型企业一次性招工"),
        ("1.05", "零工市场建成，另有两家企业扩产"),
        *(("1.06", "按全县任务分解"),) * 2,
    )
    for place, (row, (share, reason)) in enumerate(zip(rows, shares, strict=False)):
        typed = str(int(last[row.unit.code] * Decimal(share)))
        propose_target(by=staff[row.unit_id].head, target=row.pk, typed=typed, reason=reason)
        department = staff[row.department_id or 0].verifier
        if place == 0:
            more = str(int(last[row.unit.code] * Decimal("1.05")))
            counter_target(by=department, target=row.pk, typed=more, reason="市里追加任务，各镇不低于上年增长 5%")
        elif place > 1:
            accept_target(by=department, target=row.pk)
    fixed = [row.pk for row in rows[3:4] if not row.flags.unanswered().exists()]
    if fixed:
        fix_targets(by=head, targets=fixed, document=f"云就业组〔{YEAR}〕4号（虚构文号）")
