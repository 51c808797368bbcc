"""Closed vocabularies of the month and the year; their words are in the catalogue (`assessment.stage_report`, ...)."""

from enum import StrEnum

from baton.assessment.choices.annual import AnnualStage, Doubt, Sensitive
from baton.assessment.choices.cycle import Absent, BatchKind, FigureSource, MonthState, Stage
from baton.assessment.choices.objections import (
    WAITING,
    WELL_FOUNDED,
    ObjectionKind,
    ObjectionOutcome,
    ObjectionState,
    Remedy,
)
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
    SpecialReportState,
    SpecialStage,
    SpecialState,
    SpecialVerdictState,
)
from baton.assessment.choices.results import Light, Movement, RunKind, RunState
from baton.assessment.choices.tallies import TallyState
from baton.assessment.choices.targets import (
    ABOUT_FLAGS,
    Adding,
    AdjustmentState,
    Stretched,
    TargetState,
    TargetStepKind,
)
from baton.assessment.choices.tracking import Consequence, ItemKind, ItemState, TrackStep
from baton.assessment.choices.workshop import CommentState, DraftChange, DraftState, OwnTargetState

__all__ = [
    "ABOUT_FLAGS",
    "WAITING",
    "WELL_FOUNDED",
    "Absent",
    "Adding",
    "AdjustmentState",
    "AnnualStage",
    "BatchKind",
    "CommentState",
    "Consequence",
    "ContestState",
    "CorrectionState",
    "Doubt",
    "DraftChange",
    "DraftState",
    "FigureSource",
    "ItemKind",
    "ItemState",
    "LedgerKind",
    "LedgerState",
    "Light",
    "MonthState",
    "Movement",
    "ObjectionKind",
    "ObjectionOutcome",
    "ObjectionState",
    "OwnTargetState",
    "PlanKind",
    "PlanState",
    "Remedy",
    "Rhythm",
    "RunKind",
    "RunState",
    "Sensitive",
    "SpecialCheckState",
    "SpecialReportState",
    "SpecialStage",
    "SpecialState",
    "SpecialVerdictState",
    "Stage",
    "StepRole",
    "Stretched",
    "SubmissionState",
    "TallyState",
    "TargetState",
    "TargetStepKind",
    "TrackStep",
    "Verb",
    "pairs",
]


def pairs(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """Give a vocabulary as the choices of a database field; pages say its words by the catalogue."""
    return [(one.value, one.value) for one in kind]
