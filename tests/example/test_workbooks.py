"""The year as workbooks: nothing lost when clean, every planted error at its cell and no other, shares as told."""

import json
from pathlib import Path

import pytest
import yaml

from baton.engine.panel.panel import Panel
from baton.engine.score import score
from baton.example import CountyYear, make_year
from baton.example.workbooks import (
    SHARES,
    FoundBy,
    Kind,
    Planted,
    delivered,
    key_text,
    mapping_text,
    mend_workbooks,
    write_workbooks,
)
from baton.example.workbooks.files import files
from baton.sheets.forms import fields_of
from baton.sheets.reports import Import, read_register, read_report_mapping, read_reports, reports_in

type Spot = tuple[str, str, str]


@pytest.fixture(scope="module")
def year() -> CountyYear:
    return make_year(2025)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workbooks of the year, faults and all."""
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="module")
def told() -> list[int]:
    """What was told of progress while the folder was written."""
    return []


@pytest.fixture(scope="module")
def key(folder: Path, year: CountyYear, told: list[int]) -> tuple[Planted, ...]:
    return write_workbooks(folder, year, progress=told.append)


@pytest.fixture(scope="module")
def first(folder: Path, year: CountyYear, key: tuple[Planted, ...]) -> Import:
    """The folder as it was sent."""
    return imported(folder, year)


def imported(folder: Path, year: CountyYear) -> Import:
    found = reports_in(folder)
    assert found.mapping is not None
    assert found.register is not None
    mapping = read_report_mapping(found.mapping.read_text("utf-8"), found.mapping.name, fields_of(year.scheme))
    return read_reports(found.files, year.scheme, mapping, register=read_register(found.register))


def errors_of(read: Import) -> set[Spot]:
    return {(one.place.file, one.place.sheet, one.place.cell) for one in read.errors}


def planted_errors(key: tuple[Planted, ...]) -> set[Spot]:
    return {(Path(one.file).name, one.sheet, one.cell) for one in key if one.found_by is FoundBy.READER}


def test_there_are_about_a_thousand(folder: Path, key: tuple[Planted, ...], told: list[int]) -> None:
    paths = list(folder.glob("2025*/*"))
    lost = {one.file for one in key if one.kind is Kind.MISSING}
    assert told == list(range(1, len(paths) + len(lost) + 1))
    assert 950 <= len(paths) <= 1_050
    assert {path.suffix for path in paths} == {".xlsx", ".csv"}
    by_leads = [path for path in paths if not path.stem.endswith(("部门职能目标", "撂荒地复耕"))]
    assert len(by_leads) > 0.6 * len(paths)


def test_a_clean_run_holds_exactly_the_true_figures(tmp_path: Path, year: CountyYear) -> None:
    assert {one.kind for one in write_workbooks(tmp_path, year, faults=False)} == {Kind.PROVISIONAL}
    read = imported(tmp_path, year)
    assert read.errors == ()
    true, found = Panel.of(year.observations, year.events), Panel.of(read.observations, read.events)
    assert found.digest == true.digest
    assert score(year.scheme, found).digest == score(year.scheme, true).digest
    provisional = {(o.unit, o.series, o.period, o.value) for o in read.observations if o.preliminary}
    assert provisional == {(o.unit, o.series, o.period, o.value) for o in year.provisional}


def test_every_error_is_at_its_cell_and_there_is_no_other(first: Import, key: tuple[Planted, ...]) -> None:
    assert len(planted_errors(key)) > 25
    assert errors_of(first) == planted_errors(key)


def test_a_former_name_is_taken_for_its_successor(first: Import, key: tuple[Planted, ...]) -> None:
    former = [one for one in key if one.kind is Kind.FORMER_NAME]
    assert {one.given for one in former} == {"县乡村振兴局"}
    renamed = {one.place.file for one in first.problems if one.code == "sheets.unit_renamed"}
    assert renamed == {Path(one.file).name for one in former}


def test_mended_workbooks_hold_all_that_came(
    folder: Path, year: CountyYear, key: tuple[Planted, ...], first: Import
) -> None:
    paths = mend_workbooks(folder, year, key)
    assert set(paths) == {one.file for one in key if one.found_by is FoundBy.READER}
    read = imported(folder, year)
    assert read.errors == ()
    arrived = delivered(year, key)
    assert len(arrived) < len(year.observations)
    true, found = Panel.of(arrived, year.events), Panel.of(read.observations, read.events)
    assert found.digest == true.digest
    standings = score(year.scheme, found).standings
    assert all(one.total is not None for one in standings)
    corrected = [one for one in key if one.kind is Kind.CORRECTION]
    assert len(read.corrections) >= len({(one.file.split("_更正")[0], one.unit, one.figure) for one in corrected})


def test_late_and_missing_workbooks_are_in_the_register(folder: Path, key: tuple[Planted, ...], first: Import) -> None:
    lines = (folder / "收件登记.csv").read_text("utf-8-sig").splitlines()
    assert sum(line.endswith(",未报") for line in lines) == len({one.file for one in key if one.kind is Kind.MISSING})
    late = {Path(one.file).name for one in key if one.kind is Kind.LATE}
    assert late <= {Path(one.file).name for one in first.receipts if one.late_days > 0}
    assert sum(line.endswith(",迟报") for line in lines) == len(late)


def test_shares_of_faults_are_those_of_the_county(folder: Path, key: tuple[Planted, ...], told: list[int]) -> None:
    reports = told[-1] - sum("_更正" in path.name for path in folder.glob("2025*/*"))
    for kind, share in SHARES.items():
        number = len({one.file for one in key if one.kind is kind})
        assert abs(number - share * reports) <= 0.1 * share * reports + 1.5, kind


def test_the_same_seed_gives_the_same_bytes(year: CountyYear, folder: Path, key: tuple[Planted, ...]) -> None:
    untouched = {one.file for one in key if one.found_by is FoundBy.READER}
    for one in files(year, wanted=lambda path: path.startswith("2025年06月")):
        if one.data is not None and one.path not in untouched:
            assert (folder / one.path).read_bytes() == one.data


def test_the_mapping_file_is_that_of_the_year(folder: Path, year: CountyYear, key: tuple[Planted, ...]) -> None:
    written = (folder / "对照表.yaml").read_text("utf-8")
    assert written == mapping_text(year)
    assert len(yaml.safe_load(written)["tables"]) > 45


def test_the_key_can_be_read_by_any_program(key: tuple[Planted, ...]) -> None:
    read = json.loads(key_text(key))
    assert len(read) == len(key)
    assert {one["found_by"] for one in read} == {"nobody", "reader", "register"}
