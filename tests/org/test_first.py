"""The first three administrators: three people, once, and only from the command line."""

import pytest

from baton.core.acting import Actor
from baton.core.chain import verify_chain
from baton.core.models import AuditRow, User
from baton.org.actions.first import first_administrators
from baton.org.choices import Role
from baton.org.queries import may
from baton.words import Refused
from people import make_user

pytestmark = pytest.mark.django_db
PEOPLE = {
    Role.SYSTEM_ADMINISTRATOR: ("chengmu", "程木"),
    Role.SECURITY_ADMINISTRATOR: ("anlan", "安澜"),
    Role.AUDIT_ADMINISTRATOR: ("jianning", "简宁"),
}


def test_three_people_are_let_in_once() -> None:
    made = first_administrators(people=PEOPLE, reason="安装")
    assert [user.name for user in made] == ["程木", "安澜", "简宁"]
    assert may(made[1], Role.SECURITY_ADMINISTRATOR)
    assert not made[1].has_usable_password()
    assert AuditRow.objects.count() == 6
    assert verify_chain()[1] is None
    with pytest.raises(Refused) as refused:
        first_administrators(people={role: (name + "2", name) for role, (name, _) in PEOPLE.items()}, reason="安装")
    assert [one.code for one in refused.value.problems] == ["org.first_is_over"]


def test_one_person_cannot_be_all_three() -> None:
    make_user("old", "老林")
    people = dict.fromkeys(PEOPLE, ("one", "")) | {Role.AUDIT_ADMINISTRATOR: ("old", "x")}
    with pytest.raises(Refused) as refused:
        first_administrators(people=people, reason="安装")
    assert [one.code for one in refused.value.problems] == [
        "org.account_without_name",
        "org.account_without_name",
        "org.two_powers",
        "org.account_is_anothers",
    ]
    assert User.objects.count() == 1


def test_nobody_does_it_from_a_page_or_for_two_powers_only(user: User) -> None:
    for people, by in ((PEOPLE, Actor(user)), (dict(list(PEOPLE.items())[:2]), Actor())):
        with pytest.raises(Refused) as refused:
            first_administrators(people=people, reason="x", by=by)
        assert [one.code for one in refused.value.problems] == ["org.first_three"]
    assert User.objects.count() == 1
