"""ASEM Sustainable Connectivity Index 2018, from the treated data on: scores at three levels, and ranks."""

import json

import pytest

pytestmark = pytest.mark.published
CODES = ["Index", "Conn", "Sust", "Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin"]
TABLE = "asem/asem_Treated.csv"


@pytest.fixture(scope="module")
def results(scored):
    return scored("asem", TABLE, "--year", "2018")


def test_scores_at_all_three_levels_are_those_published(results, matched) -> None:
    said, columns = matched(results, "asem/asem_Aggregated.csv", "asem.scores")
    assert said.code == 0, said.out
    assert {name: column["fit"] for (_, name), column in columns.items()} == dict.fromkeys(CODES, 51)
    assert all(abs(float(column["largest_difference"])) < 1e-9 for column in columns.values())


def test_ranks_of_index_sub_indices_and_pillars_are_those_published(results, matched) -> None:
    said, columns = matched(results, "asem/asem_results_rank.csv", "asem.ranks")
    assert said.code == 0, said.out
    assert {name: column["fit"] for (_, name), column in columns.items()} == dict.fromkeys(CODES, 51)


def test_duckdb_gives_the_same_result_digest(results, scored) -> None:
    other = scored("asem", TABLE, "--year", "2018", "--engine", "duckdb")
    digests = [json.loads((folder / "provenance.json").read_text("utf-8"))["digest"] for folder in (results, other)]
    assert digests[0] == digests[1]
