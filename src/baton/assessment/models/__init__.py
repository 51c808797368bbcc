"""The tables of the monthly cycle."""

from baton.assessment.models.call import Call
from baton.assessment.models.check import Check, Contest
from baton.assessment.models.correction import Correction
from baton.assessment.models.draft import DraftCell
from baton.assessment.models.figure import Batch, Figure
from baton.assessment.models.ledger import LedgerEntry
from baton.assessment.models.month import Month, Release, Reopening, Window
from baton.assessment.models.past import PastImport, PastResult
from baton.assessment.models.plan import AnnualPlan, PlanItem
from baton.assessment.models.publication import Publication, ResultReader
from baton.assessment.models.run import LeafResult, NodeResult, Run, UnitResult
from baton.assessment.models.scheme import Duty, SchemeVersion
from baton.assessment.models.source_day import SourceDay
from baton.assessment.models.special import Special, SpecialCheck, SpecialResult, SpecialRun
from baton.assessment.models.submission import Submission, SubmissionStep
from baton.assessment.models.task import Task
from baton.assessment.models.tracking import TrackedItem, TrackedStep

__all__ = [
    "AnnualPlan",
    "Batch",
    "Call",
    "Check",
    "Contest",
    "Correction",
    "DraftCell",
    "Duty",
    "Figure",
    "LeafResult",
    "LedgerEntry",
    "Month",
    "NodeResult",
    "PastImport",
    "PastResult",
    "PlanItem",
    "Publication",
    "Release",
    "Reopening",
    "ResultReader",
    "Run",
    "SchemeVersion",
    "SourceDay",
    "Special",
    "SpecialCheck",
    "SpecialResult",
    "SpecialRun",
    "Submission",
    "SubmissionStep",
    "Task",
    "TrackedItem",
    "TrackedStep",
    "UnitResult",
    "Window",
]
