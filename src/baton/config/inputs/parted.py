"""A panel read part by part from Parquet files, of any number of rows and in any order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from baton.config.inputs import long_parquet
from baton.config.inputs.files import PARQUET, find_files
from baton.config.inputs.pieces import ROWS, Piece, by_series, cut, rows_in, scattered
from baton.config.store.provenance import Input, input_of
from baton.engine.backends import PolarsBackend
from baton.engine.door import known_of
from baton.engine.panel.frame import panel_of_frame
from baton.engine.panel.panel import Panel
from baton.engine.panel.pieces import Look, look, panel_of_piece, together, years_of
from baton.engine.parts import PartedPanel
from baton.engine.ready import ready
from baton.engine.scheme.model import Scheme
from baton.words import Place, Problem, Refused

type Told = Callable[[str, int, int], None]

LARGE = 10_000_000
"""Figures from which a score goes part by part by itself; up to there it takes some 1.5 GB in memory."""


@dataclass(frozen=True)
class PartedData:
    """What was read: the panel, how many figures it has, and the files."""

    panel: PartedPanel
    count: int
    inputs: tuple[Input, ...]


def is_large(paths: Sequence[Path]) -> bool:
    """Tell whether the call means Parquet alone, and more of it than is scored at once."""
    try:
        found = find_files(paths, None).files
        return all(path.suffix.lower() == PARQUET for path in found) and sum(map(rows_in, found)) > LARGE
    except (Refused, OSError, ValueError):
        return False


def read_in_parts(
    paths: Sequence[Path], scheme: Scheme, scratch: Path, told: Told = lambda step, done, total: None, rows: int = ROWS
) -> PartedData:
    """Look at all files piece by piece; `scratch` is an empty folder for rows in another order, where that is needed.

    Raises `Refused` with what is wrong in the first files in which something is, and where files hold more than plain
    tables of numbers.
    """
    files = find_files(paths, None).files
    others = [path for path in files if path.suffix.lower() != PARQUET]
    if others:
        raise Refused([Problem("config.parts_need_parquet", {}, Place(file=path.name)) for path in others])
    _refuse_unless_plain(files)
    inputs = []
    for number, path in enumerate(files):
        told("config.step_files", number, len(files))
        inputs.append(input_of(path))
    seen, found = _looked(list(cut(files, rows)), scheme, told)
    if scattered(seen):
        seen = by_series(seen, scratch, rows, lambda done, total: told("config.step_regroup", done, total))

    def read(series: frozenset[str]) -> Panel:
        mine = [piece.read() for piece in seen if piece.series & series] or [seen[0].read().head(0)]
        return panel_of_piece(mine, scheme, series, found.survey)

    digest = long_parquet.digest_of_files(one.sha256 for one in inputs)
    panel = PartedPanel(found.survey.decimals, found.survey.known, digest, years_of(found.survey), read)
    return PartedData(panel, found.count, tuple(inputs))


def _refuse_unless_plain(files: Sequence[Path]) -> None:
    tables = [(path, long_parquet.plain_table(path)) for path in files]
    for path, table in tables:
        if table is None:
            long_parquet.read_parquet(path)
            raise Refused([Problem("config.parts_not_plain", {}, Place(file=path.name))])
    if not long_parquet.of_one_type([table for _, table in tables if table is not None]):
        raise Refused([Problem("config.parts_types")])


def _looked(pieces: Sequence[Piece], scheme: Scheme, told: Told) -> tuple[list[Piece], Look]:
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
