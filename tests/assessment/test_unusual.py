"""Figures worth a second look."""

from decimal import Decimal

import pytest

from baton.assessment.rules.unusual import Course, Why, reasons


def whys(now: str, before: list[str | None], **given: bool) -> tuple[Why, ...]:
    course = Course(Decimal(now), [None if one is None else Decimal(one) for one in before], **given)
    return reasons({"T04": course}).get("T04", ())


@pytest.mark.parametrize(
    ("now", "before", "given", "why"),
    [
        ("3945", ["39450"], {}, (Why.TENFOLD,)),
        ("3946", ["39450"], {}, ()),
        ("394500", ["39450"], {}, (Why.TENFOLD,)),
        ("90", ["100"], {"adds_up": True}, (Why.FELL,)),
        ("90", ["100"], {"adds_up": True, "first": True}, ()),
        ("100", ["100"], {"adds_up": True}, (Why.SAME,)),
        ("0", ["0"], {"adds_up": True}, ()),
        ("5", [None], {"adds_up": True}, ()),
        ("8", ["5", "6", "5", "6", "5", "6"], {}, ()),
        ("9", ["5", "6", "5", "6", "5", "6"], {}, (Why.COURSE,)),
        ("9", ["5", "6", "5", "6", "5"], {}, ()),
        ("80", ["10", "20", "30", "40", "50", "60", "70"], {"adds_up": True}, ()),
        ("95", ["10", "20", "30", "40", "50", "60", "70"], {"adds_up": True}, (Why.COURSE,)),
    ],
)
def test_a_figure_is_held_against_its_own_months(
    now: str, before: list[str | None], given: dict[str, bool], why: tuple[Why, ...]
) -> None:
    assert whys(now, before, **given) == why


def test_a_figure_is_held_against_the_others_where_there_are_enough() -> None:
    values = ["96", "97", "98", "97", "96", "60"]
    courses = {f"T{number}": Course(Decimal(value), []) for number, value in enumerate(values)}
    assert reasons(courses) == {"T5": (Why.OTHERS,)}
    courses.pop("T0")
    assert reasons(courses) == {}


def test_equal_figures_are_no_measure_of_others() -> None:
    courses = {f"T{number}": Course(Decimal(value), []) for number, value in enumerate("1111119")}
    assert reasons(courses) == {}
