"""The exact points of one leaf, from its rule in `Decimal`."""

from decimal import Context, Decimal, localcontext

from baton.engine.plan import Leaf, Plan
from baton.engine.plan.calendar import MONTHS, last_month
from baton.engine.plan.statistic import Statistic
from baton.engine.quantum import quantise_exact
from baton.engine.rules import Case, Needs

PRECISION = 60
MONTHS_OF_A_YEAR = len(MONTHS)
_PRECISELY = Context(prec=PRECISION)
_ZERO = Decimal(0)
_COMPARING = Needs.EXTREMES | Needs.MEAN | Needs.DEVIATION | Needs.COUNT | Needs.RANK


def exact_target(leaf: Leaf, at: int, t: int) -> Decimal:
    """The target of a period in natural units: as reported, or its share of the year."""
    with localcontext() as context:
        context.prec = PRECISION
        whole = Decimal(t).scaleb(-leaf.decimals)
        spread = leaf.indicator.target
        if spread.spread == "proportional":
            return whole * last_month(at) / MONTHS_OF_A_YEAR
        if spread.spread == "profile":
            return whole * spread.profile[last_month(at) - 1]
        return whole


def exact_case(
    leaf: Leaf,
    at: int,
    x: int,
    t: int | None,
    statistic: Statistic,
    rank: float | Decimal | None,
    numerator: float | Decimal | None = None,
    denominator: float | Decimal | None = None,
) -> Case:
    """Put together what the rule asks for; x and t are whole numbers of 10^-decimals."""
    return Case(
        x=Decimal(x).scaleb(-leaf.decimals, _PRECISELY),
        points=leaf.points,
        sign=leaf.sign,
        target=_ZERO if t is None else exact_target(leaf, at, t),
        best=statistic.best,
        worst=statistic.worst,
        mean=statistic.mean,
        deviation=statistic.deviation,
        count=Decimal(statistic.count),
        rank=_decimal(rank),
        numerator=_decimal(numerator),
        denominator=_decimal(denominator),
    )


def _decimal(number: float | Decimal | None) -> Decimal:
    if number is None:
        return _ZERO
    return number if isinstance(number, Decimal) else Decimal(str(number))


def exact_points(plan: Plan, leaf: Leaf, case: Case) -> int:
    """Points in quanta of the scheme: the rule's exact value, bounded, rounded once."""
    with localcontext() as context:
        context.prec = PRECISION
        raw = leaf.rule.exact(case)
        bounds = leaf.rule.bounds(leaf.points)
        if bounds.floor is not None and raw < bounds.floor:
            raw = bounds.floor
        if bounds.cap is not None and raw > bounds.cap:
            raw = bounds.cap
        return rounded(plan, leaf, raw)


def rounded(plan: Plan, leaf: Leaf, points: Decimal) -> int:
    """Round points once, at the leaf's own decimals, and give them in quanta of the scheme."""
    return quantise_exact(points.scaleb(leaf.rounding)) * int(10 ** (plan.scheme.decimals - leaf.rounding))


def compares(leaf: Leaf) -> bool:
    """Whether the leaf's rule looks at other units."""
    return bool(leaf.needs & _COMPARING)
