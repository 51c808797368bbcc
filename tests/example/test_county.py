"""The example county in the database: its tree, its history, and an account for every role."""

from datetime import date
from pathlib import Path

import pytest

from baton.core.chain import verify_chain
from baton.core.models import User
from baton.example.county import ROOT, load_people, load_units
from baton.org.choices import ADMINISTRATORS, Role
from baton.org.models import Assignment, Person, Unit, UnitChange
from baton.org.queries import powers, tree
from baton.org.queries.names import NamesOnDay
from baton.words import Problem, Refused
from people import make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 8)


def test_the_tree_has_the_units_of_the_county(shared_county: Path, user: User) -> None:
    assert load_units() == 88
    rows = (shared_county / "units.csv").read_text("utf-8-sig").splitlines()[1:]
    assert {row.split(",")[0] for row in rows} == set(Unit.objects.exclude(code=ROOT).values_list("code", flat=True))
    branches = tree(user, DAY)
    assert [(one.unit.code, one.depth) for one in branches][:2] == [(ROOT, 0), ("T01", 1)]
    assert {one.unit.code for one in branches}.isdisjoint({"L01", "L02", "D39"})
    assert load_units() == 88


def test_history_is_read_by_day(user: User) -> None:
    load_units()
    before, after = NamesOnDay(user, date(2024, 4, 10)), NamesOnDay(user, date(2026, 9, 8))
    found = before.find("县科工信局")
    assert isinstance(found, Unit)
    assert found.code == "L02"
    gone = after.find("县科工信局")
    assert isinstance(gone, Problem)
    assert gone.params["successors"] == "县工业和信息化局（D23）、县科学技术局（D24）"
    assert UnitChange.objects.count() == 3


def test_there_is_an_account_for_every_role() -> None:
    load_units()
    accounts = load_people(password="correct horse battery")
    assert {one.role for one in accounts} == set(Role) - {Role.LEADER_IN_CHARGE}
    head = User.objects.get(username="shengyuanchuan")
    assert head.check_password("correct horse battery")
    assert powers(head, DAY).units_of(Role.UNIT_HEAD) == {Unit.objects.get(code="T04").pk}
    assert powers(User.objects.get(username="zhouhe"), DAY).county == {Role.OFFICE_HEAD}
    others = User.objects.exclude(username__in=[one.username for one in accounts])
    assert others.count() > 250
    assert not any(one.has_usable_password() for one in others)
    assert verify_chain()[1] is None


def test_every_unit_has_its_people_and_powers_stay_apart() -> None:
    load_units()
    load_people(password="x")
    for role in (Role.UNIT_HEAD, Role.LEADER_IN_CHARGE, Role.REPORTER):
        assert Assignment.objects.filter(role=role).values("unit").distinct().count() == 85
    assert Person.objects.count() == User.objects.count()
    names = list(Person.objects.values_list("name", flat=True))
    assert len(set(names)) > 0.9 * len(names)
    keepers = Assignment.objects.filter(role__in=ADMINISTRATORS)
    assert keepers.values("user").distinct().count() == 3


def test_a_county_that_works_is_not_opened() -> None:
    load_units()
    make_user()
    with pytest.raises(Refused) as refused:
        load_people(password="x")
    assert refused.value.problems[0].code == "example.county_has_accounts"
    assert User.objects.count() == 1
