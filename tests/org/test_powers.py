"""Roles hold in their place and on their days, and nowhere else."""

from datetime import date

import pytest
from django.db import IntegrityError

from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import powers, tree
from people import give, make_unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 8)


def test_a_role_holds_in_its_unit(user: User) -> None:
    township, other = make_unit(), make_unit("T05", "马鞍岭镇")
    give(user, Role.REPORTER, township)
    mine = powers(user, DAY)
    assert mine.has(Role.REPORTER)
    assert mine.units_of(Role.REPORTER, Role.UNIT_HEAD) == {township.pk}
    assert other.pk not in mine.units_of(Role.REPORTER)
    assert not mine.has(Role.OFFICE)


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (date(2026, 9, 8), None, True),
        (date(2026, 9, 9), None, False),
        (date(2026, 1, 1), date(2026, 9, 8), True),
        (date(2026, 1, 1), date(2026, 9, 7), False),
    ],
)
def test_a_role_holds_on_its_days(user: User, first: date, last: date | None, holds: bool) -> None:
    give(user, Role.OFFICE, valid_from=first, valid_to=last)
    assert powers(user, DAY).has(Role.OFFICE) is holds


def test_a_closed_account_has_no_power(user: User) -> None:
    give(user, Role.OFFICE)
    user.is_active = False
    assert not powers(user, DAY).has(Role.OFFICE)


def test_what_is_lent_has_an_end(user: User) -> None:
    lender = give(user, Role.OFFICE)
    with pytest.raises(IntegrityError):
        give(user, Role.OFFICE, delegated_from=lender)


def test_the_tree_is_that_of_the_day(user: User) -> None:
    county = make_unit("C", "云渡县")
    township = make_unit(parent=county, order=1)
    make_unit("V1", "柳林村", parent=township)
    make_unit("L01", "县乡村振兴局", parent=county, valid_to=date(2024, 3, 20))
    assert [(one.unit.code, one.depth) for one in tree(user, DAY)] == [("C", 0), ("T04", 1), ("V1", 2)]
    assert "L01" in [one.unit.code for one in tree(user, date(2024, 3, 20))]


def test_a_unit_cannot_end_before_it_begins() -> None:
    with pytest.raises(IntegrityError):
        Unit.objects.create(code="X", name="X", valid_from=date(2025, 1, 2), valid_to=date(2025, 1, 1))
