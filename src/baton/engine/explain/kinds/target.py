"""Kinds that compare with a target, a plan or a line."""

from baton.engine.explain.kinds.facts import Check, Facts, Setting, signed
from baton.engine.explain.line import Line, shown
from baton.engine.rules import Attain, Completion, Control, Conversion, TimeProgress


def completion(rule: Completion, at: Setting) -> list[Line]:
    """完成率法."""
    return [Line("engine.explain_completion", {"w": shown(at.w)})]


def check_completion(rule: Completion, facts: Facts) -> Check:
    """Write w x a / t."""
    return Check(f"{shown(facts.w)} × {signed(facts.x)} ÷ {signed(facts.target)}")


def control(rule: Control, at: Setting) -> list[Line]:
    """控制型."""
    return [Line("engine.explain_control", {"w": shown(at.w)})]


def check_control(rule: Control, facts: Facts) -> Check:
    """Write w x (2 - a / t)."""
    return Check(f"{shown(facts.w)} × (2 − {signed(facts.x)} ÷ {signed(facts.target)})")


def attain(rule: Attain, at: Setting) -> list[Line]:
    """目标达标法."""
    if rule.line is None:
        return [Line("engine.explain_attain_target", {"w": shown(at.w)})]
    return [Line("engine.explain_attain_line", {"w": shown(at.w), "line": shown(rule.line)})]


def check_attain(rule: Attain, facts: Facts) -> Check:
    """Say on which side of the line the value is."""
    line = facts.target if rule.line is None else rule.line
    sides = {"x": shown(facts.x), "line": shown(line)}
    if facts.sign * (facts.x - line) >= 0:
        return Check(shown(facts.w), (Line("engine.check_reached", sides),))
    return Check("0", (Line("engine.check_not_reached", sides),))


def time_progress(rule: TimeProgress, at: Setting) -> list[Line]:
    """序时进度法."""
    behind, ahead = rule.amount(rule.step, at.w), rule.amount(rule.ahead_step, at.w)
    first = Line("engine.explain_time_progress", {"w": shown(at.w), "behind": shown(behind)})
    return [first, Line("engine.explain_time_progress_ahead", {"ahead": shown(ahead)})] if ahead else [first]


def check_time_progress(rule: TimeProgress, facts: Facts) -> Check:
    """Write w + k x (a / t' - 1) x 100."""
    step = rule.amount(rule.step if facts.x < facts.target else rule.ahead_step, facts.w)
    if step == 0:
        return Check(
            shown(facts.w), (Line("engine.check_reached", {"x": shown(facts.x), "line": shown(facts.target)}),)
        )
    return Check(f"{shown(facts.w)} + {shown(step)} × ({signed(facts.x)} ÷ {signed(facts.target)} − 1) × 100")


def conversion(rule: Conversion, at: Setting) -> list[Line]:
    """折算."""
    if rule.full is None:
        return [Line("engine.explain_conversion", {"w": shown(at.w)})]
    return [Line("engine.explain_conversion_full", {"w": shown(at.w), "full": shown(rule.full)})]


def check_conversion(rule: Conversion, facts: Facts) -> Check:
    """Write w x / full."""
    full = facts.target if rule.full is None else rule.full
    return Check(f"{shown(facts.w)} × {signed(facts.x)} ÷ {signed(full)}")
