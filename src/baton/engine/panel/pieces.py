"""A long table looked at piece by piece, and panels of some of its series, held to what was found in all pieces."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from baton.engine.panel.coded import coded
from baton.engine.panel.frame import declared_decimals, named_columns, whole_numbers
from baton.engine.panel.known import Known
from baton.engine.panel.panel import Panel
from baton.engine.panel.survey import EXACT, LARGEST, Survey, survey
from baton.engine.scheme.model import Scheme


@dataclass(frozen=True, slots=True)
class Look:
    """What was found in a piece: its survey, and how many figures it holds."""

    survey: Survey
    count: int


def look(frame: pl.LazyFrame, scheme: Scheme) -> Look | None:
    """Look at a piece of a table (columns as for `panel_of_frame`).

    None where something is wrong, or unknown to the scheme: `panel_of_frame` can say what.
    """
    rows = coded(named_columns(frame, scheme), scheme)
    found = None if rows is None else survey(rows, declared_decimals(scheme))
    return None if rows is None or found is None else Look(found[0], len(rows.table))


def together(looks: Iterable[Look], is_double: bool) -> Look | None:
    """Put looks at pieces together as one look at all; None where a number does not fit the decimals of its series.

    Series have the most decimals that they have in any piece.
    """
    pieces = list(looks)
    decimals: dict[str, int] = {}
    for one in pieces:
        for series, places in one.survey.decimals.items():
            decimals[series] = max(places, decimals.get(series, 0))
    largest: dict[tuple[str, str, str], int] = {}
    for one in pieces:
        for names, value in one.survey.known.largest.items():
            series = names[0]
            here = int(value) * 10 ** (decimals[series] - one.survey.decimals[series])
            largest[names] = max(here, largest.get(names, 0))
    if max(largest.values(), default=0) > (EXACT if is_double else LARGEST):
        return None
    units = frozenset().union(*(one.survey.known.units for one in pieces))
    preliminary = any(one.survey.preliminary for one in pieces)
    return Look(Survey(Known(units, largest), decimals, preliminary), sum(one.count for one in pieces))


def panel_of_piece(frames: Sequence[pl.LazyFrame], scheme: Scheme, series: frozenset[str], found: Survey) -> Panel:
    """Make a panel of the rows of some series, in the decimals and with the names of `found`, a look at all pieces."""
    named = named_columns(pl.concat(frames, how="diagonal_relaxed"), scheme)
    mine = named.filter(pl.col("series").is_in(sorted(series)))
    rows = coded(mine, scheme)
    if rows is None:
        raise ValueError("the table was changed while it was read")
    is_double = rows.table.schema["value"].is_float()
    whole = whole_numbers(rows, found.decimals, is_double)
    periods = {period for _, _, period in found.known.largest}
    return Panel(
        nw.from_native(whole.texts()),
        found.decimals,
        "",
        years=years_of(found),
        has_quarters=any("Q" in period for period in periods),
        has_preliminary=found.preliminary,
        known=found.known,
        coded=whole,
    )


def years_of(found: Survey) -> tuple[int, ...]:
    """Give the years of the periods found."""
    return tuple(sorted({int(period[:4]) for _, _, period in found.known.largest}))
