"""Panels out of long tables: millions of figures checked and scaled by columns.

A double x counts as the decimal with the fewest places that reads back as x: whole / 10^s = x, where `whole` is the
nearest whole number. The division has a column on its right side, because Polars multiplies by the reciprocal of a
scalar, and 3 x 0.1 is not 0.3.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.panel.coded import Coded, coded
from baton.engine.panel.known import Known
from baton.engine.panel.observation import PERIOD
from baton.engine.panel.panel import Panel
from baton.engine.panel.survey import EXACT, LARGEST, MOST_DECIMALS, Survey, survey
from baton.engine.scheme.adjustments import Event
from baton.engine.scheme.model import Scheme
from baton.words import Place, Problem, Refused

_TOLERANCE = 2.0**-50
_SHOWN = 10
_KEYS = ("unit", "series", "figure", "period")


@dataclass(frozen=True, slots=True)
class _Findings:
    """What one pass over the rows found: a row per series, and a row per period."""

    series: pl.DataFrame
    periods: pl.DataFrame


def panel_of_frame(frame: pl.LazyFrame, scheme: Scheme, digest: str, events: Iterable[Event] = ()) -> Panel:
    """Make a panel of a long table.

    Columns: unit, series (or indicator), period, value and, where there are several figures, figure (else every value
    is `actual`); `preliminary` is optional. Values are integers, decimals or doubles; a null value is a figure that is
    not there. Raises `Refused` with every series that holds NaN or infinities, more decimals than its indicators
    declare (without a declaration: more than twelve) or numbers that do not fit, with rows that lack a key, and with
    periods that are none. `digest` is the SHA-256 of the file the table came from. That no key comes twice is checked
    by the engine.
    """
    named = named_columns(frame, scheme)
    declared = declared_decimals(scheme)
    is_double = named.collect_schema()["value"].is_float()
    rows = coded(named, scheme)
    found = None if rows is None else survey(rows, declared)
    whole: Coded | None = None
    if found is None:
        told = _examined(named, declared, is_double)
        texts = _scaled(named, told.decimals, is_double)
    else:
        told, whole = found
        texts = whole.texts()
    periods = {period for _, _, period in told.known.largest}
    return Panel(
        nw.from_native(texts),
        told.decimals,
        digest,
        tuple(events),
        years=tuple(sorted({int(period[:4]) for period in periods})),
        has_quarters=any("Q" in period for period in periods),
        has_preliminary=told.preliminary,
        known=told.known,
        coded=whole,
    )


def whole_numbers(rows: Coded, decimals: Mapping[str, int], is_double: bool) -> Coded:
    """Give values as whole numbers of 10^-decimals."""
    value = pl.col("value")
    if not is_double:
        return replace(
            rows, table=rows.table.with_columns((value * 10 ** max(decimals.values(), default=0)).cast(pl.Int64))
        )
    powers = [10.0 ** decimals.get(series, 0) for series, _ in rows.names]
    factor = pl.lit(powers[0]) if len(set(powers)) == 1 else pl.lit(pl.Series(powers)).gather(pl.col("name_code"))
    return replace(rows, table=rows.table.with_columns((value * factor + 0.5).floor().cast(pl.Int64)))


def _examined(named: pl.LazyFrame, declared: Mapping[str, int], is_double: bool) -> Survey:
    """Look more closely at a table in which something is wrong, or seems to be; raises `Refused` with all of it."""
    findings = _inspect(named, is_double)
    problems = [*_keys(findings), *_values(findings, declared)]
    if problems:
        raise Refused(problems)
    decimals = dict(findings.series.select("series", "places").iter_rows())
    if is_double:
        _refuse_inexact(_scaled(named, decimals, is_double, with_exact=True))
    present = named.filter(pl.col("value").is_not_null())
    whole = _scaled(named, decimals, is_double)
    names = whole.group_by("series", "figure", "period").agg(pl.col("value").abs().max())
    reports, units = pl.collect_all([names, present.select("unit").unique()], engine="streaming")
    known = Known(frozenset(units["unit"]), {tuple(keys): largest for *keys, largest in reports.iter_rows()})
    return Survey(known, decimals, bool(findings.periods["preliminary"].any()))


def named_columns(frame: pl.LazyFrame, scheme: Scheme) -> pl.LazyFrame:
    """Give the columns their names and types; an indicator stands for its series."""
    schema = frame.collect_schema()
    lacking = [name for name in ("unit", "period", "value") if name not in schema]
    if "series" not in schema and "indicator" not in schema:
        lacking.append("series")
    if lacking:
        raise Refused([Problem("engine.frame_columns", {"lacking": "、".join(lacking), "given": "、".join(schema)})])
    kind = schema["value"]
    if not (kind.is_numeric() and kind != pl.Int128):
        raise Refused([Problem("engine.frame_type", {"given": str(kind)}, Place(field="value"))])
    series = pl.col("series" if "series" in schema else "indicator").cast(pl.String)
    if "series" not in schema:
        series = series.replace({one.code: one.series_code for one in scheme.indicators})
    figure = pl.col("figure").cast(pl.String) if "figure" in schema else pl.lit("actual")
    early = pl.col("preliminary").cast(pl.Boolean).fill_null(False) if "preliminary" in schema else pl.lit(False)
    return frame.select(
        unit=pl.col("unit").cast(pl.String),
        series=series,
        figure=figure,
        period=pl.col("period").cast(pl.String),
        value=pl.col("value").cast(pl.Float64) if kind.is_float() else pl.col("value"),
        preliminary=early,
    )


def declared_decimals(scheme: Scheme) -> dict[str, int]:
    """Give the decimals that the indicators of a series declare, the most where they differ."""
    found: dict[str, int] = {}
    for one in scheme.indicators:
        if one.decimals is not None:
            found[one.series_code] = max(one.decimals, found.get(one.series_code, 0))
    return found


def _inspect(named: pl.LazyFrame, is_double: bool) -> _Findings:
    """Go once over the rows; by series: rows without a key, rows that are no finite numbers, places, largest number."""
    value = pl.col("value")
    keyless = pl.any_horizontal(pl.col(name).is_null() | (pl.col(name) == "") for name in _KEYS)
    finite = value.is_finite() if is_double else pl.lit(True)
    number = pl.when(finite).then(value)
    by_series = named.group_by("series").agg(
        keyless=keyless.sum(),
        strange=(~finite).sum(),
        largest=number.abs().max().cast(pl.Float64),
        places=_places(number, named, is_double),
    )
    by_period = named.filter(value.is_not_null()).group_by("period").agg(preliminary=pl.col("preliminary").any())
    series, periods = pl.collect_all([by_series.sort("series"), by_period.sort("period")], engine="streaming")
    return _Findings(series, periods)


def _places(number: pl.Expr, named: pl.LazyFrame, is_double: bool) -> pl.Expr:
    """Give the decimals a series needs, one more than the most where those do not suffice."""
    if not is_double:
        kind = named.collect_schema()["value"]
        places = kind.scale if isinstance(kind, pl.Decimal) else 0
        return pl.lit(places, pl.Int64).first()
    needed = pl.lit(0, pl.Int64)
    for places in range(MOST_DECIMALS + 1):
        shifted = number * 10.0**places
        off = (shifted - (shifted + 0.5).floor()).abs() > shifted.abs() * _TOLERANCE
        needed = needed + off.any().cast(pl.Int64)
    return needed


def _keys(findings: _Findings) -> Iterator[Problem]:
    keyless = int(findings.series["keyless"].sum())
    if keyless:
        yield Problem("engine.frame_keyless", {"count": keyless}, Place(field="、".join(_KEYS)))
    strange = findings.periods.filter(~pl.col("period").str.contains(PERIOD).fill_null(False))
    for given in strange["period"].head(_SHOWN).to_list():
        if given:
            yield Problem("engine.frame_not_a_period", {"given": given}, Place(field="period"))


def _values(findings: _Findings, declared: Mapping[str, int]) -> Iterator[Problem]:
    for row in findings.series.iter_rows(named=True):
        series, places = row["series"], row["places"]
        place = Place(field=f"value[{series}]")
        most = declared.get(series, MOST_DECIMALS)
        if row["strange"]:
            yield Problem("engine.frame_not_finite", {"series": series, "count": row["strange"]}, place)
        elif places > most:
            yield Problem("engine.frame_too_many_decimals", {"series": series, "most": most}, place)
        elif row["largest"] is not None and row["largest"] * 10.0**places > LARGEST:
            yield Problem(
                "engine.frame_too_large", {"series": series, "value": row["largest"], "places": places}, place
            )


def _scaled(
    named: pl.LazyFrame, decimals: Mapping[str, int], is_double: bool, with_exact: bool = False
) -> pl.LazyFrame:
    """Give whole numbers of 10^-decimals and, if asked, whether each is exactly the number that was given."""
    present = named.filter(pl.col("value").is_not_null())
    if not is_double:
        places = max(decimals.values(), default=0)
        return present.with_columns(value=(pl.col("value") * 10**places).cast(pl.Int64))
    same = len(set(decimals.values())) == 1
    if same and not with_exact:
        power = pl.lit(10.0 ** next(iter(decimals.values())))
    else:
        powers = {series: 10.0**places for series, places in decimals.items()}
        table = pl.LazyFrame(
            {"series": list(powers), "power": list(powers.values())},
            schema_overrides={"series": pl.String, "power": pl.Float64},
        )
        present, power = present.join(table, on="series", how="left", maintain_order="left"), pl.col("power")
    whole = (pl.col("value") * power + 0.5).floor()
    exact = {"exact": (whole / power == pl.col("value")) & (whole.abs() < EXACT)} if with_exact else {}
    return present.select(*_KEYS, value=whole.cast(pl.Int64), preliminary="preliminary", **exact)


def _refuse_inexact(scaled: pl.LazyFrame) -> None:
    """Refuse series in which a double is not the decimal it was taken for: more than 15 digits."""
    found = scaled.filter(~pl.col("exact")).group_by("series").agg(count=pl.len()).sort("series")
    rows: Iterable[tuple[Any, ...]] = found.collect(engine="streaming").iter_rows()
    problems = [
        Problem("engine.frame_inexact", {"series": series, "count": count}, Place(field=f"value[{series}]"))
        for series, count in rows
    ]
    if problems:
        raise Refused(problems)
