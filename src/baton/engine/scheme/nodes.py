"""The tree: nodes of any depth, how each combines its children, and where it rounds."""

from typing import Annotated, Literal

from pydantic import Field

from baton.engine.terms import Code, Frequency, Name, Number, Record


class Sum(Record):
    """Add the points of the children: score = sum of points."""

    kind: Literal["sum"] = "sum"


class Arithmetic(Record):
    """Weighted arithmetic mean of the children's shares: score = full x sum(w s/f) / sum(w)."""

    kind: Literal["arithmetic"] = "arithmetic"


class Geometric(Record):
    """Weighted geometric mean: score = full x prod((s/f)^(w/sum w)); a share <= 0 makes the node 0."""

    kind: Literal["geometric"] = "geometric"


class Harmonic(Record):
    """Weighted harmonic mean: score = full x sum(w) / sum(w f/s); a share <= 0 makes the node 0."""

    kind: Literal["harmonic"] = "harmonic"


class MinimumPenalised(Record):
    """Arithmetic mean pulled towards the weakest child: full x ((1-p) x mean + p x minimum), p in [0, 1]."""

    kind: Literal["minimum_penalised"] = "minimum_penalised"
    penalty: Number = Field(ge=0, le=1)


class Copeland(Record):
    """Pairwise comparison within the group (Copeland): wins minus losses by weighted majority of children.

    `scale` "net" gives wins - losses; "full" gives full x (net + n - 1) / (2 (n - 1)), n units compared.
    """

    kind: Literal["copeland"] = "copeland"
    scale: Literal["net", "full"] = "full"


Combine = Annotated[Sum | Arithmetic | Geometric | Harmonic | MinimumPenalised | Copeland, Field(discriminator="kind")]


_A_YEAR = {Frequency.MONTH: 12, Frequency.QUARTER: 4, Frequency.YEAR: 1}


class Node(Record):
    """An inner node of the tree.

    `weight` under a mean, by group or for all (`*`); under a sum a node's points are the sum of its children.
    `full` is the full mark of the node's own scale; None for a sum: the sum of what its children can give.
    `frequency` is how often the node is scored; if finer than its parent's, `over_periods` says how the periods
    become one figure. `renormalise`: under a sum, points of excluded children are shared out,
    score = sum / applicable x full. Without it they are lost, under a mean above as well, unless a sum above with only
    sums between shares them out. A mean always shares out the weights of its own excluded children.
    `when_empty`: what to do if no child has a score. `when_incomplete`: what to do if some have one and others lack it:
    `score` by those that are there, `exclude` the node (it has no score), or `required`: stop; an indicator that is not
    due in a period is not there. `floor` and `cap` bound the score.
    `decimals`: the node's rounding point, for combining as for sharing out excluded points (None: the scheme's
    quantum); `decimals_over_periods`: that of the one figure made from several periods (None: the same).
    `in_total`: False for a part that is scored and shown but does not count into its parent.
    """

    code: Code
    name: Name
    parent: Code | None = None
    combine: Combine = Sum()
    weight: dict[Code, Number] = Field(default_factory=dict)
    full: Number | None = Field(default=None, gt=0)
    frequency: Frequency = Frequency.YEAR
    over_periods: Literal["mean", "sum", "last", "maximum", "minimum"] = "mean"
    renormalise: bool = False
    when_empty: Literal["exclude", "zero", "required"] = "exclude"
    when_incomplete: Literal["score", "exclude", "required"] = "score"
    floor: Number | None = None
    cap: Number | None = None
    decimals: int | None = Field(default=None, ge=0, le=9)
    decimals_over_periods: int | None = Field(default=None, ge=0, le=9)
    in_total: bool = True
    note: str = ""

    def times_in(self, parent: "Node") -> int:
        """How many of its full marks are added up in one period of its parent: 1 unless its periods are summed."""
        if self.over_periods != "sum":
            return 1
        return _A_YEAR[self.frequency] // _A_YEAR[parent.frequency]
