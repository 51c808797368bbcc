"""Caps: of each item, then of all items of a kind together."""

from collections.abc import Sequence

from baton.engine.adjust.items import Claim
from baton.engine.quantum import to_quanta_down
from baton.engine.scheme.adjustments import Bonus, Deduction
from baton.engine.scheme.model import Scheme


def within_caps(scheme: Scheme, claims: Sequence[Claim], points: Sequence[int]) -> tuple[list[int], list[str]]:
    """Cut the points of one unit's claims, in their order, so that no cap is exceeded.

    Gives the points that count and for each claim that was cut the code of the cap (empty otherwise). A claim cut by
    both caps names the later one, the cap on the total (规则 16: 单项封顶，再合计封顶).
    """
    items: dict[str, int] = {}
    totals: dict[tuple[str, str], int] = {}
    counted: list[int] = []
    reasons: list[str] = []
    for one, wanted in zip(claims, points, strict=True):
        item = one.item
        if not isinstance(item, Bonus | Deduction):
            counted.append(0)
            reasons.append("")
            continue
        is_bonus = isinstance(item, Bonus)
        whole = scheme.limits.bonus if is_bonus else scheme.limits.deduction
        room = items.get(item.code, to_quanta_down(item.cap, scheme.decimals))
        by_item = min(wanted, room)
        items[item.code] = room - by_item
        kind = (one.kind.label, item.counting.value if isinstance(item, Bonus) else "")
        by_total = by_item
        if whole is not None:
            left = totals.get(kind, to_quanta_down(whole, scheme.decimals))
            by_total = min(by_item, left)
            totals[kind] = left - by_total
        counted.append(by_total)
        cut = "engine.item_cap" if by_item < wanted else ""
        reasons.append("engine.total_cap" if by_total < by_item else cut)
    return counted, reasons
