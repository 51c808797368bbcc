"""All kinds that score a value themselves, as one discriminated union."""

from typing import Annotated

from pydantic import Field

from baton.engine.rules.attain import Attain
from baton.engine.rules.ballot import Ballot, BallotRate
from baton.engine.rules.bands import Bands, PiecewiseLinear
from baton.engine.rules.best import DistanceToBest, RatioToBest
from baton.engine.rules.checklist import Checklist
from baton.engine.rules.completion import Completion, Control
from baton.engine.rules.conversion import Conversion
from baton.engine.rules.deduct import PerCaseDeduct, ThresholdDeduct
from baton.engine.rules.efficacy import EfficacyExponential, EfficacyLinear
from baton.engine.rules.given_places import LevelTable, RankTable
from baton.engine.rules.goalposts import Goalposts
from baton.engine.rules.growth import Growth
from baton.engine.rules.min_max import MinMax
from baton.engine.rules.rank_points import RankPoints
from baton.engine.rules.ranks import ExponentialRank, RankScale
from baton.engine.rules.time_progress import TimeProgress
from baton.engine.rules.z_score import ZScore

SimpleRule = Annotated[
    Completion
    | Control
    | Attain
    | TimeProgress
    | EfficacyLinear
    | EfficacyExponential
    | MinMax
    | RatioToBest
    | RankPoints
    | RankTable
    | ThresholdDeduct
    | PerCaseDeduct
    | Checklist
    | Growth
    | Ballot
    | BallotRate
    | Bands
    | PiecewiseLinear
    | Goalposts
    | ZScore
    | DistanceToBest
    | RankScale
    | ExponentialRank
    | Conversion
    | LevelTable,
    Field(discriminator="kind"),
]
