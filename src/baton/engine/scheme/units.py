"""Who is assessed: units with their names over time, groups, and what does not apply to whom."""

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from baton.engine.terms import Code, Day, Name, Record


class Unit(Record):
    """A unit under assessment, or a former unit that only hands its name on to its successor.

    `group` is empty for a former unit. `valid_to` is the last day (None: still valid).
    """

    code: Code
    name: Name
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    group: Code | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    successors: tuple[Code, ...] = ()
    note: str = ""


class Group(Record):
    """Units that are compared with each other, and the tree (by its root node) that scores them.

    `quota_pool`: groups with the same pool share one quota of grades (small groups are merged this way).
    `graded`: False where a group is scored and ranked but given no grade.
    """

    code: Code
    name: Name
    root: Code
    quota_pool: Code | None = None
    graded: bool = True
    note: str = ""


class Exemption(Record):
    """An indicator or a whole branch that does not apply to a unit, with the reason that will be shown."""

    unit: Code
    indicator: Code | None = None
    node: Code | None = None
    reason: Name

    @model_validator(mode="after")
    def _one_of_the_two(self) -> "Exemption":
        if (self.indicator is None) == (self.node is None):
            raise PydanticCustomError(
                "engine.scheme_exemption_of_what", "an exemption names either an indicator or a node"
            )
        return self
