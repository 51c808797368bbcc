"""The first look at every piece of Parquet tables: what is found in them, or what is wrong with them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from baton.config.inputs import long_parquet
from baton.config.inputs.pieces import Piece
from baton.engine.backends import PolarsBackend
from baton.engine.door import known_of
from baton.engine.panel.frame import panel_of_frame
from baton.engine.panel.pieces import Look, look, together
from baton.engine.ready import ready
from baton.engine.scheme.model import Scheme
from baton.words import Place, Problem, Refused


def refuse_unless_plain(files: Sequence[Path]) -> None:
    """Raise `Refused` where files hold anything but plain tables of numbers of one type."""
    tables = [(path, long_parquet.plain_table(path)) for path in files]
    for path, table in tables:
        if table is None:
            long_parquet.read_parquet(path)
            raise Refused([Problem("config.parts_not_plain", {}, Place(file=path.name))])
    if not long_parquet.of_one_type([table for _, table in tables if table is not None]):
        raise Refused([Problem("config.parts_types")])


def looked(pieces: Sequence[Piece], scheme: Scheme, told: Callable[[str, int, int], None]) -> tuple[list[Piece], Look]:
    """Look at every piece; raises `Refused` with what is wrong in the first one in which something is."""
    looks, seen = [], []
    for number, piece in enumerate(pieces):
        told("config.step_look", number, len(pieces))
        found = look(piece.read(), scheme)
        if found is None:
            _refuse(piece, scheme)
        looks.append(found)
        seen.append(replace(piece, series=frozenset(series for series, _, _ in found.survey.known.largest)))
    is_double = pieces[0].read().collect_schema()["value"].is_float()
    whole = together(looks, is_double)
    if whole is None:
        raise Refused([Problem("config.parts_decimals")])
    return seen, whole


def _refuse(piece: Piece, scheme: Scheme) -> NoReturn:
    """Raise `Refused` with what is wrong in a piece: its numbers, or names that the scheme does not know."""
    panel = panel_of_frame(piece.read(), scheme, "")
    ready(scheme, panel.years[-1], panel.decimals, known_of(panel, PolarsBackend()))
    raise Refused([Problem("config.parts_not_plain", {}, Place(file=piece.spans[0].path.name))])
