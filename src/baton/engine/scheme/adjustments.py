"""Bonus items, deduction items and vetoes: what is added, taken away, or caps the grade."""

from typing import Annotated, Literal

from pydantic import Field

from baton.engine.terms import Code, Counting, Day, Name, Number, Record


class ByLevel(Record):
    """Points by the level of the event: a national award 3, a provincial 2, a municipal 1."""

    kind: Literal["level"] = "level"
    levels: dict[str, Number] = Field(min_length=1)


class ByQuantity(Record):
    """Points = quantity / per x rate: 0.1 for each 10 million yuan. `whole`: only full portions count."""

    kind: Literal["quantity"] = "quantity"
    per: Number = Field(default=1, gt=0, validate_default=True)
    rate: Number = Field(gt=0)
    whole: bool = False


class Decided(Record):
    """Points named by the decision of a competent body, one of `allowed` where that is not empty."""

    kind: Literal["decided"] = "decided"
    allowed: tuple[Number, ...] = ()


Measure = Annotated[ByLevel | ByQuantity | Decided, Field(discriminator="kind")]


class Bonus(Record):
    """A bonus item with its own cap. `counting`: into the total, or only to break ties."""

    code: Code
    name: Name
    measure: Measure
    cap: Number = Field(gt=0)
    counting: Counting = Counting.TOTAL
    lead: Code | None = None
    basis: str = ""
    note: str = ""


class Deduction(Record):
    """A deduction item with its own cap; points are given as positive numbers and taken away."""

    code: Code
    name: Name
    measure: Measure
    cap: Number = Field(gt=0)
    lead: Code | None = None
    basis: str = ""
    note: str = ""


class GradeCap(Record):
    """The unit's grade is at most `grade`."""

    kind: Literal["grade_cap"] = "grade_cap"
    grade: Code


class GradeDrop(Record):
    """The grade falls by `steps`; with `zero_indicator` the indicator named by the event also gives 0 points."""

    kind: Literal["grade_drop"] = "grade_drop"
    steps: int = Field(default=1, ge=1)
    zero_indicator: bool = False


Consequence = Annotated[GradeCap | GradeDrop, Field(discriminator="kind")]


class Veto(Record):
    """A veto (一票否优). It takes effect only with `basis`, the document of a higher authority it rests on."""

    code: Code
    name: Name
    consequence: Consequence
    basis: str = ""
    lead: Code | None = None
    note: str = ""


class Limits(Record):
    """Caps on all bonus and all deduction points of a unit together (None: no cap), and on the total."""

    bonus: Number | None = None
    deduction: Number | None = None
    total_floor: Number | None = Field(default=0, validate_default=True)
    total_cap: Number | None = None


class Event(Record):
    """Something that happened to a unit and that a bonus, deduction or veto item answers.

    `matter` is the same-matter number: events of one matter give only the highest bonus and cost only the heaviest
    deduction; an event whose `item` is an indicator says that `quantity` of its figure belongs to the matter.
    `indicator` is the indicator a veto sets to zero. Only confirmed events count.
    """

    unit: Code
    item: Code
    matter: str = ""
    level: str = ""
    quantity: Number | None = None
    points: Number | None = Field(default=None, ge=0)
    share: Number = Field(default=1, gt=0, le=1, validate_default=True)
    indicator: Code | None = None
    on: Day | None = None
    document: str = ""
    confirmed: bool = True
    note: str = ""
