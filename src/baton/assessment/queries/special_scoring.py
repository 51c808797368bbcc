"""A special assessment put through the engine, by the figures that stand now. Who may see it, callers decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from baton.assessment.models import Figure, Special, SpecialRun
from baton.assessment.models.figure import FigureQuerySet
from baton.assessment.queries.monthly import newest_figure
from baton.assessment.rules.special import periods_of, span_scheme
from baton.core.bulk import as_table
from baton.engine.explain import Explanation, IndicatorExplanation, LeafExplanation, Line, explain_all
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.panel.texts import panel_of_texts
from baton.engine.result.sheet import ScoreSheet
from baton.engine.scheme.digest import digest
from baton.engine.score import score
from baton.engine.terms import plain
from baton.words import Problem, Refused

_COLUMNS = ["unit", "series", "figure", "period", "value", "preliminary"]
_SCHEMA = dict.fromkeys(_COLUMNS[:5], pl.String) | {"preliminary": pl.Boolean}


@dataclass(frozen=True, slots=True)
class SpecialScored:
    """A sheet, with what a run keeps of where it came from.

    `given`: the figures it was made of: unit (code), series, figure, period, value (as it is kept), preliminary.
    """

    sheet: ScoreSheet
    scheme_digest: str
    until: int
    given: pl.DataFrame

    @property
    def figures(self) -> int:
        """How many figures it was made of."""
        return self.given.height


def figures_of(special: Special, among: FigureQuerySet | None = None) -> FigureQuerySet:
    """Give the figures that it reads, whoever brought them in: of those that count now, or `among`."""
    form, among = special.version.form, Figure.objects.counting() if among is None else among
    series = {field.series for field in form.fields.values()}
    units = [unit.code for unit in form.scheme.units if unit.group is not None]
    rows = among.filter(series__in=series, unit__code__in=units)
    return rows.filter(period__in=periods_of(special.first, special.last))


def scored_special(special: Special) -> SpecialScored:
    """Score it. Raises `Refused` with every figure that must be there and is not, as the engine says it."""
    newest = newest_figure()
    return _scored(special, figures_of(special), newest)


def special_again(run: SpecialRun) -> SpecialScored:
    """Make a run again by the figures that counted then, whatever was entered, corrected or taken back since.

    Raises `Refused` where that gives another digest than the run has: then some of what it rests on is no longer known.
    """
    found = _scored(run.special, figures_of(run.special, Figure.objects.as_of(run.until)), run.until)
    if found.sheet.digest != run.digest or found.sheet.data_digest != run.data_digest:
        params = {"found": found.sheet.digest, "told": run.digest}
        raise Refused([Problem("assessment.run_not_made_again", params)])
    return found


def special_panel(given: pl.DataFrame) -> Panel:
    """Make a panel of the figures of a run. Raises `Refused` with each that cannot be read."""
    return panel_of_texts(given) or Panel.of(_one_by_one(given))


def _scored(special: Special, figures: FigureQuerySet, newest: int) -> SpecialScored:
    rows = figures.exclude(value="").order_by().values_list("unit__code", *_COLUMNS[1:])
    given = as_table(rows, _SCHEMA)
    scheme = span_scheme(special.version.scheme, special.first, special.last)
    return SpecialScored(score(scheme, special_panel(given), special.year), digest(scheme), newest, given)


def changed_since(run: SpecialRun) -> bool:
    """Whether a figure that a run reads was entered or taken back since."""
    return figures_of(run.special).filter(pk__gt=run.until).exists()


def _one_by_one(given: pl.DataFrame) -> Iterator[Observation]:
    for *key, value, early in given.iter_rows():
        unit, series, figure, period = key
        yield Observation(unit, series, figure, period, Decimal(value), early)


def explanations(sheet: ScoreSheet) -> Iterator[Explanation]:
    """Explain every unit of a sheet."""
    return explain_all(sheet)


def lines_of(one: Explanation) -> list[dict[str, Any]]:
    """Give what a unit's indicators gave as JSON: numbers as text, sentences as codes, to be said in any language."""
    return [_line(indicator) for indicator in one.indicators]


def _line(one: IndicatorExplanation) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "unit": one.unit,
        "source": one.source,
        "definition": one.definition,
        "rule": _said(one.rule),
        "contribution": plain(one.contribution),
        "leaves": [_leaf(leaf) for leaf in one.leaves],
    }


def _leaf(one: LeafExplanation) -> dict[str, Any]:
    numbers = {"value": one.value, "target": one.target, "due": one.due, "points": one.points, "full": one.full}
    return {
        "part": one.part_name,
        "period": one.period,
        "rank": one.rank,
        "check": _said(one.check),
        "flags": _said(one.flags),
        **{name: "" if number is None else plain(number) for name, number in numbers.items()},
    }


def _said(lines: Sequence[Line]) -> list[list[Any]]:
    return [[line.code, {name: str(value) for name, value in line.params.items()}] for line in lines]
