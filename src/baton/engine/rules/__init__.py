"""The rule kinds: one class per kind, one file per family, joined into one discriminated union."""

from typing import Annotated

from pydantic import Field

from baton.engine.rules.attain import Attain
from baton.engine.rules.ballot import Ballot, BallotRate
from baton.engine.rules.bands import Bands, PiecewiseLinear
from baton.engine.rules.base import Bounds, Case, Columns, Feed, Needs, Part, RuleBase, Segment
from baton.engine.rules.best import DistanceToBest, RatioToBest
from baton.engine.rules.checklist import Checklist
from baton.engine.rules.completion import Completion, Control
from baton.engine.rules.composite import Composite, CompositePart
from baton.engine.rules.conversion import Conversion
from baton.engine.rules.deduct import PerCaseDeduct, ThresholdDeduct
from baton.engine.rules.efficacy import EfficacyExponential, EfficacyLinear
from baton.engine.rules.given_places import LevelTable, RankTable
from baton.engine.rules.goalposts import Goalposts
from baton.engine.rules.growth import Growth
from baton.engine.rules.kinds import SimpleRule
from baton.engine.rules.min_max import MinMax
from baton.engine.rules.rank_points import RankPoints
from baton.engine.rules.ranks import ExponentialRank, RankScale
from baton.engine.rules.time_progress import TimeProgress
from baton.engine.rules.z_score import ZScore

KINDS: tuple[type[RuleBase], ...] = (
    Completion,
    Control,
    Attain,
    TimeProgress,
    EfficacyLinear,
    EfficacyExponential,
    MinMax,
    RatioToBest,
    RankPoints,
    RankTable,
    ThresholdDeduct,
    PerCaseDeduct,
    Checklist,
    Growth,
    Composite,
    Ballot,
    BallotRate,
    Bands,
    PiecewiseLinear,
    Goalposts,
    ZScore,
    DistanceToBest,
    RankScale,
    ExponentialRank,
    Conversion,
    LevelTable,
)

Rule = Annotated[SimpleRule | Composite, Field(discriminator="kind")]

__all__ = [
    "KINDS",
    "Attain",
    "Ballot",
    "BallotRate",
    "Bands",
    "Bounds",
    "Case",
    "Checklist",
    "Columns",
    "Completion",
    "Composite",
    "CompositePart",
    "Control",
    "Conversion",
    "DistanceToBest",
    "EfficacyExponential",
    "EfficacyLinear",
    "ExponentialRank",
    "Feed",
    "Goalposts",
    "Growth",
    "LevelTable",
    "MinMax",
    "Needs",
    "Part",
    "PerCaseDeduct",
    "PiecewiseLinear",
    "RankPoints",
    "RankScale",
    "RankTable",
    "RatioToBest",
    "Rule",
    "RuleBase",
    "Segment",
    "SimpleRule",
    "ThresholdDeduct",
    "TimeProgress",
    "ZScore",
]
