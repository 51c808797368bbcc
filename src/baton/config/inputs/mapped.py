"""Tables with a mapping file of their own kind: published results, and indicators that make a scheme."""

from pathlib import Path

from baton.engine.compare import Published
from baton.engine.scheme.model import Scheme
from baton.sheets.published import read_published, read_published_mapping
from baton.sheets.scheme_table import TableScheme, read_scheme_table, read_scheme_table_mapping
from baton.sheets.workbook.encoding import decode
from baton.words import Place, Problem, Refused


def read_published_table(table: Path, mapping: Path, scheme: Scheme) -> tuple[Published, ...]:
    """Read every published figure; raises `Refused` for a mapping or a table that cannot be used."""
    return read_published(table, scheme, read_published_mapping(_text(table, mapping), mapping.name))


def read_indicator_table(table: Path, mapping: Path) -> tuple[TableScheme, ...]:
    """Read every scheme of a table of indicators; raises `Refused` for a mapping or a table that cannot be used."""
    return read_scheme_table(table, read_scheme_table_mapping(_text(table, mapping), mapping.name))


def _text(table: Path, mapping: Path) -> str:
    missing = [path for path in (table, mapping) if not path.is_file()]
    if missing:
        raise Refused([Problem("config.not_found", {"given": str(path)}) for path in missing])
    decoded = decode(mapping.read_bytes())
    if decoded is None:
        raise Refused([Problem("config.long_encoding", {}, Place(file=mapping.name))])
    return decoded.text
