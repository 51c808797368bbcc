"""The running ledger: what can be done with an entry when."""

from datetime import date

from baton.assessment.choices import LedgerKind, LedgerState
from baton.engine.plan.leaf import entries, is_derived
from baton.engine.scheme.adjustments import Bonus, Deduction, GradeDrop, Veto
from baton.engine.scheme.indicators import Indicator
from baton.engine.terms import Direction
from baton.words import Problem


def confirm_problem(kind: LedgerKind, state: LedgerState, reply_until: date | None, today: date) -> Problem | None:
    """Say what still keeps an entry from being confirmed; None where nothing does.

    A deduction or veto is announced to the unit in writing first, and the unit has its days to reply (domain.md, last
    section, 6: 扣分、一票否优先书面告知、给申辩期，再确认); once it has replied nobody need wait.
    """
    if state in (LedgerState.CONFIRMED, LedgerState.DROPPED):
        return Problem("assessment.entry_decided")
    if kind in (LedgerKind.BONUS, LedgerKind.INDICATOR):
        return None
    if state is LedgerState.NOTED or reply_until is None:
        return Problem("assessment.entry_not_announced")
    if state is LedgerState.ANNOUNCED and today <= reply_until:
        return Problem("assessment.entry_reply_runs", {"until": reply_until.isoformat()})
    return None


type Item = Bonus | Deduction | Veto | Indicator


def zeroes(item: Item) -> bool:
    """Whether an event of an item names an indicator, whose points become 0."""
    return isinstance(item, Veto) and isinstance(item.consequence, GradeDrop) and item.consequence.zero_indicator


def counts_cases(indicator: Indicator) -> bool:
    """Whether an indicator counts what had better not happen, so that some of it may belong to a matter of the ledger.

    Quotients are left out: nothing can be taken out of them (`engine.adjust.check`).
    """
    return indicator.direction is Direction.LOWER and not any(is_derived(entry) for entry in entries(indicator))
