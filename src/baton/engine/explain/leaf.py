"""One leaf: its stored figures, and the sum that a reader can do again."""

from dataclasses import dataclass
from decimal import Decimal, localcontext

from baton.engine.explain.explanation import GroupFigures, LeafExplanation
from baton.engine.explain.flags import flag_lines
from baton.engine.explain.kinds import Facts, checked
from baton.engine.explain.line import Line, shown
from baton.engine.explain.reading import LeafKey, Row
from baton.engine.flags import Happened
from baton.engine.plan import Leaf
from baton.engine.plan.calendar import last_month, texts
from baton.engine.quantum import to_points
from baton.engine.rules import Needs
from baton.engine.scheme.indicators import Target
from baton.engine.terms import plain

_NO_FORMULA = (
    Happened.EXCLUDED
    | Happened.COUNTED_ZERO
    | Happened.COUNTED_FULL
    | Happened.PEER_MEAN
    | Happened.ZERO_DENOMINATOR
    | Happened.ZEROED_BY_VETO
    | Happened.TOO_FEW_VALID
)
_DIGITS = 60
_MONTHS = Decimal(12)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a leaf's row does not hold: decimals of a point, its group's figures, the place of its value."""

    year: int
    decimals: int
    part_name: str
    group: GroupFigures
    place: Decimal | None
    contribution: Decimal


def explain_leaf(leaf: Leaf, key: LeafKey, row: Row, around: Surroundings) -> LeafExplanation:
    """Explain one leaf in one period from its row."""
    value = _scaled(row["value"], row["decimals"])
    target = _scaled(row["target"], row["decimals"])
    if target is None:
        target = leaf.indicator.target.value
    due = None if target is None else due_by(leaf.indicator.target, texts(around.year)[key.period], target)
    shows = Needs.TARGET in leaf.rule.needs()
    points = None if row["points"] is None else to_points(row["points"], around.decimals)
    return LeafExplanation(
        part=key.part,
        part_name=around.part_name,
        period=key.period,
        value=value,
        target=target if shows else None,
        due=due if shows else None,
        points=points,
        full=to_points(row["full"], around.decimals),
        contribution=around.contribution,
        rank=row["rank"],
        group=around.group,
        check=_check(leaf, value, due, points, row["flags"], around),
        flags=flag_lines(row["flags"]),
    )


def due_by(target: Target, at: int, whole: Decimal) -> Decimal:
    """Give what of a whole year's target falls to the end of a period (序时进度), to nine decimals for the reader."""
    if target.spread == "whole":
        return whole
    with localcontext(prec=_DIGITS):
        if target.spread == "profile":
            return Decimal(shown(whole * target.profile[last_month(at) - 1]))
        return Decimal(shown(whole * Decimal(last_month(at)) / _MONTHS))


def _check(
    leaf: Leaf, value: Decimal | None, due: Decimal | None, points: Decimal | None, flags: int, around: Surroundings
) -> tuple[Line, ...]:
    if value is None or points is None or flags & _NO_FORMULA:
        return ()
    if flags & Happened.ALL_EQUAL:
        return (Line("engine.check_all_equal", {"points": shown(points)}),)
    facts = Facts(
        w=leaf.points,
        x=value,
        points=points,
        sign=leaf.sign,
        target=due or Decimal(0),
        best=_end(leaf, around.group.best, 0),
        worst=_end(leaf, around.group.worst, 1),
        mean=around.group.mean or Decimal(0),
        deviation=around.group.deviation or Decimal(0),
        count=around.group.count or 0,
        rank=around.place or Decimal(0),
    )
    found = checked(leaf.rule, facts)
    return (*found.first, _outcome(found.expression, points, flags))


def _outcome(expression: str, points: Decimal, flags: int) -> Line:
    params = {"expression": expression, "points": shown(points)}
    if expression == params["points"]:
        return Line("engine.check_gives", {"points": expression})
    if flags & Happened.CAPPED:
        return Line("engine.check_capped", params)
    return Line("engine.check_floored" if flags & Happened.FLOORED else "engine.check_equals", params)


def _end(leaf: Leaf, of_group: Decimal | None, which: int) -> Decimal:
    """Give best (0) or worst (1): as compared in the group, or fixed by the rule."""
    low, high = getattr(leaf.rule, "low", None), getattr(leaf.rule, "high", None)
    fixed = leaf.rule.fixed()[which]
    if fixed is None and (low is not None or high is not None):
        fixed = high if (which == 0) == (leaf.sign > 0) else low
    return (of_group if fixed is None else fixed) or Decimal(0)


def _scaled(number: int | None, decimals: int) -> Decimal | None:
    return None if number is None else Decimal(plain(to_points(number, decimals)))
