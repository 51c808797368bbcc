"""A grid with more cells than a page has room for begins with one indicator."""

from dataclasses import replace

import pytest

from baton.assessment.queries.desk import cells
from baton.assessment.queries.desk.cells import Grid
from baton.assessment.queries.desk.grid import grid_of
from baton.web.report.cell_look import unusual_lines
from county import County

pytestmark = pytest.mark.django_db


def grid(county: County) -> Grid:
    """Put the grids of both departments beside each other, as one department's of two indicators."""
    month = county.month()
    first, second = (
        grid_of(county.people[who], month, county.units[unit]) for who, unit in (("d1", "D1"), ("d2", "D2"))
    )
    rows = [replace(a, cells=(*a.cells, *b.cells)) for a, b in zip(first.rows, second.rows, strict=True)]
    return Grid((*first.columns, *second.columns), tuple(rows), {**first.kinds, **second.kinds})


def test_what_fits_is_shown_at_once(county: County) -> None:
    assert grid(county).begins_with == ""


def test_a_large_one_begins_where_something_is_missing(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "_AT_ONCE", 9)
    assert grid(county).begins_with == "M01"
    county.enter("", "INV", dict.fromkeys(("T1", "T2", "T3", "D1", "D2"), "100"))
    assert grid(county).begins_with == "M02"
    county.fill()
    assert grid(county).begins_with == "M01", "nothing is missing"
    assert grid(county).only("M02").begins_with == "", "one indicator cannot be parted"


def test_a_figure_worth_a_look_leads_to_its_own_part(county: County) -> None:
    whole = grid(county)
    cells_of = {cell.column.field.indicator.code: cell for cell in whole.cells}
    text = "".join(unusual_lines(cells_of.values(), "M02"))
    assert f'href="?only=M01#{cells_of["M01"].name}"' in text
    assert f'href="#{cells_of["M02"].name}"' in text
