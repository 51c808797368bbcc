"""Kinds that place a value between two ends: of the group, or fixed by the scheme."""

from decimal import Decimal

from baton.engine.explain.kinds.facts import Check, Facts, Setting, difference
from baton.engine.explain.line import Line, percent, shown
from baton.engine.rules import DistanceToBest, EfficacyExponential, EfficacyLinear, Goalposts, MinMax


def ends(best: Decimal | None, worst: Decimal | None) -> Line:
    """Say where best and worst come from."""
    if best is None and worst is None:
        return Line("engine.explain_ends_group")
    if worst is None:
        return Line("engine.explain_ends_best", {"best": shown(best or Decimal(0))})
    if best is None:
        return Line("engine.explain_ends_worst", {"worst": shown(worst)})
    return Line("engine.explain_ends_fixed", {"best": shown(best), "worst": shown(worst)})


def equal(share: Decimal | None, at: Setting) -> list[Line]:
    """Say what all get where all are equal; nothing, where the group does not decide."""
    return [] if share is None else [Line("engine.explain_all_equal", {"points": shown(share * at.w)})]


def position(facts: Facts) -> str | None:
    """Write d = (x - worst) / (best - worst); None where best is not better than worst."""
    if facts.sign * (facts.best - facts.worst) <= 0:
        return None
    return f"{facts.ahead(facts.worst)} ÷ {_span(facts)}"


def _span(facts: Facts) -> str:
    high, low = (facts.best, facts.worst) if facts.sign > 0 else (facts.worst, facts.best)
    return difference(high, low)


def beyond(facts: Facts) -> Check:
    """Say that the whole group lies beyond a fixed end, so that there is no position; the points stand as stored."""
    return Check(shown(facts.points), (Line("engine.check_beyond_end", {"best": shown(facts.best)}),))


def efficacy_linear(rule: EfficacyLinear, at: Setting) -> list[Line]:
    """功效系数法."""
    params = {"w": shown(at.w), "base": percent(rule.base), "rest": percent(1 - rule.base)}
    first = Line("engine.explain_efficacy_linear", params)
    return [first, ends(rule.best, rule.worst), *equal(rule.equal_share(), at)]


def check_efficacy_linear(rule: EfficacyLinear, facts: Facts) -> Check:
    """Write w (base + (1 - base) d)."""
    d = position(facts)
    if d is None:
        return beyond(facts)
    return Check(f"{shown(facts.w)} × ({shown(rule.base)} + {shown(1 - rule.base)} × {d})")


def efficacy_exponential(rule: EfficacyExponential, at: Setting) -> list[Line]:
    """指数功效函数."""
    first = Line("engine.explain_efficacy_exponential", {"w": shown(at.w), "base": shown(rule.base)})
    return [first, ends(rule.best, rule.worst), *equal(rule.equal_share(), at)]


def check_efficacy_exponential(rule: EfficacyExponential, facts: Facts) -> Check:
    """Write w base^(1 - d)."""
    d = position(facts)
    return beyond(facts) if d is None else Check(f"{shown(facts.w)} × {shown(rule.base)} ^ (1 − {d})")


def min_max(rule: MinMax, at: Setting) -> list[Line]:
    """极差归一."""
    params = {"w": shown(at.w), "offset": percent(rule.offset), "span": percent(rule.span)}
    best, worst = (rule.high, rule.low) if at.sign > 0 else (rule.low, rule.high)
    return [Line("engine.explain_min_max", params), ends(best, worst), *equal(rule.equal_share(), at)]


def check_min_max(rule: MinMax, facts: Facts) -> Check:
    """Write w (offset + span d)."""
    d = position(facts)
    if d is None:
        return beyond(facts)
    return Check(f"{shown(facts.w)} × ({shown(rule.offset)} + {shown(rule.span)} × {d})")


def distance_to_best(rule: DistanceToBest, at: Setting) -> list[Line]:
    """与最优距离."""
    first = Line("engine.explain_distance_to_best", {"w": shown(at.w)})
    return [first, ends(rule.best, rule.worst), *equal(rule.equal_share(), at)]


def check_distance_to_best(rule: DistanceToBest, facts: Facts) -> Check:
    """Write w (x - worst) / (best - worst)."""
    d = position(facts)
    return beyond(facts) if d is None else Check(f"{shown(facts.w)} × {d}")


def goalposts(rule: Goalposts, at: Setting) -> list[Line]:
    """定标准值."""
    best, worst = (rule.high, rule.low) if at.sign > 0 else (rule.low, rule.high)
    params = {"w": shown(at.w), "best": shown(best), "worst": shown(worst)}
    if rule.log:
        return [Line("engine.explain_goalposts_log", params)]
    return [Line("engine.explain_goalposts", params)]


def check_goalposts(rule: Goalposts, facts: Facts) -> Check:
    """Write w (x - low) / (high - low), or the same of logarithms; 1 - d where less is better."""
    if rule.log:
        x = max(facts.x, rule.low) if facts.x <= 0 else facts.x
        low = f"ln {shown(rule.low)}"
        d = f"(ln {shown(x)} − {low}) ÷ (ln {shown(rule.high)} − {low})"
    else:
        d = f"{difference(facts.x, rule.low)} ÷ {difference(rule.high, rule.low)}"
    return Check(f"{shown(facts.w)} × {d}" if facts.sign > 0 else f"{shown(facts.w)} × (1 − {d})")
