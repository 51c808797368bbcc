"""What treatment has to say beside the figures: who was left out and why, and what it cannot be combined with."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from baton.engine.quantum import half_up
from baton.engine.result.sheet import Standing
from baton.engine.scheme.adjustments import Event
from baton.engine.terms import plain
from baton.engine.treatment.treat import Treated
from baton.words import Place, Problem, Refused


def told(treated: Treated, standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """Give standings with the reason why a unit that the screen leaves out has no score."""
    reasons = {
        one.unit: (
            "engine.screened",
            {"there": one.there, "due": one.due, "share": _percent(one.available), "zeros": one.zeros},
        )
        for one in treated.availability
        if not one.kept
    }
    return tuple(
        replace(one, reasons=(*one.reasons, reasons[one.unit])) if one.unit in reasons else one for one in standings
    )


def _percent(share: Fraction | None) -> str:
    """A share in per cent with one decimal; a dash where there is none."""
    return "—" if share is None else f"{plain(Decimal(half_up(share * 1000)).scaleb(-1))}%"


def refuse_events(treated: Treated, events: Iterable[Event]) -> None:
    """Refuse events that are part of a treated figure: a treated value no longer holds their quantity.

    Raises `Refused` with each unit and indicator.
    """
    plan = treated.scope.plan
    changed = {leaf.indicator.code for leaf in treated.scope.leaves.values() if treated.scope.changes(leaf)}
    found = {(event.unit, event.item) for event in events if event.item in changed}
    if found:
        raise Refused(
            Problem(
                "engine.treatment_and_event",
                {"unit": plan.names.get(unit, unit), "indicator": indicator},
                Place(field=f"{unit}/{indicator}"),
            )
            for unit, indicator in sorted(found)
        )
