"""The year as workbooks: nothing lost when clean, every planted error at its cell and no other, shares as told."""

import importlib.util
import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.score import score
from baton.example import CountyYear, make_year
from baton.example.workbooks import SHARES, FoundBy, Kind, Planted, delivered, key_text, mapping_text
from baton.example.workbooks.files import File, files
from baton.example.workbooks.folder import mend_workbooks, write_workbooks
from baton.sheets.workbook import read_workbook

type Figures = dict[tuple[str, str, str, str], Decimal]
MONTHS = ("2025年01月", "2025年06月", "2025年12月", "2025年2季度", "2025年度")


def _reading() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reading", Path(__file__).with_name("reading.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def year() -> CountyYear:
    return make_year(2025)


@pytest.fixture(scope="module")
def spoilt(year: CountyYear) -> tuple[File, ...]:
    return tuple(files(year))


@pytest.fixture(scope="module")
def key(spoilt: tuple[File, ...]) -> tuple[Planted, ...]:
    return tuple(planted for one in spoilt for planted in one.planted)


@pytest.fixture(scope="module")
def reader(year: CountyYear):
    return _reading().Reader(year.scheme, mapping_text(year))


def truth(observations: Iterable[Observation]) -> Figures:
    return {(o.unit, o.series, o.figure, o.period): o.value for o in observations if o.value is not None}


def test_there_are_about_a_thousand(spoilt: tuple[File, ...]) -> None:
    assert 950 <= len(spoilt) <= 1_050
    assert len({one.path for one in spoilt}) == len(spoilt)
    by_lead = [one for one in spoilt if one.who.startswith("D") and "部门职能目标" not in one.path]
    assert len(by_lead) > 0.6 * len(spoilt)


def test_a_clean_run_holds_exactly_the_true_figures(year: CountyYear, reader) -> None:
    true = truth(year.observations)
    found: Figures = {}
    provisional: Figures = {}
    for one in files(year, faults=False, wanted=lambda path: path.startswith(MONTHS)):
        assert one.data is not None
        taken = reader.read(one.path, one.data)
        assert not taken.errors, (one.path, taken.errors)
        (provisional if any(p.kind is Kind.PROVISIONAL for p in one.planted) else found).update(taken.figures)
    periods = {"2025-01", "2025-06", "2025-12", "2025-Q2", "2025"}
    assert found == {k: v for k, v in true.items() if k[3] in periods and not k[1].startswith("Y26-")}
    assert provisional == truth(year.provisional)


def test_goals_hold_exactly_the_true_figures(year: CountyYear) -> None:
    true = truth(year.observations)
    codes = {(one.units[0], one.name): one.series_code for one in year.scheme.indicators if one.parent == "Y26"}
    units = {f"填报单位：{unit.name}": unit.code for unit in year.scheme.units}
    found: Figures = {}
    for one in files(year, wanted=lambda path: "部门职能目标" in path):
        sheet = read_workbook(one.data or b"", one.path).sheets[0]
        unit = units[str(sheet.value(1, 0)).split("　　")[0]]
        for row in range(3, 8):
            series = codes[unit, str(sheet.value(row, 1))]
            for column, figure in enumerate(("actual", "item1", "item2", "item3", "item4"), 4):
                if sheet.value(row, column) != "/":
                    found[unit, series, figure, "2025"] = Decimal(repr(sheet.value(row, column)))
    assert found == {k: v for k, v in true.items() if k[1].startswith("Y26-")}


def test_every_error_is_at_its_cell_and_there_is_no_other(spoilt: tuple[File, ...], reader) -> None:
    """A plain reader, which knows nothing of the key, finds the planted errors and nothing else."""
    touched = [one for one in spoilt if one.data is not None and one.planted and "民主测评" not in one.path]
    assert len(touched) > 150
    for one in touched:
        expected = {planted.cell for planted in one.planted if planted.found_by is FoundBy.READER}
        assert set(reader.read(one.path, one.data).errors) == expected, one.path


