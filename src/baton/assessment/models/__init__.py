"""The tables of the monthly cycle and of the year."""

from baton.assessment.models.annual import AnnualAssessment, AnnualRun
from baton.assessment.models.annual_change import AnnualChange, AnnualUnitChange
from baton.assessment.models.annual_decision import AnnualDecision, DecidedGrade
from baton.assessment.models.annual_publication import AnnualPublication
from baton.assessment.models.annual_result import AnnualLeaf, AnnualNode, AnnualResult
from baton.assessment.models.call import Call
from baton.assessment.models.check import Check, Contest
from baton.assessment.models.correction import Correction
from baton.assessment.models.draft import DraftCell
from baton.assessment.models.figure import Batch, Figure
from baton.assessment.models.ledger import LedgerEntry
from baton.assessment.models.month import Month, Release, Reopening, Window
from baton.assessment.models.objection import Objection
from baton.assessment.models.past import PastImport, PastResult
from baton.assessment.models.plan import AnnualPlan, PlanItem
from baton.assessment.models.publication import Publication, ResultReader
from baton.assessment.models.run import LeafResult, NodeResult, Run, UnitResult
from baton.assessment.models.scheme import Duty, SchemeText, SchemeVersion
from baton.assessment.models.source_day import SourceDay
from baton.assessment.models.special import Special, SpecialCheck, SpecialResult, SpecialRun
from baton.assessment.models.special_steps import SpecialChange, SpecialReopening, SpecialVerdict
from baton.assessment.models.submission import Submission, SubmissionStep
from baton.assessment.models.table_mapping import TableMapping
from baton.assessment.models.tally import Tally, TallyLine
from baton.assessment.models.target import Target, TargetCall, TargetFlag, TargetStep
from baton.assessment.models.target_whole import CountyTarget, TargetAdjustment
from baton.assessment.models.task import Task
from baton.assessment.models.tracking import TrackedItem, TrackedStep
from baton.assessment.models.workshop import DraftComment, DraftRevision, LibraryLine, OwnTarget, SchemeDraft

__all__ = [
    "AnnualAssessment",
    "AnnualChange",
    "AnnualDecision",
    "AnnualLeaf",
    "AnnualNode",
    "AnnualPlan",
    "AnnualPublication",
    "AnnualResult",
    "AnnualRun",
    "AnnualUnitChange",
    "Batch",
    "Call",
    "Check",
    "Contest",
    "Correction",
    "CountyTarget",
    "DecidedGrade",
    "DraftCell",
    "DraftComment",
    "DraftRevision",
    "Duty",
    "Figure",
    "LeafResult",
    "LedgerEntry",
    "LibraryLine",
    "Month",
    "NodeResult",
    "Objection",
    "OwnTarget",
    "PastImport",
    "PastResult",
    "PlanItem",
    "Publication",
    "Release",
    "Reopening",
    "ResultReader",
    "Run",
    "SchemeDraft",
    "SchemeText",
    "SchemeVersion",
    "SourceDay",
    "Special",
    "SpecialChange",
    "SpecialCheck",
    "SpecialReopening",
    "SpecialResult",
    "SpecialRun",
    "SpecialVerdict",
    "Submission",
    "SubmissionStep",
    "TableMapping",
    "Tally",
    "TallyLine",
    "Target",
    "TargetAdjustment",
    "TargetCall",
    "TargetFlag",
    "TargetStep",
    "Task",
    "TrackedItem",
    "TrackedStep",
    "UnitResult",
    "Window",
]
