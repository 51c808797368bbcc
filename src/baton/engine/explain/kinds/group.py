"""Kinds that compare with the mean, the best or the places of the group."""

from decimal import Decimal

from baton.engine.explain.kinds.facts import Check, Facts, Setting, signed
from baton.engine.explain.line import Line, percent, shown
from baton.engine.rules import ExponentialRank, Growth, RankPoints, RankScale, RatioToBest, ZScore
from baton.engine.rules.tables import look_up


def ratio_to_best(rule: RatioToBest, at: Setting) -> list[Line]:
    """与最优比."""
    code = "engine.explain_ratio_to_best" if at.sign > 0 else "engine.explain_ratio_to_least"
    first = Line(code, {"w": shown(at.w)})
    return [first] if rule.best is None else [first, Line("engine.explain_ends_best", {"best": shown(rule.best)})]


def check_ratio_to_best(rule: RatioToBest, facts: Facts) -> Check:
    """Write w x / best, or w best / x; beside zero the points stand as stored."""
    one, other = (facts.x, facts.best) if facts.sign > 0 else (facts.best, facts.x)
    if other <= 0:
        return Check(shown(facts.points), (Line("engine.check_ratio_to_nothing", {"other": shown(other)}),))
    return Check(f"{shown(facts.w)} × {signed(one)} ÷ {signed(other)}")


def z_score(rule: ZScore, at: Setting) -> list[Line]:
    """标准分."""
    params = {"w": shown(at.w), "mean": percent(rule.mean), "deviation": percent(rule.deviation)}
    equal = Line("engine.explain_all_equal", {"points": shown((rule.equal_share() or Decimal(0)) * at.w)})
    return [Line("engine.explain_z_score", params), equal]


def check_z_score(rule: ZScore, facts: Facts) -> Check:
    """Write w (mean + deviation z)."""
    z = f"{facts.ahead(facts.mean)} ÷ {shown(facts.deviation)}"
    return Check(f"{shown(facts.w)} × ({signed(rule.mean)} + {shown(rule.deviation)} × {z})")


def growth(rule: Growth, at: Setting) -> list[Line]:
    """增幅法."""
    params = {"base": shown(rule.amount(rule.base, at.w)), "step": shown(rule.amount(rule.step, at.w))}
    if rule.reference == "group_mean":
        return [Line("engine.explain_growth_mean", params)]
    return [Line("engine.explain_growth", {**params, "reference": shown(rule.reference)})]


def check_growth(rule: Growth, facts: Facts) -> Check:
    """Write base + step x (x - reference)."""
    reference = facts.mean if rule.reference == "group_mean" else rule.reference
    base, step = rule.amount(rule.base, facts.w), rule.amount(rule.step, facts.w)
    return Check(f"{signed(base)} + {shown(step)} × {facts.ahead(reference)}")


def rank_points(rule: RankPoints, at: Setting) -> list[Line]:
    """排名赋分."""
    if rule.step is not None:
        params = {"first": shown(rule.amount(rule.first, at.w)), "step": shown(rule.amount(rule.step, at.w))}
        return [Line("engine.explain_rank_steps", params)]
    found = []
    if rule.table:
        found.append(Line("engine.explain_rank_top", {"points": _amounts(rule, rule.table, at)}))
    if rule.bottom_table:
        found.append(Line("engine.explain_rank_bottom", {"points": _amounts(rule, rule.bottom_table, at)}))
    return [*found, Line("engine.explain_rank_others", {"points": shown(rule.amount(rule.otherwise, at.w))})]


def _amounts(rule: RankPoints, amounts: tuple[Decimal, ...], at: Setting) -> str:
    return " / ".join(shown(rule.amount(amount, at.w)) for amount in amounts)


def place(facts: Facts) -> tuple[Line, ...]:
    """Say which place the value has in its group."""
    return (Line("engine.check_place", {"rank": shown(facts.rank), "count": facts.count}),)


def check_rank_points(rule: RankPoints, facts: Facts) -> Check:
    """Write first - step x (R - 1), or the amount of the table."""
    if rule.step is not None:
        first, step = rule.amount(rule.first, facts.w), rule.amount(rule.step, facts.w)
        return Check(f"{shown(first)} − {shown(step)} × ({shown(facts.rank)} − 1)", place(facts))
    from_end = rule.bottom_table and facts.rank >= len(rule.table) + 1
    key = facts.rank - facts.count - 1 if from_end else facts.rank
    return Check(shown(rule.amount(look_up(rule.segments(), key), facts.w)), place(facts))


def rank_scale(rule: RankScale, at: Setting) -> list[Line]:
    """名次标准化."""
    if rule.form == "borda":
        return [Line("engine.explain_rank_borda", {"w": shown(at.w)})]
    return [Line("engine.explain_rank_percentile", {"w": shown(at.w)})]


def check_rank_scale(rule: RankScale, facts: Facts) -> Check:
    """Write w (n - R) / (n - 1), or w (n - R)."""
    left = f"{shown(facts.w)} × ({facts.count} − {shown(facts.rank)})"
    if rule.form == "borda":
        return Check(left, place(facts))
    return Check(f"{left} ÷ ({facts.count} − 1)" if facts.count > 1 else shown(facts.w), place(facts))


def exponential_rank(rule: ExponentialRank, at: Setting) -> list[Line]:
    """指数变换."""
    return [Line("engine.explain_exponential_rank", {"w": shown(at.w), "constant": shown(rule.constant)})]


def check_exponential_rank(rule: ExponentialRank, facts: Facts) -> Check:
    """Write -w c / 100 ln(1 - r (1 - exp(-100 / c)))."""
    c = shown(rule.constant)
    r = f"({facts.count} − {shown(facts.rank)} + 1) ÷ {facts.count}"
    inner = f"(1 − {r} × (1 − e ^ (−100 ÷ {c})))"
    return Check(f"−{shown(facts.w)} × {c} ÷ 100 × ln {inner}", place(facts))
