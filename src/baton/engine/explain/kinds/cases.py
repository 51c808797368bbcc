"""Kinds that take points away, and kinds that count votes."""

from decimal import Decimal

from baton.engine.explain.kinds.facts import Check, Facts, Setting, difference, signed
from baton.engine.explain.line import Line, percent, shown
from baton.engine.rules import Ballot, BallotRate, PerCaseDeduct, ThresholdDeduct


def threshold_deduct(rule: ThresholdDeduct, at: Setting) -> list[Line]:
    """阈值扣分."""
    step = {"per": shown(rule.per), "step": shown(rule.amount(rule.step, at.w))}
    params = {"line": shown(rule.line), "w": shown(at.w), **step}
    first = Line("engine.explain_threshold_short" if at.sign > 0 else "engine.explain_threshold_over", params)
    if rule.whole_steps == "up":
        return [first, Line("engine.explain_steps_begun")]
    return [first, Line("engine.explain_steps_whole")] if rule.whole_steps else [first]


def check_threshold_deduct(rule: ThresholdDeduct, facts: Facts) -> Check:
    """Write w - step x shortfall / per, steps rounded as the rule says."""
    sides = {"x": shown(facts.x), "line": shown(rule.line)}
    if facts.sign * (rule.line - facts.x) <= 0:
        return Check(shown(facts.w), (Line("engine.check_reached", sides),))
    shortfall = difference(rule.line, facts.x) if facts.sign > 0 else difference(facts.x, rule.line)
    steps = shortfall if rule.per == 1 else f"{shortfall} ÷ {shown(rule.per)}"
    if rule.whole_steps == "up":
        steps = f"⌈{steps}⌉"
    elif rule.whole_steps:
        steps = f"⌊{steps}⌋"
    return Check(f"{shown(facts.w)} − {shown(rule.amount(rule.step, facts.w))} × {steps}")


def per_case_deduct(rule: PerCaseDeduct, at: Setting) -> list[Line]:
    """逐例扣分."""
    cases = "、".join(f"{at.named(case)} {shown(rule.amount(cost, at.w))}" for case, cost in rule.cases.items())
    return [Line("engine.explain_per_case", {"w": shown(at.w), "cases": cases})]


def check_per_case_deduct(rule: PerCaseDeduct, facts: Facts) -> Check:
    """Write w - what all cases cost together."""
    costs = signed(facts.x) if rule.measured_in == "points" else f"{shown(facts.w)} × {signed(facts.x)}"
    return Check(f"{shown(facts.w)} − {costs}")


def ballot(rule: Ballot, at: Setting) -> list[Line]:
    """民主测评."""
    options = "、".join(f"{at.named(option)} {shown(value)}" for option, value in rule.options.items())
    first = Line("engine.explain_ballot", {"w": shown(at.w), "options": options, "most": shown(_most(rule))})
    return [first, *valid(rule)]


def valid(rule: Ballot | BallotRate) -> list[Line]:
    """Say how many votes must be valid."""
    found = []
    if rule.minimum_valid is not None:
        found.append(Line("engine.explain_minimum_valid", {"votes": rule.minimum_valid}))
    if rule.minimum_turnout is not None:
        found.append(Line("engine.explain_minimum_turnout", {"share": percent(rule.minimum_turnout)}))
    return found


def _most(rule: Ballot) -> Decimal:
    return max(rule.options.values())


def check_ballot(rule: Ballot, facts: Facts) -> Check:
    """Write w x mean value of a vote / greatest value."""
    first = Line("engine.check_mean_vote", {"x": shown(facts.x)})
    return Check(f"{shown(facts.w)} × {signed(facts.x)} ÷ {shown(_most(rule))}", (first,))


def ballot_rate(rule: BallotRate, at: Setting) -> list[Line]:
    """得票率分段."""
    ordered = sorted(rule.bands, key=lambda band: band.at_least, reverse=True)
    rows = "；".join(f"≥ {percent(band.at_least)} {shown(band.share * at.w)}" for band in ordered)
    lines = [Line("engine.explain_ballot_rate", {"best": at.named(rule.best), "rows": rows})]
    if rule.adverse is None:
        return [*lines, Line("engine.explain_ballot_rate_below"), *valid(rule)]
    params = {
        "options": "＋".join(at.named(option) for option in rule.adverse.options),
        "limit": rule.adverse.limit,
        "below": shown(rule.adverse.below_share * at.w),
        "otherwise": shown(rule.adverse.otherwise_share * at.w),
    }
    return [*lines, Line("engine.explain_ballot_rate_adverse", params), *valid(rule)]


def check_ballot_rate(rule: BallotRate, facts: Facts) -> Check:
    """Say what share of best votes there was, and write w x share of its band; below all bands as stored."""
    rate = Line("engine.check_best_votes", {"x": percent(facts.x)})
    reached = [band for band in rule.bands if facts.x >= band.at_least]
    if not reached:
        return Check(shown(facts.points), (rate, Line("engine.check_below_bands")))
    return Check(f"{shown(facts.w)} × {shown(max(reached, key=lambda band: band.at_least).share)}", (rate,))
