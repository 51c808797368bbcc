"""The database's own index under the entries: FTS5 on SQLite, tsvector with GIN on PostgreSQL, behind one interface.

Neither cuts the words: both are given what `rules.grams` made, so both find the same, whatever locale they run in.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol, override

from django.db import connection
from django.db.models.expressions import RawSQL

type Terms = Sequence[tuple[str, bool]]


class Index(Protocol):
    """What an index can do."""

    def write(self, entries: Iterable[tuple[int, list[str]]]) -> None:
        """Put entries in by number with their grams, in place of what stood there."""

    def forget(self, numbers: Iterable[int]) -> None:
        """Take entries out."""

    def matching(self, terms: Terms) -> RawSQL:
        """Give the numbers of the entries that have all terms, as a part of a query."""


class SqliteIndex(Index):
    """A table of FTS5. Grams are quoted: nothing that somebody types is taken for a command of its language."""

    @override
    def write(self, entries: Iterable[tuple[int, list[str]]]) -> None:
        rows = [(number, " ".join(grams)) for number, grams in entries]
        self.forget(number for number, _ in rows)
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO core_searchgrams (rowid, grams) VALUES (%s, %s)", rows)

    @override
    def forget(self, numbers: Iterable[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM core_searchgrams WHERE rowid = %s", [(number,) for number in numbers])

    @override
    def matching(self, terms: Terms) -> RawSQL:
        asked = " AND ".join(_quoted(gram, '"', '""') + ("*" if more else "") for gram, more in terms)
        return RawSQL("SELECT rowid FROM core_searchgrams WHERE core_searchgrams MATCH %s", [asked])


class PostgresIndex(Index):
    """A column `grams` beside the entry, made of an array, which no parser touches ('simple' is all it would be)."""

    @override
    def write(self, entries: Iterable[tuple[int, list[str]]]) -> None:
        rows = [(grams, number) for number, grams in entries]
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE core_searchentry SET grams = array_to_tsvector(%s::text[]) WHERE id = %s", rows)

    @override
    def forget(self, numbers: Iterable[int]) -> None:
        """Nothing: the column goes with its row."""

    @override
    def matching(self, terms: Terms) -> RawSQL:
        asked = " & ".join(_quoted(gram, "'", "''") + (":*" if more else "") for gram, more in terms)
        return RawSQL("SELECT id FROM core_searchentry WHERE grams @@ %s::tsquery", [asked])


def _quoted(gram: str, sign: str, doubled: str) -> str:
    return f"{sign}{gram.replace(sign, doubled)}{sign}"


def index() -> Index:
    """Give the index of the database in use."""
    return PostgresIndex() if connection.vendor == "postgresql" else SqliteIndex()
