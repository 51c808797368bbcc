"""What visits found on the terminal: corrected totals with their intervals, and the chances they rest on."""

from decimal import Decimal
from pathlib import Path

from baton.config.screen.tables import Shown, print_line, print_table
from baton.engine.integrity.visits import Corrected
from baton.engine.scheme.model import Scheme
from baton.reports.targets import Names, indicator_words, shown, span_words
from baton.reports.targets.wording import number
from baton.sheets.visits import VisitsMade
from baton.words import Language, text

_CORRECTED = (
    "integrity.head_indicator",
    "integrity.head_reported_total",
    "integrity.head_corrected",
    "integrity.head_error",
    "integrity.head_span",
    "integrity.head_visited",
)
_CHANCES = ("integrity.head_group", "integrity.head_unit", "integrity.head_inclusion", "integrity.head_visited")


def print_visits(
    scheme: Scheme, made: VisitsMade, found: tuple[Corrected, ...], language: Language, written: Path | None
) -> None:
    """Print what was corrected, then every unit of the plan with its chance and how many figures were found there."""
    names, form = Names(scheme, language), made.form
    rows: list[list[Shown]] = [
        [
            indicator_words(one, names),
            number(float(one.reported)) if one.averaged else one.reported,
            None if one.estimate is None else shown(one.estimate.total),
            None if one.estimate is None else shown(one.estimate.error),
            span_words(one),
            f"{one.visits - len(one.missing)} / {one.visits}",
        ]
        for one in found
    ]
    print_table(text("integrity.corrected_title", language, year=form.year), _CORRECTED, rows, language)
    asked = {one.unit: sum(stop.unit == one.unit for stop in form.stops) for one in form.visits}
    filled = {one.unit: sum(unit == one.unit for unit, _ in made.found) for one in form.visits}
    chances = {one.unit: one.chance for one in form.stops}
    visited: list[list[Shown]] = [
        [
            names.groups.get(one.stratum, one.stratum),
            names.units.get(one.unit, one.unit),
            Decimal(chances[one.unit]),
            f"{filled[one.unit]} / {asked[one.unit]}",
        ]
        for one in form.visits
    ]
    print_table(text("integrity.visits_title", language, seed=form.seed), _CHANCES, visited, language)
    print_line("integrity.visits_digest", language, digest=form.digest)
    print_line("integrity.note_corrected", language)
    if any(one.silent for one in found):
        print_line("integrity.note_silent", language)
    if written is not None:
        print_line("config.written", language, path=written)
