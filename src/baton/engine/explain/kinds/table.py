"""Kinds whose points stand in a table, and lists of items."""

from decimal import Decimal

from baton.engine.explain.kinds.facts import Check, Facts, Setting, difference, signed
from baton.engine.explain.line import Line, shown
from baton.engine.rules import Bands, Checklist, LevelTable, PiecewiseLinear, RankTable, Segment
from baton.engine.rules.tables import holds


def interval(segment: Segment) -> str:
    """Write a piece of a table in interval notation: `[90, 95)`, `(−∞, 85)`."""
    low = "−∞" if segment.low is None else shown(segment.low)
    high = "+∞" if segment.high is None else shown(segment.high)
    left = "(" if segment.low is None or segment.closed_right else "["
    right = "]" if segment.closed_right and segment.high is not None else ")"
    return f"{left}{low}, {high}{right}"


def bands(rule: Bands, at: Setting) -> list[Line]:
    """分段."""
    rows = "；".join(f"{interval(piece)} {shown(piece.y_low * at.w)}" for piece in rule.segments())
    return [Line("engine.explain_bands", {"rows": rows})]


def check_bands(rule: Bands | RankTable, facts: Facts) -> Check:
    """Say which row the value belongs to, and write w x share."""
    found = next(piece for piece in rule.segments() if holds(piece, facts.x))
    row = Line("engine.check_row", {"x": shown(facts.x), "row": interval(found)})
    return Check(f"{shown(facts.w)} × {signed(found.y_low)}", (row,))


def rank_table(rule: RankTable, at: Setting) -> list[Line]:
    """位次表."""
    rows = "；".join(
        f"{row.from_}–{'…' if row.to is None else row.to} {shown(row.share * at.w)}"
        if row.to != row.from_
        else f"{row.from_} {shown(row.share * at.w)}"
        for row in rule.table
    )
    return [Line("engine.explain_rank_table", {"rows": rows})]


def level_table(rule: LevelTable, at: Setting) -> list[Line]:
    """等次赋分."""
    rows = "；".join(f"{level} {shown(share * at.w)}" for level, share in rule.levels.items())
    return [Line("engine.explain_level_table", {"rows": rows})]


def check_level_table(rule: LevelTable, facts: Facts) -> Check:
    """Say which level was given, and write w x share."""
    levels = dict(enumerate(rule.levels.items(), 1))
    level, share = levels.get(int(facts.x), (shown(facts.x), Decimal(0)))
    return Check(f"{shown(facts.w)} × {signed(share)}", (Line("engine.check_level", {"level": level}),))


def piecewise_linear(rule: PiecewiseLinear, at: Setting) -> list[Line]:
    """分段线性."""
    rows = "；".join(f"{shown(x)} → {shown(share * at.w)}" for x, share in rule.points)
    return [Line("engine.explain_piecewise_linear", {"rows": rows})]


def check_piecewise_linear(rule: PiecewiseLinear, facts: Facts) -> Check:
    """Write w (y0 + (y1 - y0) (x - x0) / (x1 - x0)) on the piece the value lies on."""
    piece = next(piece for piece in rule.segments() if holds(piece, facts.x))
    first, last = rule.points[0], rule.points[-1]
    if not rule.clamp and facts.x < first[0]:
        piece = Segment(first[0], rule.points[1][0], first[1], rule.points[1][1])
    elif not rule.clamp and facts.x >= last[0]:
        piece = Segment(rule.points[-2][0], last[0], rule.points[-2][1], last[1])
    row = Line("engine.check_row", {"x": shown(facts.x), "row": interval(piece)})
    if piece.low is None or piece.high is None:
        return Check(f"{shown(facts.w)} × {signed(piece.y_low)}", (row,))
    way = f"{difference(facts.x, piece.low)} ÷ {difference(piece.high, piece.low)}"
    rise = f"{signed(piece.y_low)} + {difference(piece.y_high, piece.y_low)} × {way}"
    return Check(f"{shown(facts.w)} × ({rise})", (row,))


def checklist(rule: Checklist, at: Setting) -> list[Line]:
    """清单打勾."""
    levels = " / ".join(shown(level) for level in rule.levels)
    params = {"w": shown(at.w), "levels": levels}
    if rule.items == "by_unit":
        return [Line("engine.explain_checklist_by_unit", params)]
    if not rule.weights:
        return [Line("engine.explain_checklist", {**params, "items": rule.items})]
    weights = " / ".join(shown(weight) for weight in rule.weights)
    return [Line("engine.explain_checklist_weighted", {**params, "items": rule.items, "weights": weights})]


def check_checklist(rule: Checklist, facts: Facts) -> Check:
    """Write w x sum / most; for a unit's own list x is the mean of its items."""
    most = rule.levels[-1]
    if rule.items != "by_unit":
        most *= sum(rule.weights, Decimal(0)) if rule.weights else rule.items
    return Check(f"{shown(facts.w)} × {signed(facts.x)} ÷ {shown(most)}")
