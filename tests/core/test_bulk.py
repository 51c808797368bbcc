"""Many rows at once: what is read and added is the same, whichever way the database has."""

from datetime import date

import polars as pl
import pytest
from django.db import IntegrityError, transaction

from baton.core.bulk import add_rows, as_table
from baton.org.models import CalendarYear, Holiday

pytestmark = pytest.mark.django_db
SCHEMA = {"name": pl.String, "source": pl.String, "is_working": pl.Boolean}
ODD = ['逗号,和"引号"', "两\n行", "反\\斜\t杠", "NULL", "\\N", "", "t"]


def test_rows_are_read_as_they_are() -> None:
    assert as_table(Holiday.objects.values_list(*SCHEMA), SCHEMA).rows() == []
    Holiday.objects.bulk_create(
        Holiday(day=date(2026, 1, n + 1), name=name, source=name[::-1], is_working=n % 2 == 0)
        for n, name in enumerate(ODD)
    )
    found = as_table(Holiday.objects.filter(name__in=ODD).values_list(*SCHEMA), SCHEMA)
    assert found.schema == SCHEMA
    assert sorted(found.rows()) == sorted((name, name[::-1], n % 2 == 0) for n, name in enumerate(ODD))


def test_rows_of_a_text_that_looks_like_an_end_are_read_as_they_are() -> None:
    name = "一行\x1e两行\x1f"
    Holiday.objects.create(day=date(2026, 1, 1), name=name, source="手工", is_working=True)
    assert as_table(Holiday.objects.filter(name=name).values_list(*SCHEMA), SCHEMA).rows() == [(name, "手工", True)]


def test_rows_are_added_as_they_are() -> None:
    add_rows(CalendarYear, pl.DataFrame({"year": [2000 + n for n in range(len(ODD))], "source": ODD}))
    assert list(CalendarYear.objects.order_by("year").values_list("source", flat=True)) == ODD
    assert CalendarYear.objects.count() == len({row.pk for row in CalendarYear.objects.all()}) == len(ODD)


def test_a_row_that_the_table_refuses_is_refused() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        add_rows(CalendarYear, pl.DataFrame({"year": [2001, 2001], "source": ["x", "y"]}))
    assert not CalendarYear.objects.exists()
