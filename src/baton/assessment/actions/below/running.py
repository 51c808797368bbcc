"""One run of a month: scored and written down whole, or refused with the reasons kept."""

from collections.abc import Sequence
from typing import Any

from baton.assessment.actions.below.scoring import write_results
from baton.assessment.choices import MonthState, RunKind, RunState
from baton.assessment.models import Month, Run
from baton.assessment.queries.monthly import batches_so_far, newest_figure, score_of
from baton.core import clock
from baton.core.acting import Actor, Told
from baton.words import Problem, Refused


def run_month(told: Told, by: Actor, month: Month, kind: RunKind, reason: str = "") -> Run:
    """Score a month and write the result down; inside an action, which has locked the month."""
    fields = {"kind": kind.value, "scheme": month.scheme, "reason": reason[:400], **batches_so_far()}
    run = Run.objects.create(month=month, by=by.user, begun_at=clock.now(), **fields)
    try:
        scored = score_of(month, lenient=kind is RunKind.PREVIEW)
    except Refused as refused:
        run.state, run.problems, run.until = RunState.REFUSED.value, kept(refused.problems), newest_figure()
    else:
        sheet = scored.sheet
        run.state = RunState.DONE.value
        run.scheme_digest, run.month_digest = month.scheme.digest, scored.month_digest
        run.data_digest, run.digest, run.engine_version = sheet.data_digest, sheet.digest, sheet.engine_version
        run.until, run.figures, run.preliminary = scored.until, scored.figures, scored.preliminary
        write_results(run, month, scored)
        if kind is not RunKind.PREVIEW and month.state == MonthState.OPEN:
            month.state = MonthState.SCORED.value
            month.save(update_fields=["state"])
    run.ended_at = clock.now()
    run.save()
    told.did("assessment.month_scored_by", run, month=month.period, kind=kind.value, state=run.state, digest=run.digest)
    return run


def kept(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Give problems as JSON, to be said in the reader's language."""
    return [
        {"code": one.code, "params": {name: str(value) for name, value in one.params.items()}, "field": one.place.field}
        for one in problems
    ]
