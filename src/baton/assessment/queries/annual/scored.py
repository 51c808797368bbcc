"""A year put through the engine: by the whole scheme, the figures that stand, and the ledger's events of the year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from baton.assessment.choices import LedgerState
from baton.assessment.models import AnnualAssessment, AnnualRun, Figure, LedgerEntry
from baton.assessment.models.figure import FigureQuerySet
from baton.assessment.queries.monthly import figures_of_year, newest_figure, panel_of
from baton.engine.panel.panel import Panel
from baton.engine.result.sheet import ScoreSheet
from baton.engine.robustness.everyday import Sureness, everyday
from baton.engine.robustness.robustness import sure_of_grades
from baton.engine.scheme.adjustments import Event
from baton.engine.scheme.model import Scheme
from baton.engine.score import score
from baton.words import Problem, Refused

type EventRow = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ScoredYear:
    """A year's sheet and what it was made of. `figures`: with the columns of `queries.monthly.figures_for`."""

    sheet: ScoreSheet
    panel: Panel
    scheme: Scheme
    until: int
    events: Sequence[EventRow]
    figures: pl.DataFrame

    @property
    def preliminary(self) -> int:
        """How many figures were preliminary."""
        return int(self.figures["preliminary"].sum())


def score_year(annual: AnnualAssessment) -> ScoredYear:
    """Score a year by the figures and the decided events that stand now.

    Raises `Refused` with every figure that must be there and is not, and with each event that does not fit the scheme.
    """
    newest = newest_figure()
    return _scored(annual, annual.scheme.scheme, Figure.objects.counting(), newest, events_of(annual))


def annual_again(run: AnnualRun) -> ScoredYear:
    """Make a run again by the figures that counted then and the events it was given.

    Raises `Refused` where that gives another digest than the run has.
    """
    found = _scored(run.annual, run.scheme.scheme, Figure.objects.as_of(run.until), run.until, run.events)
    if found.sheet.digest != run.digest or found.sheet.data_digest != run.data_digest:
        params = {"found": found.sheet.digest, "told": run.digest}
        raise Refused([Problem("assessment.run_not_made_again", params)])
    return found


def _scored(
    annual: AnnualAssessment, scheme: Scheme, figures: FigureQuerySet, newest: int, events: Sequence[EventRow]
) -> ScoredYear:
    given = figures_of_year(scheme, annual.year, figures)
    panel = replace(panel_of(given), events=tuple(event_of(one) for one in events))
    return ScoredYear(score(scheme, panel, annual.year), panel, scheme, newest, events, given)


def event_of(row: Mapping[str, Any]) -> Event:
    """Give an event as the engine wants it."""
    return Event.model_validate({name: value for name, value in row.items() if name != "entry"})


def events_of(annual: AnnualAssessment) -> list[EventRow]:
    """Give the events of the year's ledger about units of the scheme, but for dropped ones, with their entry's number.

    One that nobody has decided yet comes with `confirmed` false: the engine shows it and does not count it.
    """
    units = {unit.code for unit in annual.scheme.scheme.units if unit.group is not None}
    rows = LedgerEntry.objects.filter(on__year=annual.year).exclude(state=LedgerState.DROPPED)
    return [
        {"entry": one.pk, **one.event(one.unit.code).model_dump(mode="json")}
        for one in rows.select_related("unit").order_by("pk")
        if one.unit.code in units
    ]


@dataclass(frozen=True, slots=True)
class SureOfYear:
    """How sure a unit's place is (None: not known), and how probable its suggested grade (None: no grades)."""

    place: Sureness | None
    grade: float | None


def how_sure(sheet: ScoreSheet) -> dict[str, SureOfYear]:
    """Give by unit how sure its place and its suggested grade are; nothing where no group can be analysed.

    Places by the noise of the months alone, grades by the same noise where it is known, else under other weights and
    methods (`engine.robustness`).
    """
    places, grades = everyday(sheet), sure_of_grades(sheet)
    return {unit: SureOfYear(places.get(unit), grades.get(unit)) for unit in {*places, *grades}}
