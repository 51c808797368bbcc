"""Points as live Excel formulas, so that a reader can follow a rule, and change a figure to see what it does.

Rules that compare with a target or a line name the cells of their figures. Others repeat the sum that
`engine.explain` writes for a reader, in Excel's signs. What had no sum (left out, counted as zero, ...) has no formula.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from baton.documents.excel import Formula
from baton.engine.explain import LeafExplanation
from baton.engine.plan import Leaf
from baton.engine.rules import (
    Attain,
    Ballot,
    Checklist,
    Conversion,
    PerCaseDeduct,
    ThresholdDeduct,
    TimeProgress,
)
from baton.engine.terms import plain

_SIGNS = {"×": "*", "÷": "/", "−": "-", "⌈": "ROUNDUP(", "⌉": ",0)", "⌊": "ROUNDDOWN(", "⌋": ",0)", " ": ""}
_OPEN_ENDS = re.compile(r"[^-+*/^().,0-9A-Z]")


@dataclass(frozen=True, slots=True)
class At:
    """A leaf with the cells its figures stand in: value `x` and target of the period `due`."""

    leaf: Leaf
    x: str
    due: str

    @property
    def w(self) -> str:
        """The full points as a number."""
        return plain(self.leaf.points)


def formula(leaf: Leaf, explained: LeafExplanation, x: str, due: str) -> Formula | None:
    """Give the formula of a leaf's points with the stored points as its value; None where there is no sum to show."""
    if explained.points is None or not explained.check:
        return None
    raw = _raw(At(leaf, x, due), explained)
    if raw is None:
        return None
    bounds = leaf.rule.bounds(leaf.points)
    if bounds.floor is not None:
        raw = f"MAX({plain(bounds.floor)},{raw})"
    if bounds.cap is not None:
        raw = f"MIN({plain(bounds.cap)},{raw})"
    return Formula(f"=ROUND({raw},{leaf.rounding})", explained.points)


def _raw(at: At, explained: LeafExplanation) -> str | None:
    last = explained.check[-1]
    if last.code == "engine.check_all_equal":
        return None
    kind = str(type(at.leaf.rule).model_fields["kind"].default)
    if kind in BY_CELLS:
        return BY_CELLS[kind](at, at.leaf.rule)
    return in_excel(str(last.params.get("expression", last.params.get("points", ""))))


def in_excel(expression: str) -> str | None:
    """Turn a sum written for a reader into Excel's signs; None if something is left that Excel would not read."""
    words = expression.replace("e ^ (", "EXP(").replace("ln (", "LN(")
    words = re.sub(r"ln ([\d.]+)", r"LN(\1)", words)
    for sign, excel in _SIGNS.items():
        words = words.replace(sign, excel)
    return None if not words or _OPEN_ENDS.search(words) else words


def _completion(at: At, rule: Any) -> str:
    return f"{at.w}*{at.x}/{at.due}"


def _control(at: At, rule: Any) -> str:
    return f"{at.w}*(2-{at.x}/{at.due})"


def _attain(at: At, rule: Attain) -> str:
    line = at.due if rule.line is None else plain(rule.line)
    return f"IF({at.x}{'>=' if at.leaf.sign > 0 else '<='}{line},{at.w},0)"


def _time_progress(at: At, rule: TimeProgress) -> str:
    behind, ahead = (plain(rule.amount(step, at.leaf.points)) for step in (rule.step, rule.ahead_step))
    lead = f"({at.x}/{at.due}-1)*100"
    beyond = at.w if ahead == "0" else f"{at.w}+{ahead}*{lead}"
    return f"IF({at.x}>={at.due},{beyond},{at.w}+{behind}*{lead})"


def _conversion(at: At, rule: Conversion) -> str:
    return f"{at.w}*{at.x}/{at.due if rule.full is None else plain(rule.full)}"


def _threshold_deduct(at: At, rule: ThresholdDeduct) -> str:
    line = plain(rule.line)
    short = f"{line}-{at.x}" if at.leaf.sign > 0 else f"{at.x}-{line}"
    steps = f"MAX(0,{short})" if rule.per == 1 else f"MAX(0,{short})/{plain(rule.per)}"
    if rule.whole_steps:
        # the inner ROUND takes away what binary fractions add: (100-99.7)/0.1 is 3 steps
        steps = f"ROUND{'UP' if rule.whole_steps == 'up' else 'DOWN'}(ROUND({steps},9),0)"
    return f"{at.w}-{plain(rule.amount(rule.step, at.leaf.points))}*{steps}"


def _per_case_deduct(at: At, rule: PerCaseDeduct) -> str:
    return f"{at.w}-{at.x}" if rule.measured_in == "points" else f"{at.w}-{at.w}*{at.x}"


def _checklist(at: At, rule: Checklist) -> str:
    most = rule.levels[-1]
    if rule.items != "by_unit":
        most *= sum(rule.weights, Decimal(0)) if rule.weights else rule.items
    return f"{at.w}*{at.x}/{plain(most)}"


def _ballot(at: At, rule: Ballot) -> str:
    return f"{at.w}*{at.x}/{plain(max(rule.options.values()))}"


BY_CELLS: Mapping[str, Callable[[At, Any], str]] = {
    "completion": _completion,
    "control": _control,
    "attain": _attain,
    "time_progress": _time_progress,
    "conversion": _conversion,
    "threshold_deduct": _threshold_deduct,
    "per_case_deduct": _per_case_deduct,
    "checklist": _checklist,
    "ballot": _ballot,
}
