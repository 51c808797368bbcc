"""Many rows at once, by the shortest way that a database has: PostgreSQL copies, SQLite selects and inserts."""

from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Any

import polars as pl
from django.db import connection, models
from psycopg import sql

_AT_ONCE = 2_000


def as_table(rows: "models.QuerySet[Any, tuple[Any, ...]]", schema: dict[str, Any]) -> pl.DataFrame:
    """Read rows of values (`values_list`) as a table; `schema` names its columns: texts and booleans, without nulls."""
    if connection.vendor != "postgresql":
        return pl.DataFrame(list(rows), schema=schema, orient="row")
    statement, given = rows.query.sql_with_params()
    copying = f"COPY ({statement}) TO STDOUT (FORMAT csv)"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(copying, given) as copied:
        content = b"".join(copied)
    texts = dict.fromkeys(schema, pl.String)
    table = pl.DataFrame(schema=texts)
    if content:
        read = pl.read_csv(content, has_header=False, new_columns=list(schema), schema_overrides=texts)
        table = read.with_columns(pl.all().fill_null(""))
    marked = [(pl.col(name) == "t").alias(name) for name, kind in schema.items() if kind == pl.Boolean]
    return table.with_columns(marked)


def add_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows of a table; `names` are its fields as the database has them (`run_id`), values as its columns hold them.

    Wants every field that has no default in the database. Nothing is told of it: neither signals nor a model's `save`.
    """
    if connection.vendor != "postgresql":
        manager = model._default_manager
        for some in batched(rows, _AT_ONCE):
            manager.bulk_create(model(**dict(zip(names, row, strict=True))) for row in some)
        return
    columns = [sql.Identifier(_column(model, name)) for name in names]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(columns)
    )
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _column(model: type[models.Model], name: str) -> str:
    """Give the column of a field; `get_field` also finds what leads here from other tables, which has none."""
    return next(str(field.column) for field in model._meta.concrete_fields if field.attname == name)
