"""A panel read part by part from Parquet files, of any number of rows and in any order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from baton.config.inputs import long_parquet
from baton.config.inputs.by_series import by_series, scattered
from baton.config.inputs.files import PARQUET, find_files
from baton.config.inputs.looked import looked, refuse_unless_plain
from baton.config.inputs.pieces import ROWS, cut, rows_in
from baton.engine.panel.panel import Panel
from baton.engine.panel.pieces import panel_of_piece, years_of
from baton.engine.parts import PartedPanel
from baton.engine.scheme.model import Scheme
from baton.reports.store.provenance import Input, input_of
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
    refuse_unless_plain(files)
    inputs = []
    for number, path in enumerate(files):
        told("config.step_files", number, len(files))
        inputs.append(input_of(path))
    seen, found = looked(list(cut(files, rows)), scheme, told)
    if scattered(seen):
        seen = by_series(seen, scratch, rows, lambda done, total: told("config.step_regroup", done, total))

    def read(series: frozenset[str]) -> Panel:
        mine = [piece.read() for piece in seen if piece.series & series] or [seen[0].read().head(0)]
        return panel_of_piece(mine, scheme, series, found.survey)

    digest = long_parquet.digest_of_files(one.sha256 for one in inputs)
    panel = PartedPanel(found.survey.decimals, found.survey.known, digest, years_of(found.survey), read)
    return PartedData(panel, found.count, tuple(inputs))
