"""A whole column of numbers at once: whole numbers of 10^-scale, as the engine's panel holds them.

Plain doubles are read by column arithmetic, everything else cell by cell with `read_number`; both give the same. When
round(x * 10^k) has at most 15 digits and divided by 10^k gives x back (both operands are exact, and the division rounds
correctly), it is the one decimal of so many digits that x stands for: the very number that was typed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import polars as pl

from baton.sheets.cells.absent import Absent
from baton.sheets.cells.figure import Conversion, Figure, Percent, Wanted
from baton.sheets.cells.measure import SHARE, measure
from baton.sheets.cells.number import DOUBT_UNSTATED, read_number
from baton.sheets.workbook.model import Value
from baton.words import Place, Problem

_PLACES = (0, 2, 4, 6, 9)
_EXACT = 1e15
_SHORT = 300
"""Values up to which reading one by one costs less than setting column arithmetic going."""
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """The figures of a column.

    `scaled`: Int64, whole numbers of 10^-`scale`, null where there is no figure; `absent` says why there is none (a
    problem's cell is null and not listed there); `conversions` by index; all indices count the values as given.
    """

    scaled: pl.Series
    scale: int
    absent: Mapping[int, Absent]
    conversions: Mapping[int, tuple[Conversion, ...]]
    problems: tuple[Problem, ...]

    def decimals(self) -> list[Decimal | None]:
        """Give the figures as decimals."""
        return [None if number is None else Decimal(number).scaleb(-self.scale) for number in self.scaled]


def read_numbers(
    values: Sequence[Value],
    wanted: Wanted,
    place_of: Callable[[int], Place],
    formats: Mapping[int, str] | None = None,
    known_problems: Mapping[int, Problem] | None = None,
) -> NumberColumn:
    """Read a column; `formats` holds telling number formats by index, `place_of` gives the place of an index.

    `known_problems` are cells that something else is wrong with (an error value, a formula without a result): they are
    not read, and their problems are returned with the others.
    """
    formats, known = formats or {}, known_problems or {}
    doubles: Sequence[Value | None] = values
    if formats or known or set(map(type, values)) != {float}:
        doubles = [
            value if type(value) is float and index not in formats and index not in known else None
            for index, value in enumerate(values)
        ]
    if len(values) < _SHORT:
        scaled, scale = pl.Series([None] * len(values), dtype=pl.Int64), 0
    else:
        scaled, scale = _by_column(pl.Series(doubles, dtype=pl.Float64), wanted)
    figures: dict[int, Figure] = {}
    problems = dict(known)
    for index in scaled.is_null().arg_true():
        if index in known:
            continue
        read = read_number(values[index], wanted, formats.get(index, ""))
        if isinstance(read, Problem):
            problems[index] = replace(read, place=place_of(index))
        else:
            figures[index] = read
    scaled, scale = _joined(scaled, scale, figures, problems, place_of)
    return NumberColumn(
        scaled,
        scale,
        {index: figure.absent for index, figure in figures.items() if figure.absent is not None},
        {index: figure.conversions for index, figure in figures.items() if figure.conversions},
        tuple(problems[index] for index in sorted(problems)),
    )


def _by_column(doubles: pl.Series, wanted: Wanted) -> tuple[pl.Series, int]:
    """Scale what is plain; null for all that has to be looked at one by one."""
    doubles = doubles.set(~_plain(doubles, wanted), None)
    scaled = doubles
    fits = doubles.is_null()
    for places in _PLACES:
        power = pl.repeat(10.0**places, len(doubles), dtype=pl.Float64, eager=True)  # literals divide inexactly
        scaled = (doubles * power).round()
        fits = (scaled.abs() < _EXACT) & (scaled / power == doubles)
        if fits.all():
            break
    return scaled.set(~fits, None).cast(pl.Int64), places


def _plain(doubles: pl.Series, wanted: Wanted) -> pl.Series:
    """Tell which doubles mean themselves: finite, in the wanted unit, and not in doubt as a percentage."""
    target = measure(wanted.unit)
    if wanted.stated not in ("", wanted.unit):
        return pl.repeat(False, len(doubles), eager=True)
    finite = doubles.is_finite()
    if target is None or target.dimension != SHARE or wanted.percent is Percent.POINTS:
        return finite
    if wanted.percent is Percent.FRACTION:
        return pl.repeat(False, len(doubles), eager=True)
    return finite & (doubles.abs() > float(DOUBT_UNSTATED))


def _joined(
    scaled: pl.Series,
    scale: int,
    figures: Mapping[int, Figure],
    problems: dict[int, Problem],
    place_of: Callable[[int], Place],
) -> tuple[pl.Series, int]:
    """Put the cells that were read one by one into the column, at a scale that holds all of them."""
    single = {index: figure.value for index, figure in figures.items() if figure.value is not None}
    if not single:
        return scaled, scale
    finest = max(scale, *(-int(value.as_tuple().exponent) for value in single.values()))
    largest = scaled.abs().max()
    if isinstance(largest, int) and largest * 10 ** (finest - scale) > _LARGEST:
        finest = scale
    numbers: dict[int, int] = {}
    for index, value in single.items():
        number = value.scaleb(finest)
        if abs(number) > _LARGEST or (finest == scale and number != int(number)):
            params = {"given": str(value), "digits": len(str(_LARGEST)) - 1}
            problems[index] = Problem("sheets.number_too_long", params, place_of(index))
        else:
            numbers[index] = int(number)
    raised = scaled * 10 ** (finest - scale) if isinstance(largest, int) else scaled
    return raised.scatter([*numbers], [*numbers.values()]) if numbers else raised, finest
