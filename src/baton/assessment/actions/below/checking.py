"""Receipts: what a unit saw, and that it saw it."""

from baton.assessment.models import Check, Figure, Month
from baton.assessment.rules.receipts import digest_of_figures, receipt_number
from baton.core import clock
from baton.core.acting import Actor, Told
from baton.org.models import Unit


def digest_about(month: Month, unit: Unit) -> tuple[str, int]:
    """Give the digest of the figures of a month that stand about a unit, and how many they are."""
    rows = Figure.objects.counting().filter(unit=unit, period=month.period)
    found = list(rows.values_list("series", "figure", "period", "version", "value"))
    return digest_of_figures(found), len(found)


def sign(told: Told, by: Actor, month: Month, unit: Unit, seen: str, figures: int) -> Check:
    """Write a receipt; by nobody where it is given by silence."""
    round_ = Check.objects.filter(month=month, unit=unit).count() + 1
    made = Check.objects.create(
        month=month,
        unit=unit,
        round=round_,
        receipt=receipt_number(month.period, unit.code, round_),
        seen=seen,
        figures=figures,
        by=by.user,
        at=clock.now(),
    )
    told.did("assessment.figures_checked", made, unit=unit.code, receipt=made.receipt, seen=seen, figures=figures)
    return made