def test_a_count_of_votes_does_not_agree(spoilt: tuple[File, ...], key: tuple[Planted, ...]) -> None:
    (planted,) = (one for one in key if one.kind is Kind.VOTES_MISMATCH)
    (one,) = (one for one in spoilt if one.path == planted.file)
    sheet = next(s for s in read_workbook(one.data or b"", one.path).sheets if s.name == planted.sheet)
    rows = [[sheet.value(row, column) for column in range(4, 12)] for row in range(3, 23)]
    odd = [
        n for n, (returned, valid, spoilt_, abstained, *_) in enumerate(rows) if returned != valid + spoilt_ + abstained
    ]
    assert [f"E{number + 4}" for number in odd] == [planted.cell]
    assert all(valid == sum(votes) for _, valid, _, _, *votes in rows)


def test_shares_of_faults_are_those_of_the_county(spoilt: tuple[File, ...], key: tuple[Planted, ...]) -> None:
    reports = [one for one in spoilt if "_更正" not in one.path]
    for kind, share in SHARES.items():
        number = len({planted.file for planted in key if planted.kind is kind})
        assert abs(number - share * len(reports)) <= 0.1 * share * len(reports) + 1.5, kind


def test_corrections_end_with_the_truth(year: CountyYear, spoilt: tuple[File, ...], reader) -> None:
    true = truth(year.observations)
    corrections = [one for one in spoilt if "_更正" in one.path]
    assert any(one.path.endswith("_更正2.xlsx") or one.path.endswith("_更正2.csv") for one in corrections)
    last = {one.path.rsplit("_更正", 1)[0]: one for one in sorted(corrections, key=lambda one: one.path)}
    first = {one.path.rpartition(".")[0]: one for one in spoilt}
    for stem, one in last.items():
        taken = reader.read(one.path, one.data).figures
        assert taken.items() <= true.items()
        before = reader.read(first[stem].path, first[stem].data).figures
        assert any(before[figure] != true[figure] for figure in taken)


def test_the_same_seed_gives_the_same_bytes(year: CountyYear, spoilt: tuple[File, ...]) -> None:
    june = {one.path: one.data for one in spoilt if one.path.startswith("2025年06月")}
    again = {one.path: one.data for one in files(year, wanted=lambda path: path.startswith("2025年06月"))}
    assert again == june


def test_what_never_came_stops_no_scoring(year: CountyYear, key: tuple[Planted, ...]) -> None:
    arrived = delivered(year, key)
    assert len(arrived) < len(year.observations)
    standings = score(year.scheme, Panel.of(arrived, year.events)).standings
    assert all(one.total is not None for one in standings)


def test_mending_leaves_no_error(tmp_path: Path, year: CountyYear, spoilt: tuple[File, ...], reader) -> None:
    key = [planted for one in spoilt for planted in one.planted]
    paths = mend_workbooks(tmp_path, year, key)
    assert set(paths) == {planted.file for planted in key if planted.found_by is FoundBy.READER}
    true = truth(year.observations)
    for path in paths:
        taken = reader.read(path, (tmp_path / path).read_bytes())
        assert not taken.errors
        assert taken.figures.items() <= true.items()


def test_writing_a_folder(tmp_path: Path, year: CountyYear, key: tuple[Planted, ...]) -> None:
    lost = {planted.file for planted in key if planted.kind is Kind.MISSING}
    months = {path[:8] for path in lost}
    told: list[int] = []
    here = [planted for planted in key if planted.file[:8] in months]
    written = write_workbooks(tmp_path, year, wanted=lambda path: path[:8] in months, progress=told.append)
    assert list(written) == here
    assert told[-1] == len(told)
    assert sum(1 for path in tmp_path.glob("2025*/*")) == len(told) - len(lost)
    lines = (tmp_path / "收件登记.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == len(told) + 1
    assert sum(line.endswith(",未报") for line in lines) == len(lost)
    assert sum(line.endswith(",迟报") for line in lines) == sum(planted.kind is Kind.LATE for planted in here)
    assert yaml.safe_load((tmp_path / "对照表.yaml").read_text("utf-8")) == yaml.safe_load(mapping_text(year))


def test_the_key_can_be_read_by_any_program(key: tuple[Planted, ...]) -> None:
    read = json.loads(key_text(key))
    assert len(read) == len(key)
    assert {one["found_by"] for one in read} == {"nobody", "reader", "register"}
