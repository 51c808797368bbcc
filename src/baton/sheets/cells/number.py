"""A number cell: read exactly, converted to the wanted unit with a record, or refused with the reason.

Order: what the cell itself states (text unit, percent sign, number format) beats what the header states, and the header
beats what the scheme wants. Nothing is concluded from the size of a number, with one exception that leads to a refusal:
a plain number between -1 and 1 in a percentage column may be 0.974 % or 97.4 %, offices write both, so it is in doubt.
"""

import math
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

from baton.sheets.cells.absent import absent
from baton.sheets.cells.decimals import LARGEST, from_double, from_text, wrongly_grouped
from baton.sheets.cells.figure import Conversion, Figure, How, Percent, Wanted, tidy, written
from baton.sheets.cells.measure import SHARE, Measure, measure, ratio
from baton.sheets.cells.text import plain
from baton.sheets.workbook.model import Value
from baton.sheets.workbook.number_format import shown_by
from baton.words import Place, Problem

DOUBT = Decimal(1)
"""Plain numbers of a percentage column up to this size are in doubt when the header says %."""
DOUBT_UNSTATED = Decimal(2)
"""The same where nothing on the sheet says %: completions up to 200 % are commonly written as fractions."""

_HUNDRED = Decimal(100)
_NOWHERE = Place()


def read_number(raw: Value, wanted: Wanted, number_format: str = "", place: Place = _NOWHERE) -> Figure | Problem:
    """Read one number cell; gives a Problem for everything that is not surely one number in a unit that fits."""
    if isinstance(raw, str):
        return _from_text(raw, wanted, place)
    if isinstance(raw, bool):
        return Problem("sheets.truth_not_number", {"given": str(raw).upper(), "unit": wanted.unit}, place)
    if isinstance(raw, (date, time, timedelta)):
        return Problem("sheets.date_not_number", {"given": str(raw), "unit": wanted.unit}, place)
    if not math.isfinite(raw):
        return Problem("sheets.not_finite", {"given": str(raw)}, place)
    value, steps = from_double(raw)
    shown = shown_by(number_format)
    if not shown.telling:
        return _finish(value, "", wanted, steps, place)
    return _as_shown(value, number_format, wanted, steps, place)


def _as_shown(
    value: Decimal, number_format: str, wanted: Wanted, steps: tuple[Conversion, ...], place: Place
) -> Figure | Problem:
    shown = shown_by(number_format)
    if shown.scaled and not shown.unit:
        params = {"given": written(value), "shown": written(value * shown.factor), "format": number_format}
        return Problem("sheets.scaled_format", params, place)
    if shown.factor != 1:
        how = How.PERCENT_FORMAT if shown.unit == "%" else How.SCALED
        taken = tidy(value * shown.factor)
        steps = (*steps, Conversion(how, written(value), f"{written(taken)}{shown.unit}"))
        value = taken
    return _finish(value, shown.unit, wanted, steps, place)


def _from_text(raw: str, wanted: Wanted, place: Place) -> Figure | Problem:
    kind = absent(raw)
    if kind is not None:
        return Figure(None, kind)
    text = plain(raw).removeprefix("'")
    found = from_text(text)
    if found is None:
        code = "sheets.wrong_grouping" if wrongly_grouped(text) else "sheets.not_a_number"
        return Problem(code, {"given": raw, "unit": wanted.unit}, place)
    read = _finish(found.value, found.unit, wanted, found.conversions, place)
    if isinstance(read, Figure) and read.value is not None and not read.conversions and written(read.value) != raw:
        return replace(read, conversions=(Conversion(How.TEXT, raw, written(read.value)),))
    return read


def _finish(value: Decimal, unit: str, wanted: Wanted, steps: tuple[Conversion, ...], place: Place) -> Figure | Problem:
    """Bring a number to the wanted unit; `unit` is what the cell itself states."""
    digits = str(value)
    if (len(digits) > LARGEST or "E" in digits) and _too_long(value, wanted.rounded):
        return Problem("sheets.number_too_long", {"given": digits, "digits": LARGEST}, place)
    target = measure(wanted.unit)
    if not unit and target is not None and target.dimension == SHARE and wanted.percent is not Percent.POINTS:
        doubt = _share_without_sign(value, target, wanted, steps, place)
        if doubt is not None:
            return doubt
    return _converted(value, unit or wanted.stated, target, wanted, steps, place)


def _too_long(value: Decimal, rounded: bool) -> bool:
    if rounded:
        return value.adjusted() >= LARGEST
    _, digits, exponent = value.as_tuple()
    return value.adjusted() >= LARGEST or int(exponent) < -LARGEST or len(digits) > LARGEST


def _share_without_sign(
    value: Decimal, target: Measure, wanted: Wanted, steps: tuple[Conversion, ...], place: Place
) -> Figure | Problem | None:
    """Decide about a plain number in a percentage column; None when it counts in the unit stated or wanted."""
    if wanted.percent is Percent.FRACTION:
        taken = tidy(value * _HUNDRED / target.size)
        return Figure(taken, None, (*steps, Conversion(How.FRACTION, written(value), f"{written(taken)}{wanted.unit}")))
    if 0 < abs(value) <= (DOUBT if wanted.stated else DOUBT_UNSTATED):
        params = {
            "given": written(value),
            "points": f"{written(value)}{wanted.unit}",
            "fraction": f"{written(value * _HUNDRED / target.size)}{wanted.unit}",
        }
        return Problem("sheets.percent_in_doubt", params, place)
    return None


def _converted(
    value: Decimal, unit: str, target: Measure | None, wanted: Wanted, steps: tuple[Conversion, ...], place: Place
) -> Figure | Problem:
    if not unit or unit == wanted.unit:
        return Figure(value, None, steps)
    given = measure(unit)
    factor = ratio(given, target) if given is not None and target is not None else None
    if factor is None:
        params = {"given": f"{written(value)}{unit}", "stated": unit, "unit": wanted.unit or "-"}
        return Problem("sheets.unit_does_not_fit", params, place)
    if factor == 1:
        return Figure(value, None, steps)
    taken = tidy(value * factor)
    return Figure(
        taken, None, (*steps, Conversion(How.UNIT, f"{written(value)}{unit}", f"{written(taken)}{wanted.unit}"))
    )
