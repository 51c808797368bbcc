"""A ministry's monthly monitoring sheet, April 2021: every figure at the cut-off, and no figure where there is none."""

import pytest

pytestmark = pytest.mark.published
TABLE = "honduras/honduras_tidy.csv"


def test_all_forty_figures_at_the_cut_off(scored, matched) -> None:
    said, columns = matched(scored("honduras", TABLE), TABLE, "honduras")
    assert said.code == 0, said.out
    column = columns[2021, "avance_al_corte"]
    assert (column["compared"], column["fit"], column["largest_difference"]) == (40, 40, "0")
