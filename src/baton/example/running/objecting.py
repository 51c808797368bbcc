"""Objections to a result of the example: one rejected with its reasons, one being looked into."""

from collections.abc import Mapping
from typing import Final

from baton.assessment.actions.objecting import write_objection
from baton.assessment.actions.objections import assign_objection, decide_objection, give_opinion
from baton.assessment.choices import ObjectionKind, ObjectionOutcome
from baton.assessment.models import Duty, Figure, Objection, Publication
from baton.core.acting import Actor
from baton.example.running.staff import Staff
from baton.org.models import Unit

_HOTLINE: Final = "M11"
_REJECTED, _WAITING = "T03", "T08"
"""Townships that object to their own figure of the hotline."""


def object_to(period: str, staff: Mapping[int, Staff], head: Actor) -> None:
    """Let two townships object to a month's published result, and the first of them be answered."""
    first = _objection(period, _REJECTED, staff, "回访不满意的有 3 件属于不属实诉求，按规定应当剔除。")
    department = _department(first)
    assign_objection(by=head, objection=first.pk, department=department)
    opinion = "逐件核对：3 件诉求均属实，不符合剔除条件，原数据无误。"
    give_opinion(by=staff[department].verifier, objection=first.pk, opinion=opinion)
    answer = "经核查，3 件诉求均属实，不予剔除，原结果不变。"
    decide_objection(by=head, objection=first.pk, outcome=ObjectionOutcome.REJECTED, answer=answer)
    second = _objection(period, _WAITING, staff, "回访中有 2 件属于重复派单，应当剔除后计算满意率。")
    assign_objection(by=head, objection=second.pk, department=_department(second))


def _objection(period: str, code: str, staff: Mapping[int, Staff], reason: str) -> Objection:
    unit = Unit.objects.get(code=code)
    run = Publication.objects.get(month__period=period, withdrawn_at__isnull=True).run
    (series,) = {one.series_code for one in run.scheme.scheme.indicators if one.code == _HOTLINE}
    figures = Figure.objects.as_of(run.until).filter(unit=unit, series=series, period=period)
    return write_objection(
        by=staff[unit.pk].head,
        period=period,
        unit=unit.pk,
        kind=ObjectionKind.FIGURE,
        indicator=_HOTLINE,
        figure=figures.order_by("figure")[0].pk,
        reason=reason,
    )


def _department(row: Objection) -> int:
    """Give who verifies the figure, or reports it where that is nobody else."""
    assert row.figure is not None
    scheme = row.run.scheme_id
    duty = Duty.objects.get(scheme=scheme, series=row.figure.series, unit=row.unit_id)
    return duty.verifier_id or duty.reporter_id or 0
