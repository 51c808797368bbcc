"""Working days as China really had and has them, terms by the Civil Code, and years entered by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.core.acting import Actor
from baton.core.models import AuditRow, User
from baton.org.actions.calendar import settle_year, unsettle_year
from baton.org.actions.imports import take_back, take_import, try_import
from baton.org.choices import ImportKind, Role
from baton.org.models import Holiday, Import
from baton.org.queries.calendar import official, working_calendar, year_shown, years_known
from baton.org.rules.calendar import (
    add_days,
    add_working_days,
    is_working_day,
    next_working_day,
    on_working_day,
    working_days_between,
)
from baton.org.rules.imports import problems_of
from baton.words import Refused
from people import give, make_user
from small_books import workbook

D = date.fromisoformat


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2024-02-04", True),  # Sunday worked for Spring Festival
        ("2024-02-09", True),  # 除夕 was no holiday yet
        ("2024-02-10", False),
        ("2024-04-07", True),  # Sunday
        ("2024-09-14", True),  # Saturday
        ("2024-10-01", False),
        ("2024-10-12", True),  # Saturday
        ("2025-01-26", True),  # Sunday
        ("2025-01-28", False),  # 除夕 since the revision of 2024
        ("2025-02-04", False),
        ("2025-05-02", False),  # the second day of Labour Day since the revision
        ("2025-10-11", True),  # Saturday
        ("2026-01-02", False),
        ("2026-01-04", True),  # Sunday
        ("2026-02-14", True),  # Saturday
        ("2026-02-28", True),  # Saturday
        ("2026-05-09", True),  # Saturday
        ("2026-09-20", True),  # Sunday
        ("2026-09-25", False),
        ("2026-10-10", True),  # Saturday
        ("2026-11-28", False),
        ("2026-11-30", True),
    ],
)
def test_a_day_is_worked_or_not(day: str, worked: bool) -> None:
    assert is_working_day(D(day), official()) is worked


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-09-30", 5, "2026-10-13"),  # 8, 9, 10 (Saturday worked), 12, 13
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 2, "2026-02-24"),
        ("2025-01-27", 5, "2025-02-10"),  # 5, 6, 7, 8 (Saturday worked), 10
        ("2024-02-08", 2, "2024-02-18"),  # 9, then 18 (Sunday worked)
        ("2026-10-03", 0, "2026-10-08"),
        ("2026-11-30", 0, "2026-11-30"),
    ],
)
def test_a_term_of_working_days_does_not_count_its_first_day(start: str, count: int, end: str) -> None:
    assert add_working_days(D(start), count, official()) == D(end)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-09-20", 15, "2026-10-08"),  # the 15th day is 5 October, in the holiday
        ("2026-11-13", 15, "2026-11-30"),  # the 15th day is a Saturday
        ("2026-09-26", 14, "2026-10-10"),  # a Saturday that is worked
        ("2026-11-01", 9, "2026-11-10"),
    ],
)
def test_a_term_of_days_ends_after_the_rest(start: str, count: int, end: str) -> None:
    assert add_days(D(start), count, official()) == D(end)


def test_days_between_count_the_end_and_not_the_start() -> None:
    calendar = official()
    assert working_days_between(D("2026-09-30"), D("2026-10-13"), calendar) == 5
    assert working_days_between(D("2026-10-13"), D("2026-09-30"), calendar) == -5
    assert working_days_between(D("2026-10-01"), D("2026-10-01"), calendar) == 0
    assert next_working_day(D("2026-02-14"), calendar) == D("2026-02-24")
    assert on_working_day(D("2026-02-15"), calendar) == D("2026-02-24")


@given(st.dates(date(2010, 1, 1), date(2026, 6, 1)), st.integers(1, 60))
def test_adding_and_counting_agree(start: date, count: int) -> None:
    end = add_working_days(start, count, official())
    assert is_working_day(end, official())
    assert working_days_between(start, end, official()) == count


def test_a_year_nobody_knows_is_told_plainly() -> None:
    with pytest.raises(Refused) as refused:
        is_working_day(date(2099, 3, 2), official())
    assert [(one.code, one.params["year"]) for one in refused.value.problems] == [("org.year_not_settled", 2099)]
    with pytest.raises(ValueError, match="-1"):
        add_working_days(date(2026, 3, 2), -1, official())
    with pytest.raises(ValueError, match="-1"):
        add_days(date(2026, 3, 2), -1, official())


LINES = """2098-01-01至2098-01-03 休 元旦
2098年1月4日 班 元旦
２０９８-02-05 ~ 2098-02-06 放假 春节
"""


@pytest.fixture
def by(user: User) -> Actor:
    """Somebody of the assessment office."""
    give(user, Role.OFFICE)
    return Actor(user)


def tried(by: Actor, lines: str) -> Import:
    return try_import(kind=ImportKind.DAYS, content=lines.encode(), file_name="粘贴.txt", by=by)


@pytest.mark.django_db
def test_a_year_is_extended_by_hand(by: Actor, user: User) -> None:
    kept = tried(by, LINES)
    assert kept.problems == []
    take_import(imported=kept, by=by)
    assert Holiday.objects.count() == 6
    with pytest.raises(Refused):
        is_working_day(date(2098, 3, 3), working_calendar())
    settle_year(year=2098, source="国办发明电〔2097〕9号", by=by)
    settle_year(year=2098, source="国办发明电〔2097〕9号", by=by)
    calendar = working_calendar()
    assert [is_working_day(date(2098, 1, day), calendar) for day in (1, 3, 4, 6)] == [False, False, True, True]
    assert year_shown(user, 2098).settled
    assert years_known(user)[0] == 2098
    take_back(imported=kept, by=by)
    assert not Holiday.objects.exists()
    unsettle_year(year=2098, by=by)
    assert not year_shown(user, 2098).settled
    actions = list(AuditRow.objects.order_by("sequence").values_list("action", flat=True))
    assert actions == [
        "org.import_tried",
        "org.import_taken",
        "org.days_entered",
        "org.year_settled",
        "org.import_undone",
        "org.days_taken_back",
        "org.year_unsettled",
    ]


@pytest.mark.django_db
def test_own_days_count_before_official_ones(by: Actor) -> None:
    take_import(imported=tried(by, "2026-11-30 休 县庆"), by=by)
    assert not is_working_day(date(2026, 11, 30), working_calendar())
    assert is_working_day(date(2026, 11, 30), official())
    changed = tried(by, "2026-11-30 班 县庆")
    assert changed.changes[0]["fields"] == {"arrangement": ["休", "班"]}
    take_import(imported=changed, by=by)
    assert is_working_day(date(2026, 11, 30), working_calendar())
    take_back(imported=changed, by=by)
    assert not is_working_day(date(2026, 11, 30), working_calendar())


@pytest.mark.django_db
def test_lines_and_cells_that_say_nothing_clear_are_told(by: Actor) -> None:
    kept = tried(
        by, "元旦放假三天\n2098-01-01 半天 元旦\n2098-01-02 休 元旦\n2098-01-02 班 元旦\n2098-01-05至2098-01-03 休 x\n"
    )
    assert [one.code for one in problems_of(kept.problems)] == [
        "org.days_line",
        "org.days_arrangement",
        "org.days_contradict",
        "org.ends_before_it_begins",
    ]
    head = ("日期", "至", "安排", "节日", "依据")
    content = workbook(
        head,
        ("2098-01-01", "2099-01-01", "休", "元旦", ""),
        ("x", "", "休", "", ""),
        (date(2098, 5, 1), "", "休", "节", "通知"),
    )
    kept = try_import(kind=ImportKind.DAYS, content=content, file_name="a.xlsx", by=by)
    assert [(one.place.cell, one.code) for one in problems_of(kept.problems)] == [
        ("B3", "org.days_too_many"),
        ("A4", "org.not_a_day"),
        ("D4", "org.days_without_name"),
    ]


@pytest.mark.django_db
def test_only_the_office_keeps_the_calendar(by: Actor) -> None:
    other = Actor(make_user("cheng", "程木"))
    assert other.user is not None
    give(other.user, Role.SYSTEM_ADMINISTRATOR)
    for attempt in (
        lambda: tried(other, LINES),
        lambda: settle_year(year=2098, source="x", by=other),
        lambda: unsettle_year(year=2098, by=other),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert {one.code for one in refused.value.problems} == {"org.needs_role"}
    for year, source, codes in (
        (2026, "", ["org.document_missing", "org.year_is_official"]),
        (2098, "x", ["org.year_without_days"]),
    ):
        with pytest.raises(Refused) as refused:
            settle_year(year=year, source=source, by=by)
        assert [one.code for one in refused.value.problems] == codes


def test_the_package_covers_the_years_that_the_county_works_in() -> None:
    assert {2024, 2025, 2026} <= official().years
