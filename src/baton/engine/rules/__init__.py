"""The rule kinds: one class per kind, one file per family, joined into one discriminated union."""

from typing import Annotated

from pydantic import Field

from baton.engine.rules.base import Bounds, Case, Columns, Feed, Needs, RuleBase, Segment
from baton.engine.rules.completion import Completion

KINDS: tuple[type[RuleBase], ...] = (Completion,)

Rule = Annotated[Completion, Field(discriminator="kind")]

__all__ = ["KINDS", "Bounds", "Case", "Columns", "Completion", "Feed", "Needs", "Rule", "RuleBase", "Segment"]
