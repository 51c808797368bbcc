"""Standings and adjustments as flat tables for Parquet, and back. Decimals are plain text, so that nothing is lost."""

import json
from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal
from typing import Any

import polars as pl

from baton.engine.panel import Observation
from baton.engine.result.sheet import Adjustment, Standing
from baton.engine.terms import plain

_DECIMALS = {"base", "bonus", "deduction", "total", "compared", "rank", "tie_bonus", "asked", "points", "quantity"}
_STRUCTURES = {"tie_keys", "parts", "vetoes", "reasons"}
_MARK = "decimal"


def standings_table(standings: Iterable[Standing]) -> pl.DataFrame:
    """Give standings as a table: one row per unit, columns as the fields, structures as JSON text."""
    return _table(Standing, standings)


def adjustments_table(adjustments: Iterable[Adjustment]) -> pl.DataFrame:
    """Give adjustments as a table: one row per event that was answered."""
    return _table(Adjustment, adjustments)


def observations_table(observations: Iterable[Observation]) -> pl.DataFrame:
    """Give observations with the cells they came from; value as text, null: reported as not there."""
    rows = [
        (
            *(one.unit, one.series, one.figure, one.period),
            None if one.value is None else plain(one.value),
            *(one.preliminary, one.version),
            *(one.origin.file, one.origin.digest, one.origin.sheet, one.origin.cell, one.origin.conversion),
        )
        for one in observations
    ]
    texts = dict.fromkeys(("unit", "series", "figure", "period", "value"), pl.String)
    origin = dict.fromkeys(("file", "file_sha256", "sheet", "cell", "conversion"), pl.String)
    schema = {**texts, "preliminary": pl.Boolean, "version": pl.Int64, **origin}
    return pl.DataFrame(rows, schema=schema, orient="row")


def standings_of(table: pl.DataFrame) -> tuple[Standing, ...]:
    """Read standings back."""
    return tuple(Standing(**_values(row)) for row in table.iter_rows(named=True))


def adjustments_of(table: pl.DataFrame) -> tuple[Adjustment, ...]:
    """Read adjustments back."""
    return tuple(Adjustment(**_values(row)) for row in table.iter_rows(named=True))


def _table(record: type, records: Iterable[Any]) -> pl.DataFrame:
    names = [one.name for one in fields(record)]
    rows = [tuple(_cell(name, getattr(one, name)) for name in names) for one in records]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _cell(name: str, value: Any) -> str | None:
    if name in _STRUCTURES:
        return json.dumps(value, ensure_ascii=False, default=_marked)
    return plain(value) if isinstance(value, Decimal) else value


def _marked(value: object) -> object:
    """Write what JSON has no word for: a decimal as a marked text, everything else as its text."""
    return {_MARK: plain(value)} if isinstance(value, Decimal) else str(value)


def _unmarked(value: dict[str, Any]) -> object:
    return Decimal(value[_MARK]) if value.keys() == {_MARK} else value


def _values(row: dict[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, cell in row.items():
        if name in _STRUCTURES:
            read[name] = json.loads(cell, object_hook=_unmarked)
        else:
            read[name] = Decimal(cell) if name in _DECIMALS and cell is not None else cell
    for name in ("tie_keys", "vetoes"):
        if name in read:
            read[name] = tuple(read[name])
    if "reasons" in read:
        read["reasons"] = tuple((code, params) for code, params in read["reasons"])
    return read
