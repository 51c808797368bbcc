"""A month counted: how many figures are asked for and there, and at whom and at which step the others lie."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from baton.assessment.choices import StepRole, SubmissionState
from baton.assessment.models import Month
from baton.assessment.queries.reported import NOTHING, FigureKey, Reported
from baton.assessment.rules.approval import TURN
from baton.assessment.rules.duties import DutyOf

type Own = Mapping[str, Mapping[int, SubmissionState]]
"""How far units' own reports are, by series and number of the unit."""


@dataclass(frozen=True, slots=True)
class Lies:
    """Where a figure lies: the unit (its number), the step, and the source that its days go by."""

    unit: int
    step: StepRole
    source: str


@dataclass(slots=True)
class Counted:
    """Figures of a month that somebody has to report."""

    asked: int = 0
    there: int = 0
    preliminary: int = 0
    corrected: int = 0
    lacking: Counter[Lies] = field(default_factory=Counter)


def count(month: Month, reported: Mapping[FigureKey, Reported], numbers: Mapping[str, int], own: Own) -> Counted:
    """Count a month. `numbers`: those of the units by code."""
    form, found = month.scheme.form, Counted()
    clerks: Counter[tuple[str, str]] = Counter()
    for ask in form.asks(month.period):
        series, states = ask.field.series, own.get(ask.field.series, {})
        known = reported.get((series, ask.field.figure, ask.period), NOTHING)
        for code in ask.units:
            duty = form.duties.get((series, code))
            if duty is None or not duty.reporter:
                continue
            unit = numbers[code]
            found.asked += 1
            if unit in known.there:
                found.there += 1
                found.preliminary += unit in known.preliminary
                found.corrected += unit in known.corrected
            if unit in states:
                lies = _on_the_way(duty, states[unit], numbers)
                if lies is not None:
                    found.lacking[lies] += 1
            elif unit not in known.there:
                clerks[duty.reporter, duty.source[:200]] += 1
    for (reporter, source), many in clerks.items():
        found.lacking[Lies(numbers[reporter], StepRole.CLERK, source)] += many
    return found


def _on_the_way(duty: DutyOf, state: SubmissionState, numbers: Mapping[str, int]) -> Lies | None:
    """Say where a unit's own report lies; None once it is approved, or where nobody is named to verify it."""
    if state is SubmissionState.APPROVED:
        return None
    step = TURN[state]
    unit = duty.verifier if step is StepRole.VERIFIER else duty.reporter
    return Lies(numbers[unit], step, duty.source[:200]) if unit else None
