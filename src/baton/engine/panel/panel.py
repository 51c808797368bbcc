"""The panel: what was reported for a year, checked at the door and held as whole numbers."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.panel.coded import Coded
from baton.engine.panel.known import Known
from baton.engine.panel.observation import PERIOD, Observation
from baton.engine.scheme.adjustments import Event
from baton.engine.terms import plain
from baton.words import Place, Problem, Refused

COLUMNS = ("unit", "series", "figure", "period", "value", "preliminary")
_LARGEST = 9 * 10**18
_MOST_DECIMALS = 12
_MOST_DIGITS = 19
_MOST_SHOWN = 40
_PERIOD = re.compile(PERIOD)


@dataclass(frozen=True)
class Panel:
    """Observations as one frame, and the events of the year.

    frame: unit, series, figure, period (text), value (Int64, whole numbers of 10^-decimals[series], no nulls),
    preliminary (Boolean). One row per unit, series, figure and period; the engine checks that.
    `has_quarters`, `has_preliminary`: False where it is known that there are none, which saves work; `has_doubles`:
    False where it is known that no key comes twice.
    `known`: the names that occur, where they were seen already; None: the engine looks for itself. `coded`: the rows of
    `frame` with numbers for texts, where somebody made them; whoever changes one changes the other.
    `digest` names the data: SHA-256 of the canonical rows, or of the files they came from.
    """

    frame: nw.LazyFrame[Any]
    decimals: Mapping[str, int]
    digest: str
    events: tuple[Event, ...] = ()
    years: tuple[int, ...] = ()
    has_quarters: bool = True
    has_preliminary: bool = True
    has_doubles: bool = True
    known: Known | None = None
    coded: Coded | None = None

    @classmethod
    def of(cls, observations: Iterable[Observation], events: Iterable[Event] = ()) -> "Panel":
        """Make a panel of observations; corrections (higher version) and final figures replace earlier ones.

        Raises `Refused` with every figure that is reported twice, is not finite, has too many digits, or is reported
        for something that is no period.
        """
        chosen = _current(observations)
        decimals = _scales(chosen)
        columns: dict[str, list[object]] = {name: [] for name in COLUMNS}
        for one in chosen:
            value = one.value if one.value is not None else Decimal(0)
            row = (
                one.unit,
                one.series,
                one.figure,
                one.period,
                int(value.scaleb(decimals[one.series])),
                one.preliminary,
            )
            for name, item in zip(COLUMNS, row, strict=True):
                columns[name].append(item)
        schema = dict.fromkeys(COLUMNS[:4], pl.String) | {"value": pl.Int64, "preliminary": pl.Boolean}
        table = pl.DataFrame(columns, schema=schema)
        years = tuple(sorted({int(one.period[:4]) for one in chosen}))
        return cls(
            nw.from_native(table.lazy()),
            decimals,
            digest_of(chosen),
            tuple(events),
            years,
            has_quarters=any("Q" in one.period for one in chosen),
            has_preliminary=any(one.preliminary for one in chosen),
            has_doubles=False,
            known=_known(chosen, columns["value"]),
        )


def _known(chosen: list[Observation], values: list[object]) -> Known:
    largest: dict[tuple[str, str, str], int] = {}
    for one, value in zip(chosen, values, strict=True):
        names = one.series, one.figure, one.period
        largest[names] = max(abs(int(str(value))), largest.get(names, 0))
    return Known(frozenset(one.unit for one in chosen), largest)


def _key(one: Observation) -> tuple[str, str, str, str]:
    return one.unit, one.series, one.figure, one.period


def _current(observations: Iterable[Observation]) -> list[Observation]:
    """Of each key the observation that counts: final before preliminary, then the highest version."""
    chosen: dict[tuple[str, str, str, str], Observation] = {}
    problems: list[Problem] = []
    for one in observations:
        wrong = _wrong(one)
        if wrong is not None:
            problems.append(wrong)
            continue
        before = chosen.get(_key(one))
        if before is None or _standing(one) > _standing(before):
            chosen[_key(one)] = one
        elif _standing(one) == _standing(before):
            problems.append(_problem("engine.reported_twice", one, other=_where(before)))
    if problems:
        raise Refused(problems)
    return [one for _, one in sorted(chosen.items()) if one.value is not None]


def _wrong(one: Observation) -> Problem | None:
    """Say what is wrong with a figure by itself."""
    if not _PERIOD.fullmatch(one.period):
        return _problem("engine.not_a_period", one)
    if one.value is None:
        return None
    if not one.value.is_finite():
        return _problem("engine.not_finite", one, value=str(one.value))
    if one.value and one.value.adjusted() >= _MOST_DIGITS:
        return _problem("engine.too_large", one, value=_shown(one.value))
    if _places(one.value) > _MOST_DECIMALS:
        return _problem("engine.too_many_decimals", one, value=_shown(one.value), most=_MOST_DECIMALS)
    return None


def _shown(value: Decimal) -> str:
    """A number as it is written, shortened where its digits would fill a page."""
    text = str(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def _places(value: Decimal) -> int:
    """Decimals of a number without its trailing zeros; every digit counts, however many there are."""
    _, digits, exponent = value.as_tuple()
    if not value or not isinstance(exponent, int) or exponent >= 0:
        return 0
    significant = len("".join(map(str, digits)).rstrip("0"))
    return max(0, significant - len(digits) - exponent)


def _standing(one: Observation) -> tuple[bool, int]:
    return not one.preliminary, one.version


def _where(one: Observation) -> str:
    return Place(one.origin.file, one.origin.sheet, one.origin.cell).label()


def _problem(code: str, one: Observation, **params: object) -> Problem:
    named = {"unit": one.unit, "series": one.series, "figure": one.figure, "period": one.period, **params}
    return Problem(code, named, Place(one.origin.file, one.origin.sheet, one.origin.cell))


def _scales(observations: list[Observation]) -> dict[str, int]:
    """Decimals of each series; refuses numbers that do not fit 64 bits with them."""
    decimals: dict[str, int] = {}
    for one in observations:
        if one.value is not None:
            decimals[one.series] = max(decimals.get(one.series, 0), _places(one.value))
    problems = [
        _problem("engine.too_large", one, value=plain(one.value))
        for one in observations
        if one.value is not None and abs(one.value.scaleb(decimals[one.series])) > _LARGEST
    ]
    if problems:
        raise Refused(problems)
    return decimals


def digest_of(observations: Iterable[Observation]) -> str:
    """SHA-256 of the canonical rows `unit,series,figure,period,value,p|f`, one a line, sorted."""
    lines = sorted(
        f"{o.unit},{o.series},{o.figure},{o.period},{plain(o.value)},{'p' if o.preliminary else 'f'}\n"
        for o in observations
        if o.value is not None
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()
