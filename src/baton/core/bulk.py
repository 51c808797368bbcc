"""Many rows at once, by the shortest way that a database has: PostgreSQL joins and copies, SQLite has its own."""

from io import BytesIO
from itertools import batched
from typing import Any

import polars as pl
from django.db import connection, models, transaction
from psycopg import sql

_AT_ONCE = 2_000
_SORTED_IN = "64MB"
"""What PostgreSQL may sort and join a county's year in, for this one reading, before it goes to disk."""
_UNIT, _RECORD = "\x1f", "\x1e"
"""What ASCII has for the ends of values and rows (unit and record separator), and no text that people enter has."""


def as_table(rows: "models.QuerySet[Any, tuple[Any, ...]]", schema: dict[str, Any]) -> pl.DataFrame:
    """Read rows of values (`values_list`) as a table, in no certain order.

    `schema` names its columns: texts and booleans, without nulls. PostgreSQL joins thousands of rows to one text: the
    way of each row through the client took longer than scoring.
    """
    if connection.vendor != "postgresql":
        return pl.DataFrame(list(rows), schema=schema, orient="row")
    content, height = _joined(rows, len(schema))
    texts = dict.fromkeys(schema, pl.String)
    if not height:
        return pl.DataFrame(schema=schema)
    if (content.count(_UNIT), content.count(_RECORD)) != (height * (len(schema) - 1), height - 1):
        # The end of a value stands in a value.
        return pl.DataFrame(list(rows), schema=schema, orient="row")
    read = pl.read_csv(
        content.encode(),
        has_header=False,
        new_columns=list(schema),
        schema_overrides=texts,
        separator=_UNIT,
        eol_char=_RECORD,
        quote_char=None,
    )
    table = read.with_columns(pl.all().fill_null(""))
    marked = [(pl.col(name) == "t").alias(name) for name, kind in schema.items() if kind == pl.Boolean]
    return table.with_columns(marked)


def _joined(rows: "models.QuerySet[Any, tuple[Any, ...]]", width: int) -> tuple[str, int]:
    """Give rows as one text, and how many there are; those that are alike in the first column come together."""
    statement, given = rows.query.sql_with_params()
    names = [f"c{number}" for number in range(width)]
    line = f", '{_UNIT}', ".join(names)
    joining = (
        f"SELECT string_agg(concat({line}), '{_RECORD}'), count(*)"
        f" FROM ({statement}) AS given({', '.join(names)}) GROUP BY {names[0]}"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', %s, true)", [_SORTED_IN])
        cursor.execute(joining, given)
        found = cursor.fetchall()
    return _RECORD.join(text for text, _ in found), sum(count for _, count in found)


def add_rows(model: type[models.Model], table: pl.DataFrame) -> None:
    """Add rows to the table of a model; columns are its fields as the database has them (`run_id`).

    Wants every field that has no default in the database; decimals are texts. Nothing is told of it: neither signals
    nor a model's `save`.
    """
    if connection.vendor != "postgresql":
        manager = model._default_manager
        for some in batched(table.iter_rows(named=True), _AT_ONCE):
            manager.bulk_create(model(**row) for row in some)
        return
    columns = [sql.Identifier(_column(model, name)) for name in table.columns]
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(columns)
    )
    # Texts in quotation marks, so that an empty one is told from nothing.
    content = BytesIO()
    table.write_csv(content, include_header=False, quote_style="non_numeric")
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        copy.write(content.getbuffer())


def decimal_text(whole: str, places: pl.Expr | str) -> pl.Expr:
    """Write whole numbers of 10^-places as `engine.terms.plain` writes decimals: `0.30` and `3E-1` are both `0.3`."""
    number, after = pl.col(whole), pl.col(places) if isinstance(places, str) else places
    digits = number.abs().cast(pl.String).str.zfill(after + 1)
    ahead = digits.str.head(digits.str.len_chars().cast(pl.Int64) - after)
    behind = digits.str.slice(digits.str.len_chars().cast(pl.Int64) - after).str.strip_chars_end("0")
    sign = pl.when(number < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    point = pl.when(behind == "").then(pl.lit("")).otherwise(pl.lit("."))
    return pl.concat_str([sign, ahead, point, behind])


def _column(model: type[models.Model], name: str) -> str:
    """Give the column of a field; `get_field` also finds what leads here from other tables, which has none."""
    return next(str(field.column) for field in model._meta.concrete_fields if field.attname == name)
