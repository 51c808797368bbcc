"""Flags of leaves and nodes in words."""

from baton.engine.explain.line import Line
from baton.engine.flags import Happened


def flag_lines(bits: int) -> tuple[Line, ...]:
    """Say what happened, one sentence per flag."""
    return tuple(Line(f"engine.flag_{str(flag.name).lower()}") for flag in Happened(bits))
