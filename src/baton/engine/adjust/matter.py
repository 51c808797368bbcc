"""Same matter (同一事项): a unit earns only the highest bonus and bears only the heaviest penalty, once.

Source: domain.md, last section, item 6 (加分取最高一级，扣分取最重一项); example county §4 (同一事项).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from baton.engine.adjust.items import Claim, Kind
from baton.engine.scheme.adjustments import Bonus, Event, GradeCap, Veto
from baton.engine.scheme.model import Scheme
from baton.engine.terms import Counting

type Cost = Callable[[str, str, Sequence[Event]], Decimal]


@dataclass(frozen=True, slots=True)
class Contest:
    """What is left of the claims of one unit and one matter.

    `dropped` are claims that give way. `released` names per indicator the events whose quantities are taken out of its
    figure, `costs` what each indicator would have lost by them, in points of the total.
    """

    dropped: frozenset[int]
    released: Mapping[str, Sequence[Event]]
    costs: Mapping[str, Decimal]


def contest(scheme: Scheme, unit: str, claims: Sequence[Claim], cost: Cost) -> Contest:
    """Settle the claims of one unit and one matter; `dropped` holds positions in `claims`.

    Bonuses: the one that brings most by itself (within its caps) stays. Penalties compete with each other:
    1. a veto is heavier than any points, because it touches the grade; of several vetoes the one that takes the best
       grade down furthest stays, then one that also zeroes an indicator, then the first of the scheme;
    2. else the deduction or the indicator that costs most points of the total by itself; at equal cost the
       indicator stays, so that the reported figure is scored as it is.
    """
    bonuses = [n for n, claim in enumerate(claims) if claim.kind is Kind.BONUS]
    vetoes = [n for n, claim in enumerate(claims) if claim.kind is Kind.VETO]
    deductions = [n for n, claim in enumerate(claims) if claim.kind is Kind.DEDUCTION]
    on_indicators = _on_indicators(claims)
    costs = {code: max(Decimal(0), cost(unit, code, events)) for code, events in on_indicators.items()}
    best = min(bonuses, key=lambda n: _bonus_weight(claims[n]), default=None)
    dropped = {n for n in bonuses if n != best}
    kept: str | None = None
    if vetoes:
        heaviest = min(vetoes, key=lambda n: _veto_weight(scheme, claims[n]))
        dropped |= {n for n in (*vetoes, *deductions) if n != heaviest}
    else:
        heaviest_deduction = min(deductions, key=lambda n: (-claims[n].alone, -claims[n].asked, n), default=None)
        kept = min(costs, key=lambda code: (-costs[code], code), default=None)
        if kept is not None and heaviest_deduction is not None:
            if costs[kept].scaleb(scheme.decimals) >= claims[heaviest_deduction].alone:
                heaviest_deduction = None
            else:
                kept = None
        dropped |= {n for n in deductions if n != heaviest_deduction}
    released = {indicator: events for indicator, events in on_indicators.items() if indicator != kept}
    return Contest(frozenset(dropped), released, costs)


def _on_indicators(claims: Iterable[Claim]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for claim in claims:
        if claim.kind is Kind.INDICATOR:
            found.setdefault(claim.event.item, []).append(claim.event)
    return found


def _bonus_weight(claim: Claim) -> tuple[int, int, int, int]:
    """Least first: the bonus that brings most alone; into the total before tie-breaks only; the scheme's order."""
    only_ties = isinstance(claim.item, Bonus) and claim.item.counting is Counting.TIE_BREAK
    return -claim.alone, int(only_ties), -claim.asked, claim.place


def _veto_weight(scheme: Scheme, claim: Claim) -> tuple[int, int, int]:
    """Least first: the veto under which the best grade falls furthest; then one that zeroes; the scheme's order."""
    assert isinstance(claim.item, Veto)
    consequence = claim.item.consequence
    if isinstance(consequence, GradeCap):
        codes = [grade.code for grade in scheme.grading.grades]
        falls = codes.index(consequence.grade) if consequence.grade in codes else 0
        return -falls, 1, claim.place
    return -consequence.steps, int(not consequence.zero_indicator), claim.place
