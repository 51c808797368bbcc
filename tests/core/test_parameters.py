"""Numbers hold from their day on; only the system administrator changes them, and the chain says so."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from baton.core import clock
from baton.core.acting import Actor
from baton.core.actions.parameters import change_parameter
from baton.core.choices import Certainty
from baton.core.models import AuditRow, Parameter, User
from baton.core.queries.parameters import parameter, parameters, shipped, standings
from baton.core.rules.parameters import read_shipped
from baton.org.choices import Role
from baton.words import Language, Refused, text
from people import give, make_user

pytestmark = pytest.mark.django_db
CODE = "account.idle_minutes"


@pytest.fixture
def administrator(db: None) -> User:
    user = make_user("zhou", "周正")
    give(user, Role.SYSTEM_ADMINISTRATOR)
    return user


def changed(user: User, **given: Any) -> Parameter:
    wanted = {"code": CODE, "value": 15, "effective_from": clock.today(), "source": "县委办〔2026〕3号"}
    return change_parameter(by=Actor(user), **wanted | {"certainty": Certainty.READ} | given)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_what_the_house_ships_holds_until_the_county_decides(administrator: User) -> None:
    today = clock.today()
    changed(administrator, effective_from=today + timedelta(days=3))
    assert parameter(CODE, today) == 30
    assert [parameter(CODE, today + timedelta(days=days)) for days in (2, 3, 400)] == [30, 15, 15]
    assert parameter(CODE, date(1999, 1, 1)) == 30


def test_an_area_is_one_query(django_assert_num_queries: Any, db: None) -> None:
    with django_assert_num_queries(1):
        assert parameters(clock.today(), "account")["lock_failures"] == 5


def test_shipped_numbers_follow_each_other(tmp_path: Path) -> None:
    file = tmp_path / "parameters.toml"
    row = 'value = {}\nfrom = {}\nsource = "x"\ncertainty = "M"\n'
    file.write_text("".join("[[a.b]]\n" + row.format(*one) for one in ((2, "2026-01-01"), (1, "2020-01-01"))), "utf-8")
    assert [number.value for number in read_shipped([file])["a.b"]] == [1, 2]


@pytest.mark.parametrize("code", sorted(shipped()))
def test_every_shipped_number_has_words_a_source_and_sense(code: str) -> None:
    assert text(code, Language.CHINESE)
    assert text(code, Language.ENGLISH)
    for number in shipped()[code]:
        assert number.source
        if isinstance(number.value, int):
            assert (number.least or 0) <= number.value <= (number.most or number.value)


def test_a_change_stands_in_the_chain(administrator: User) -> None:
    changed(administrator)
    row = AuditRow.objects.get()
    assert (row.action, row.by, row.object_type) == ("account.parameter_changed", administrator, "core.parameter")
    assert row.detail["value"] == 15
    assert row.detail["source"] == "县委办〔2026〕3号"


def test_a_second_change_of_a_day_takes_the_place_of_the_first(administrator: User) -> None:
    changed(administrator)
    changed(administrator, value=20)
    assert Parameter.objects.get().value == 20
    assert AuditRow.objects.count() == 2


@pytest.mark.parametrize("role", [None, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.OFFICE_HEAD])
def test_nobody_else_changes_or_sees_them(user: User, role: Role | None) -> None:
    if role:
        give(user, role)
    with pytest.raises(Refused) as refused:
        changed(user)
    assert codes(refused) == ["account.power_lacking"]
    assert standings(user, clock.today()) == []
    assert not AuditRow.objects.exists()


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"value": 2}, "account.value_out_of_bounds", "value"),
        ({"value": "15"}, "account.value_of_another_kind", "value"),
        ({"value": True}, "account.value_of_another_kind", "value"),
        ({"effective_from": date(2020, 1, 1)}, "account.day_is_past", "effective_from"),
        ({"source": "  "}, "account.source_lacking", "source"),
    ],
)
def test_a_change_without_sense_is_refused(administrator: User, given: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        changed(administrator, **given)
    assert [(one.code, one.place.field) for one in refused.value.problems] == [(code, field)]
    assert not Parameter.objects.exists()


def test_the_page_is_told_what_holds_and_what_will(administrator: User) -> None:
    changed(administrator)
    changed(administrator, value=20, effective_from=clock.today() + timedelta(days=9))
    one = next(one for one in standings(administrator, clock.today()) if one.code == CODE)
    assert (one.value, one.ships.value) == (15, 30)
    assert [row.value for row in one.decided] == [20, 15]
