"""UNDP, Human Development Index 1990-2021: exact at 3 decimals wherever it is published, and all ranks of 2021."""

import pytest

pytestmark = pytest.mark.published
TABLE = "hdi/hdi_panel_1990_2021.csv"


@pytest.fixture(scope="module")
def compared(scored, matched):
    said, columns = matched(scored("hdi", TABLE, "--year", "1990-2021"), TABLE, "hdi")
    assert said.code == 0, said.out
    return columns


def test_every_published_index_of_32_years_is_reached_exactly(compared) -> None:
    index = {year: column for (year, name), column in compared.items() if name == "hdi"}
    assert sorted(index) == list(range(1990, 2022))
    assert all(column["fit"] == column["compared"] for column in index.values())
    assert {column["largest_difference"] for column in index.values()} == {"0"}
    assert sum(column["compared"] for column in index.values()) == 5571


def test_the_ranks_of_2021_are_those_published(compared) -> None:
    rank = compared[2021, "hdi_rank"]
    assert (rank["compared"], rank["fit"]) == (191, 191)


def test_a_country_without_all_four_figures_has_no_index(compared) -> None:
    """Only Rwanda 1990-1994 has all figures and no published index; every other gap of ours is one of theirs."""
    ours = {year: column["only_ours"] for (year, name), column in compared.items() if name == "hdi"}
    assert {year for year, count in ours.items() if count} == {1990, 1991, 1992, 1993, 1994}
    assert max(ours.values()) == 1
