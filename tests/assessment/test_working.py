"""Terms of the monthly cycle run by the county's calendar: official holidays, make-up days, and days set by hand."""

from datetime import date

import pytest

from baton.assessment.models import Window
from baton.assessment.queries.working import works
from baton.org.models import Holiday
from county import County


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 10, 1), False),  # National Day, a Thursday
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # a Saturday worked for it
        (date(2026, 10, 11), False),
        (date(2040, 1, 2), True),  # a year that nobody has settled goes by its weekday
    ],
)
def test_official_days_count(day: date, worked: bool) -> None:
    assert works()(day) is worked


@pytest.mark.django_db
def test_days_set_by_hand_stand_over_official_ones() -> None:
    Holiday.objects.create(day=date(2026, 10, 10), is_working=False, name="县内调休", source="县政府办〔2026〕9号")
    assert not works()(date(2026, 10, 10))


def test_a_month_reported_over_national_day_is_due_after_it(county: County) -> None:
    county.month()
    closes = Window.objects.get(stage="report", unit__code="D2", release=None).closes
    assert closes == date(2026, 10, 8)
