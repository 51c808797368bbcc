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
    for portion in form.portions(month.period):
        series = portion.ask.field.series
        states, known = own.get(series, {}), reported.get(portion.ask.key, NOTHING)
        units = {numbers[code] for code in portion.units}
        there = units & known.there
        found.asked += len(units)
        found.there += len(there)
        found.preliminary += len(there & known.preliminary)
        found.corrected += len(there & known.corrected)
        on_the_way = units & states.keys()
        lacking = len(units - there - on_the_way)
        if lacking:
            clerks[portion.reporter, portion.source[:200]] += lacking
        for code in portion.units if on_the_way else ():
            if numbers[code] in on_the_way:
                lies = _on_the_way(form.duties[series, code], states[numbers[code]], numbers)
                if lies is not None:
                    found.lacking[lies] += 1
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
