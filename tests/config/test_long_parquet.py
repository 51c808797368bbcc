"""Long tables as Parquet: the same figures however they are cut into files and typed, or a problem that names them."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from baton.config.inputs.long_parquet import observations_of, panel_of
from baton.engine.panel.panel import Panel
from baton.engine.scheme.text import from_yaml
from baton.words import Refused

from .small import SCHEME

pl_type = pl.DataType | type[pl.DataType]
(SMALL,) = from_yaml(SCHEME, "small")


def write(path: Path, kind: pl_type, rows: dict[tuple[str, str], Any], **more: Any) -> Path:
    """Write a table of one figure per series and unit; `more` are further columns of one value."""
    keys = {
        "unit": [unit for _, unit in rows],
        "series": [series for series, _ in rows],
        "period": ["2025"] * len(rows),
    }
    table = pl.DataFrame({**keys, "value": pl.Series(list(rows.values()), dtype=kind)})
    table.with_columns(**{name: pl.lit(value) for name, value in more.items()}).write_parquet(path)
    return path


def values_of(panel: Panel) -> dict[tuple[str, str], Decimal]:
    """Read a panel back as decimals."""
    rows = panel.frame.collect().to_native().iter_rows(named=True)
    read = ((r["series"], r["unit"], Decimal(r["value"]).scaleb(-panel.decimals[r["series"]])) for r in rows)
    return {(series, unit): value for series, unit, value in read}


def codes_of(*paths: Path) -> list[str]:
    """Read what must be refused; give the codes of its problems."""
    with pytest.raises(Refused) as refused:
        panel_of(paths, SMALL)
    return [problem.code for problem in refused.value.problems]


def test_decimals_are_a_matter_of_the_series_and_not_of_the_table(tmp_path: Path) -> None:
    large = write(tmp_path / "a.parquet", pl.Int64, {("large", "U1"): 9 * 10**15, ("both", "U1"): 7})
    fine = {("fine", "U1"): "0.000000000001", ("both", "U2"): "-2.50"}
    texts = write(tmp_path / "b.parquet", pl.String, fine)
    panel, count = panel_of([large, texts], SMALL)
    assert panel.decimals == {"large": 0, "fine": 12, "both": 1}
    assert count == 4
    assert values_of(panel) == {
        ("large", "U1"): 9 * 10**15,
        ("both", "U1"): 7,
        ("fine", "U1"): Decimal("1E-12"),
        ("both", "U2"): Decimal("-2.5"),
    }


@pytest.mark.parametrize("kind", [pl.Float64, pl.Decimal(38, 6), pl.String])
def test_one_table_may_hold_large_and_fine_series(kind: pl_type, tmp_path: Path) -> None:
    given = {("large", "U1"): "4000000000000000", ("fine", "U1"): "0.000001", ("fine", "U2"): "2.5"}
    rows = {key: float(value) if kind == pl.Float64 else Decimal(value) for key, value in given.items()}
    path = write(tmp_path / "a.parquet", kind, given if kind == pl.String else rows, version=1)
    panel, _ = panel_of([path], SMALL)
    assert panel.decimals == {"large": 0, "fine": 6}
    assert values_of(panel) == {key: Decimal(value) for key, value in given.items()}
    assert {(o.series, o.unit): o.value for o in observations_of(path)} == values_of(panel)


def test_a_figure_that_does_not_fit_with_the_decimals_of_its_series_is_named(tmp_path: Path) -> None:
    large = write(tmp_path / "a.parquet", pl.Int64, {("both", "U1"): 9 * 10**17, ("other", "U1"): 1})
    fine = write(tmp_path / "b.parquet", pl.String, {("both", "U2"): "0.01"})
    with pytest.raises(Refused) as refused:
        panel_of([large, fine], SMALL)
    (problem,) = refused.value.problems
    assert (problem.code, problem.params["series"], problem.params["places"]) == ("engine.frame_too_large", "both", 2)


@pytest.mark.parametrize("other", [pl.Float64, pl.Decimal(38, 30)])
def test_whole_numbers_stay_exact_beside_other_types(other: pl_type, tmp_path: Path) -> None:
    whole = {("large", "U1"): 2**53 + 1, ("larger", "U1"): 9 * 10**18}
    one = write(tmp_path / "a.parquet", pl.Int64, whole)
    two = write(tmp_path / "b.parquet", other, {("I2", "U1"): 0.5 if other == pl.Float64 else Decimal("0.5")})
    panel, _ = panel_of([one, two], SMALL)
    assert values_of(panel) == {**whole, ("I2", "U1"): Decimal("0.5")}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (pl.UInt64, 2**64 - 1),
        (pl.Int128, 10**30),
        (pl.Decimal(38, 2), Decimal(10) ** 30),
        (pl.String, "1" * 25),
        (pl.Float64, 1e300),
    ],
)
def test_numbers_beyond_64_bits_are_refused(kind: pl_type, value: object, tmp_path: Path) -> None:
    assert codes_of(write(tmp_path / "a.parquet", kind, {("I2", "U1"): value})) == ["config.parquet_values"]


@pytest.mark.parametrize("column", ["version", "preliminary"])
def test_columns_that_hold_something_else_are_refused(column: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", pl.Int64, {("I2", "U1"): 1}, **{column: "是的"})
    assert codes_of(path) == ["config.parquet_column"]


def test_every_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    bad = [write(tmp_path / f"{n}.parquet", pl.Float64, {("I2", "U1"): float("nan")}, version=0) for n in range(2)]
    assert codes_of(*bad) == ["config.parquet_values"] * 2


def test_a_correction_replaces_and_a_final_figure_comes_before_a_preliminary_one(tmp_path: Path) -> None:
    first = write(tmp_path / "a.parquet", pl.Float64, {("I2", "U1"): 1.25, ("I2", "U2"): 2}, version=0)
    second = write(tmp_path / "b.parquet", pl.Float64, {("I2", "U1"): 1.5}, version=1)
    early = write(tmp_path / "c.parquet", pl.Float64, {("I2", "U2"): 3}, version=2, preliminary=True)
    panel, count = panel_of([first, second, early], SMALL)
    assert values_of(panel) == {("I2", "U1"): Decimal("1.5"), ("I2", "U2"): 2}
    assert count == 2
