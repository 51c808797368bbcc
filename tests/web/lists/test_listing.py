"""Lists narrow, sort, page and export what somebody may see, and nothing else."""

from io import BytesIO

import pytest
from django.db.models import QuerySet
from openpyxl import load_workbook

from baton.org.models import Unit
from baton.web.lists import Choice, Column, Filter, Listing
from baton.web.lists.respond import workbook
from baton.web.templatetags.lists import list_cell
from people import make_unit

pytestmark = pytest.mark.django_db
COLUMNS = (
    Column("name", "web.unit", lambda unit: unit.name, ("name",), lambda unit: f"/units/{unit.code}"),
    Column("order", "web.unit_code", lambda unit: unit.order, ("order",), number=True),
)


def of_kind(rows: QuerySet[Unit], value: str) -> QuerySet[Unit]:
    return rows.filter(kind=value)


FILTERS = (
    Filter("kind", "web.unit_kind", of_kind, (Choice("镇", "镇"), Choice("乡", "乡"))),
    Filter("name", "web.unit", lambda rows, value: rows.filter(name__contains=value)),
)


def listing(first: str = "", **asked: str) -> Listing:
    return Listing(Unit.objects.exclude(code="SECRET"), COLUMNS, FILTERS, first, asked)


@pytest.fixture(autouse=True)
def units() -> None:
    make_unit("SECRET", "看不见的单位", kind="镇")
    for number in range(120):
        make_unit(
            f"T{number:03d}", f"{'东西南北'[number % 4]}镇{number:03d}", kind="镇乡"[number % 2], order=number // 2
        )


def test_pages_hold_every_row_once_though_many_are_equal() -> None:
    seen = [unit.code for page in "123" for unit in listing(sort="order", page=page).page]
    assert len(seen) == len(set(seen)) == 120


@pytest.mark.parametrize(("page", "number"), [("99", 3), ("0", 3), ("x", 1), ("", 1)])
def test_a_page_that_is_not_there_gives_one_that_is(page: str, number: int) -> None:
    assert listing(page=page).page.number == number


def test_filters_add_up_and_unknown_ones_do_nothing() -> None:
    assert listing(kind="乡", name="西").narrowed.count() == 30
    assert listing(kind="村' OR 1=1", sort="-secret").narrowed.count() == 120


def test_a_heading_turns_the_order_around() -> None:
    head = listing(sort="name", kind="乡").heads[0]
    assert (head.sorted, head.address) == ("ascending", "?kind=%E4%B9%A1&sort=-name")
    assert listing(first="-order").heads[1].sorted == "descending"


def test_the_workbook_says_what_the_page_says() -> None:
    asked = listing(kind="乡", sort="-order")
    sheet = load_workbook(BytesIO(workbook(asked))).active
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    assert rows[0] == ("单位", "代码")
    assert rows[1:] == [(unit.name, unit.order) for unit in asked.narrowed]


def test_a_cell_does_not_become_markup() -> None:
    unit = Unit(code="X", name="<script>alert(1)</script>")
    assert "<script>" not in str(list_cell(COLUMNS[0], unit))


def test_a_formula_stays_text() -> None:
    make_unit("F", "=1+1", kind="镇")
    sheet = load_workbook(BytesIO(workbook(listing(name="=1")))).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
