"""The scheme: a county's whole plan of assessment for a span of dates, as data."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from baton.engine.scheme.adjustments import Bonus, Deduction, Limits, Veto
from baton.engine.scheme.grades import Grading, Ranking
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.nodes import Node
from baton.engine.scheme.treatment import Step
from baton.engine.scheme.units import Exemption, Group, Unit
from baton.engine.terms import Code, Day, Name, Record

Language = Annotated[Literal[1], BeforeValidator(lambda given: 1 if given == "1" else given)]


class Task(Record):
    """What indicators hang on: a main-line task of the county, an assessment from above, or the township duty list."""

    code: Code
    name: Name
    kind: Literal["main_line", "higher_assessment", "duty_list"]
    document: str = ""
    lead: Code | None = None


class Scheme(Record):
    """One dated version of an assessment scheme.

    `decimals` is the quantum: the one rounding of every leaf score, 0-9 decimals of a point; every later division
    rounds at the same place unless its node says otherwise. `effective_to` None: until a later version replaces it.
    All lists keep their order; it is the order of the official document.
    `treatment`: what is done to figures before rules see them; without it nothing is.
    """

    language: Language = 1
    code: Code
    name: Name
    organisation: str = ""
    document_number: str = ""
    version: str = "1"
    effective_from: Day
    effective_to: Day | None = None
    decimals: int = Field(default=6, ge=0, le=9)
    note: str = ""
    ranking: Ranking = Ranking()
    grading: Grading = Grading()
    limits: Limits = Limits()
    tasks: tuple[Task, ...] = ()
    groups: tuple[Group, ...] = Field(min_length=1)
    units: tuple[Unit, ...] = Field(min_length=1)
    nodes: tuple[Node, ...] = Field(min_length=1)
    indicators: tuple[Indicator, ...] = Field(min_length=1)
    treatment: tuple[Step, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    vetoes: tuple[Veto, ...] = ()
