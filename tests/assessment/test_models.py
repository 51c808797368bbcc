"""What the database itself holds to: figures are only added, one is current per key, reasons are given."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from baton.assessment.choices import BatchKind, FigureSource
from baton.assessment.models import Batch, Figure, ResultReader
from baton.assessment.models.kept import KeptError
from baton.core import clock
from baton.org.models import Unit
from people import make_unit

pytestmark = pytest.mark.django_db


def figure(unit: Unit, **fields: object) -> Figure:
    batch = Batch.objects.create(kind=BatchKind.GRID, at=clock.now())
    given = {"series": "INV", "figure": "actual", "period": "2026-09", "value": "39450", "source": FigureSource.TYPED}
    return Figure.objects.create(unit=unit, batch=batch, **given | fields)


def test_a_figure_is_neither_changed_nor_removed() -> None:
    one = figure(make_unit())
    one.value = "1"
    with pytest.raises(KeptError):
        one.save()
    with pytest.raises(KeptError):
        one.delete()
    with pytest.raises(KeptError):
        Figure.objects.update(value="1")
    with pytest.raises(KeptError):
        Figure.objects.all().delete()
    with pytest.raises(KeptError):
        Batch.objects.filter(pk=one.batch_id).delete()


@pytest.mark.parametrize("table", ["assessment_figure", "assessment_batch"])
def test_the_database_refuses_a_change_too(table: str) -> None:
    figure(make_unit())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET reason = 'x'")
    assert not Figure.objects.filter(reason="x").exists()


def test_of_two_corrections_of_a_figure_the_second_fails() -> None:
    unit = make_unit()
    first = figure(unit)
    second = figure(unit, value="39460", version=1, supersedes=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        figure(unit, value="39470", version=1, supersedes=first)
    assert list(Figure.objects.current()) == [second]


def test_a_figure_is_first_only_once() -> None:
    unit = make_unit()
    figure(unit)
    with pytest.raises(IntegrityError), transaction.atomic():
        figure(unit)


@pytest.mark.parametrize("wrong", [{"value": ""}, {"value": "1", "absent": "none"}, {"version": 1}])
def test_a_figure_is_whole(wrong: dict[str, object]) -> None:
    unit = make_unit()
    with pytest.raises(IntegrityError), transaction.atomic():
        figure(unit, **wrong)


def test_a_reader_of_results_is_a_person_or_a_role() -> None:
    with pytest.raises(IntegrityError):
        ResultReader.objects.create(valid_from=date(2026, 1, 1), reason="x")
