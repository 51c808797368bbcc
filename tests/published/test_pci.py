"""Provincial Competitiveness Index 2005-2016 of Vietnam: three dated versions of weights, two years that do not fit."""

import csv
from pathlib import Path

import pytest

pytestmark = pytest.mark.published
TABLE = "vietnam/pci.csv"
UNFIT = {2005: 42, 2011: 63}
FITTING = {2006: 64, 2007: 64, 2008: 64, 2009: 63, 2010: 63, 2012: 63, 2013: 13, 2014: 63, 2015: 63, 2016: 63}


@pytest.fixture(scope="module")
def compared(scored, matched):
    return matched(scored("pci", TABLE, "--year", "2005-2016"), TABLE, "pci")


@pytest.mark.parametrize(("year", "provinces"), FITTING.items())
def test_the_stated_weights_give_the_published_total(compared, year: int, provinces: int) -> None:
    column = compared[1][year, "pci_weighted"]
    assert (column["compared"], column["fit"]) == (provinces, provinces)


def test_2005_and_2011_are_reported_as_not_fitting(compared) -> None:
    said, columns = compared
    assert said.code == 1
    assert {one["params"]["year"]: one["params"]["unfit"] for one in said.json["problems"]} == {
        str(year): str(count) for year, count in UNFIT.items()
    }
    # The survey of 2005 had no labour training and no legal institutions, so the weights give no total at all.
    assert {one["ours"] for one in columns[2005, "pci_weighted"]["unfit"]} == {None}
    furthest = columns[2011, "pci_weighted"]["unfit"][0]
    assert (furthest["unit"], furthest["difference"]) == ("Vinh_Long", "-0.55193")


def test_the_rows_of_2013_that_name_no_province_fit_too(shared_data, files, scored, matched, tmp_path: Path) -> None:
    """50 of 63 rows of 2013 have a blank where the province should be; under made-up names their totals fit as well."""
    with (shared_data / TABLE).open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    nameless = [row for row in rows if row[1] == "2013.0" and not row[0]]
    assert len(nameless) == 50
    for number, row in enumerate(nameless):
        row[0] = f"X{number:02}"
    table = tmp_path / "pci.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *nameless])
    *_, version = (files / "pci.yaml").read_text("utf-8").split("---\n")
    units = "".join(f"  - {{code: {row[0]}, name: {row[0]}, group: provinces}}\n" for row in nameless)
    scheme = tmp_path / "pci.yaml"
    scheme.write_text(version.rstrip("\n") + "\n" + units, "utf-8")
    _, columns = matched(scored("pci", table, "--year", "2013", scheme=scheme), table, "pci")
    assert columns[2013, "pci_weighted"]["fit"] == 50
