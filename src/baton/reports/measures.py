"""Measures of a result as listings: the same rows for the terminal and for a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from baton.documents.excel import Column, Kind, Level, Light, Sheet, Table, Workbook
from baton.engine.measures import Measures, Spread
from baton.engine.scheme.model import Scheme
from baton.engine.terms import plain
from baton.words import Language, text

type Cell = str | int | Decimal | Light | None

_DECIMALS = 3
_KINDS = {"share": Kind.PERCENT, "light": Kind.LIGHT, "number": Kind.DECIMAL, "count": Kind.INTEGER, "text": Kind.TEXT}
_WIDTHS = {"text": 26.0, "light": 24.0}


@dataclass(frozen=True)
class Listing:
    """A table by the codes of its title and its headings; `kinds` of the columns: text, count, share, number, light.

    The rows that most ask for attention come first. `brief`: the columns that are left out where there is little room.
    """

    name: str
    heads: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    brief: frozenset[int] = frozenset()

    @property
    def title(self) -> str:
        """The code of the title."""
        return f"reports.measures_{self.name}"


def listings(found: Measures, scheme: Scheme, language: Language) -> tuple[Listing, ...]:
    """Indicators, pairs that measure much the same, nodes, units; the first and the second are there to be acted on."""
    names = {one.code: one.name for one in scheme.groups} | {one.code: one.name for one in scheme.units}
    names |= {one.code: one.name for one in scheme.nodes} | {one.code: one.name for one in scheme.indicators}
    return (
        _indicators(found, names, language),
        _pairs(found, names),
        _nodes(found, names),
        _units(found, names, language),
    )


def measures_workbook(found: Measures, scheme: Scheme, language: Language) -> Workbook:
    """Make a workbook with a sheet for each listing."""
    sheets = [_sheet(one, language) for one in listings(found, scheme, language)]
    title = text("reports.measures_title", language, scheme=scheme.name, year=found.year)
    return Workbook(tuple(sheets), title=title, created=date(found.year, 12, 31), language=language)


def _sheet(one: Listing, language: Language) -> Sheet:
    columns = tuple(
        Column(
            text(head, language),
            _KINDS[kind],
            places=1 if kind == "share" else None,
            width=0 if head.endswith("_period") else _WIDTHS.get(kind, 0),
        )
        for head, kind in zip(one.heads, one.kinds, strict=True)
    )
    notes = text(f"{one.title}_note", language).split("\n")
    table = Table(columns, one.rows)
    return Sheet(text(f"{one.title}_sheet", language), text(one.title, language), tables=(table,), notes=tuple(notes))


def _heads(*names: str) -> tuple[str, ...]:
    return tuple(f"reports.measures_head_{name}" for name in names)


def _indicators(found: Measures, names: dict[str, str], language: Language) -> Listing:
    heads = ("indicator", "group", "period", "values", "missing", "zeros", "mean", "least", "greatest")
    rows = [
        (
            _name(one.indicator, names),
            names.get(one.group, one.group),
            one.period,
            one.values,
            one.units - one.values,
            one.zeros,
            _short(one.mean),
            _short(one.least),
            _short(one.greatest),
            _short(one.skewness),
            _short(one.kurtosis),
            _light(found, one, language),
        )
        for one in sorted(found.spreads, key=lambda one: _urgency(found, one, language))
    ]
    kinds = ("text", "text", "text", "count", "count", "count", *["number"] * 5, "light")
    named = _heads(*heads, "skewness", "kurtosis", "light")
    return Listing("indicators", named, kinds, rows, brief=frozenset({2, 6, 7, 8}))


def _urgency(found: Measures, one: Spread, language: Language) -> int:
    return (Level.OVER, Level.NEAR, Level.NONE, Level.NORMAL).index(_light(found, one, language).level)


def _light(found: Measures, one: Spread, language: Language) -> Light:
    if not one.values:
        return Light(Level.OVER, text("reports.measures_light_empty", language))
    if one.constant:
        return Light(Level.OVER, text("reports.measures_light_constant", language))
    if found.uneven(one):
        return Light(Level.NEAR, text("reports.measures_light_uneven", language))
    if one.kurtosis is None:
        return Light(Level.NONE, text("reports.measures_light_few", language))
    return Light(Level.NORMAL, text("reports.measures_light_even", language))


def _pairs(found: Measures, names: dict[str, str]) -> Listing:
    rows = [
        (
            _name(one.one, names),
            _name(one.other, names),
            names.get(one.group, one.group),
            one.period,
            one.units,
            _short(one.r),
        )
        for one in found.same
    ]
    kinds = ("text", "text", "text", "text", "count", "number")
    return Listing("pairs", _heads("indicator", "other", "group", "period", "units", "correlation"), kinds, rows)


def _nodes(found: Measures, names: dict[str, str]) -> Listing:
    rows = [
        (
            _name(one.node, names),
            names.get(one.group, one.group),
            one.period,
            one.children,
            one.units,
            _short(one.alpha),
        )
        for one in found.reliabilities
    ]
    kinds = ("text", "text", "text", "count", "count", "number")
    return Listing("nodes", _heads("node", "group", "period", "children", "units", "alpha"), kinds, rows)


def _units(found: Measures, names: dict[str, str], language: Language) -> Listing:
    rows = [
        (
            names.get(one.unit, one.unit),
            names.get(one.group, one.group),
            one.due,
            one.there,
            _short(one.available),
            _short(one.nonzero),
            text("reports.measures_screened", language) if one.screened else None,
        )
        for one in sorted(found.available, key=lambda one: (not one.screened, one.available or 0))
    ]
    kinds = ("text", "text", "count", "count", "share", "share", "text")
    heads = _heads("unit", "group", "due", "there", "available", "nonzero", "remark")
    return Listing("units", heads, kinds, rows)


def _name(code: str, names: dict[str, str]) -> str:
    """A code with its name; a part keeps its own code behind the indicator's."""
    whole, _, part = code.partition("/")
    return f"{whole} {names.get(whole, '')}" + (f"／{part}" if part else "")


def _short(number: float | Decimal | None) -> Decimal | None:
    """A number for the eye, to three decimals; the JSON of the command has it whole."""
    if number is None:
        return None
    exact = number if isinstance(number, Decimal) else Decimal(repr(number))
    return Decimal(plain(exact.quantize(Decimal(1).scaleb(-_DECIMALS))))
