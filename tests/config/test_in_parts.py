"""Scores from Parquet files part by part: the same folder of results, however the data are cut, or nothing at all."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from baton.config.engines import EngineName
from baton.config.inputs import parted, read_data, read_scheme
from baton.config.inputs.by_series import scattered
from baton.config.inputs.parted import is_large, read_in_parts
from baton.config.inputs.pieces import cut
from baton.config.work.folder import results_folder
from baton.config.work.parts import InParts
from baton.engine.parts import InMemory, score_in_parts
from baton.engine.score import score
from baton.reports.store import load_results
from baton.words import Refused

from .small import call as calling

UNITS = [f"U{number:02}" for number in range(12)]
SERIES = [f"I{number}" for number in range(6)]
MONTHS = [f"2025-{month:02}" for month in range(1, 13)]


@pytest.fixture
def scheme(tmp_path: Path) -> Path:
    """Two groups of six units, six indicators, months added up or kept."""
    lines = ["code: S", "name: S", "effective_from: 2025-01-01", "groups:"]
    lines += [f"  - {{code: {group}, name: {group}, root: R}}" for group in "GH"]
    lines += ["units:", *(f"  - {{code: {u}, name: {u}, group: {'GH'[n % 2]}}}" for n, u in enumerate(UNITS))]
    lines += ["nodes:", "  - {code: R, name: R, combine: {kind: arithmetic}}"]
    lines += ["  - {code: M, name: M, parent: R, frequency: month, weight: {'*': 1}}", "indicators:"]
    rule = "rule: {kind: min_max}, frequency: month, missing: exclude, decimals: 2"
    lines += [f"  - {{code: {code}, name: {code}, parent: M, points: {{'*': 10}}, {rule}}}" for code in SERIES]
    path = tmp_path / "scheme.yaml"
    path.write_text("\n".join(lines), "utf-8")
    return path


def table() -> pl.DataFrame:
    """Figures with gaps; series need zero, one or two decimals."""
    rows = [
        (unit, series, month, (u * 7 + s * 11 + m * 13) % 101 / 10 ** (s % 3))
        for u, unit in enumerate(UNITS)
        for s, series in enumerate(SERIES)
        for m, month in enumerate(MONTHS)
        if (u + s + m) % 17
    ]
    return pl.DataFrame(rows, schema=["unit", "series", "period", "value"], orient="row")


def one_file(folder: Path) -> None:
    folder.mkdir()
    table().write_parquet(folder / "all.parquet")


def by_month(folder: Path) -> None:
    folder.mkdir()
    for (month,), rows in table().partition_by("period", as_dict=True).items():
        rows.write_parquet(folder / f"{month}.parquet")


def by_series(folder: Path) -> None:
    for (series,), rows in table().partition_by("series", as_dict=True, include_key=False).items():
        (folder / f"series={series}").mkdir(parents=True)
        rows.write_parquet(folder / f"series={series}" / "part-0.parquet")


CUTS = {"one file": one_file, "by month": by_month, "by series": by_series}


@pytest.mark.parametrize("way", CUTS)
@pytest.mark.parametrize("rows", [50, 10_000])
def test_however_the_data_are_cut_the_result_is_the_same(tmp_path: Path, scheme: Path, way: str, rows: int) -> None:
    CUTS[way](tmp_path / "data")
    plan = read_scheme(scheme).latest
    whole = score(plan, read_data([tmp_path / "data"], plan).panel)
    (tmp_path / "scratch").mkdir()
    read = read_in_parts([tmp_path / "data"], plan, tmp_path / "scratch", rows=rows)
    held = InMemory()
    summary = score_in_parts(plan, read.panel, held, rows=rows)
    assert read.count == len(table())
    assert summary.digest == whole.digest
    assert summary.data_digest == whole.data_digest
    assert pl.concat(held.pieces).equals(whole.leaves.to_native())


def test_only_scattered_series_are_put_in_order(tmp_path: Path, scheme: Path) -> None:
    plan = read_scheme(scheme).latest
    moved = {}
    for way in ("by month", "by series"):
        CUTS[way](tmp_path / way)
        (tmp_path / f"scratch {way}").mkdir()
        read_in_parts([tmp_path / way], plan, tmp_path / f"scratch {way}", rows=50)
        moved[way] = len(list((tmp_path / f"scratch {way}").iterdir()))
    assert moved["by series"] == 0
    assert moved["by month"] > 0


def test_pieces_hold_every_row_once(tmp_path: Path) -> None:
    by_month(tmp_path / "data")
    pieces = list(cut(sorted((tmp_path / "data").iterdir()), 50))
    assert max(piece.rows for piece in pieces) <= 50
    rows = pl.concat([piece.read().collect() for piece in pieces]).sort(pl.all())
    assert rows.equals(table().sort(pl.all()))
    assert not scattered(pieces[:1])


def call(tmp_path: Path) -> InParts:
    return InParts([tmp_path / "data"], None, EngineName.POLARS, "", {}, None)


def test_the_folder_can_be_read_back_like_any_other(tmp_path: Path, scheme: Path) -> None:
    by_series(tmp_path / "data")
    with results_folder(tmp_path / "results") as folder:
        summary = call(tmp_path).score(folder, read_scheme(scheme), lambda step, done, total: None)
    sheet = load_results(tmp_path / "results")
    assert sheet.digest == summary.digest
    assert sheet.standings == summary.standings
    assert sorted(one.name for one in (tmp_path / "results").iterdir() if one.name.startswith(".")) == []
    changed = next((tmp_path / "results" / "results.parquet").iterdir())
    changed.write_bytes(changed.read_bytes() + b"x")
    with pytest.raises(Refused, match=r"config\.file_changed"):
        load_results(tmp_path / "results")


@pytest.mark.parametrize("at", ["config.step_look", "engine.step_parts", "engine.step_order", "config.step_write"])
def test_a_stop_at_any_step_leaves_nothing_behind(tmp_path: Path, scheme: Path, at: str) -> None:
    by_month(tmp_path / "data")

    def told(step: str, done: int, total: int) -> None:
        if step == at:
            raise KeyboardInterrupt

    def stopped() -> None:
        with results_folder(tmp_path / "results") as folder:
            call(tmp_path).score(folder, read_scheme(scheme), told)

    before = sorted(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert sorted(tmp_path.iterdir()) == before


def codes_of(tmp_path: Path, scheme: Path) -> list[str]:
    with pytest.raises(Refused) as refused:
        read_in_parts([tmp_path / "data"], read_scheme(scheme).latest, tmp_path, rows=50)
    return [problem.code for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"unit": pl.lit("U99")}, "engine.unknown_unit"),
        ({"series": pl.lit("I9")}, "engine.unknown_series"),
        ({"value": pl.lit(float("nan"))}, "engine.frame_not_finite"),
        ({"value": pl.lit(0.1234)}, "engine.frame_too_many_decimals"),
        ({"value": pl.col("value").cast(pl.String)}, "config.parts_not_plain"),
        ({"version": pl.lit(1)}, "config.parts_not_plain"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, scheme: Path, change: dict[str, Any], code: str) -> None:
    (tmp_path / "data").mkdir()
    table().with_columns(**change).write_parquet(tmp_path / "data" / "all.parquet")
    assert code in codes_of(tmp_path, scheme)


def test_files_of_several_types_and_other_files_are_refused(tmp_path: Path, scheme: Path) -> None:
    one_file(tmp_path / "data")
    figures = table().with_columns(pl.col("value").cast(pl.Decimal(18, 2)))
    figures.write_parquet(tmp_path / "data" / "more.parquet")
    assert codes_of(tmp_path, scheme) == ["config.parts_types"]
    (tmp_path / "data" / "more.csv").write_text("unit,series,period,value\nU01,I1,2025-01,1\n", "utf-8")
    assert codes_of(tmp_path, scheme) == ["config.parts_need_parquet"]


def test_numbers_that_only_fit_apart_are_refused(tmp_path: Path, scheme: Path) -> None:
    (tmp_path / "data").mkdir()
    for number, value in enumerate((10.0**14, 0.01)):
        figures = table().filter(pl.col("series") == "I1").with_columns(value=pl.lit(value))
        figures.write_parquet(tmp_path / "data" / f"{number}.parquet")
    files = [tmp_path / "data" / f"{number}.parquet" for number in range(2)]
    assert len(list(cut(files, 150))) == 2
    with pytest.raises(Refused, match=r"config\.parts_decimals"):
        read_in_parts([tmp_path / "data"], read_scheme(scheme).latest, tmp_path, rows=150)


def test_large_parquet_goes_part_by_part_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_month(tmp_path / "data")
    assert not is_large([tmp_path / "data"])
    monkeypatch.setattr(parted, "LARGE", 100)
    assert is_large([tmp_path / "data"])
    (tmp_path / "data" / "more.csv").write_text("unit,series,period,value\n", "utf-8")
    assert not is_large([tmp_path / "data"])


def test_the_command_tells_the_same_digest_either_way(tmp_path: Path, scheme: Path) -> None:
    by_series(tmp_path / "data")
    told = []
    for way in ([], ["--in-parts"]):
        said = calling(
            "score", scheme, tmp_path / "data", "--no-report", *way, "-o", tmp_path / f"r{len(way)}", "--json"
        )
        assert said.code == 0
        told.append(said.json["result"]["years"]["2025"])
    assert told[0] == told[1]
    assert (tmp_path / "r1" / "results.parquet").is_dir()
    assert calling("explain", tmp_path / "r1", "U00", "I0", "--json").code == 0
    said = calling(
        "score", scheme, tmp_path / "data", "--in-parts", "--year", "2024-2025", "-o", tmp_path / "r2", "--json"
    )
    assert said.codes == ["config.parts_one_year"]
