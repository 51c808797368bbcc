"""Closed vocabularies of the monthly cycle; their words are in the catalogue (`assessment.stage_...` and so on)."""

from enum import StrEnum

from baton.assessment.choices.cycle import Absent, BatchKind, FigureSource, MonthState, Stage
from baton.assessment.choices.people import (
    ContestState,
    CorrectionState,
    LedgerKind,
    LedgerState,
    StepRole,
    SubmissionState,
    Verb,
)
from baton.assessment.choices.plans import (
    PlanKind,
    PlanState,
    Rhythm,
    SpecialCheckState,
    SpecialStage,
    SpecialState,
)
from baton.assessment.choices.results import Light, Movement, RunKind, RunState
from baton.assessment.choices.tracking import Consequence, ItemKind, ItemState, TrackStep

__all__ = [
    "Absent",
    "BatchKind",
    "Consequence",
    "ContestState",
    "CorrectionState",
    "FigureSource",
    "ItemKind",
    "ItemState",
    "LedgerKind",
    "LedgerState",
    "Light",
    "MonthState",
    "Movement",
    "PlanKind",
    "PlanState",
    "Rhythm",
    "RunKind",
    "RunState",
    "SpecialCheckState",
    "SpecialStage",
    "SpecialState",
    "Stage",
    "StepRole",
    "SubmissionState",
    "TrackStep",
    "Verb",
    "pairs",
]


def pairs(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """Give a vocabulary as the choices of a database field; pages say its words by the catalogue."""
    return [(one.value, one.value) for one in kind]
