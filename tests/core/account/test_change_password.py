"""The change of one's own password: the policy, the current one asked for, other sign-ins ended, no password told."""

from itertools import pairwise
from typing import Any

import pytest

from baton.core import clock
from baton.core.acting import Actor
from baton.core.actions.passwords import change_password
from baton.core.choices import Means
from baton.core.models import AuditRow, SignedIn, User
from baton.words import Refused
from people import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "Seven Rivers 70"


def changed(user: User, **given: str) -> int:
    wanted = {"session_key": "here", "current": PASSWORD, "new": NEW, "again": given.get("new", NEW)}
    return change_password(by=Actor(user, address="10.0.0.7"), **wanted | given)


def refusals(user: User, **given: str) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        changed(user, **given)
    return [(one.code, one.place.field) for one in refused.value.problems]


def signed_in(user: User, key: str, means: Means = Means.PASSWORD) -> None:
    SignedIn.objects.create(user=user, session_key=key, means=means, began_at=clock.now(), seen_at=clock.now())


def test_a_new_password_holds_and_other_sign_ins_end(user: User) -> None:
    signed_in(user, "here")
    signed_in(user, "there")
    user.must_change_password = True
    user.save()
    assert changed(user) == 1
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert not user.must_change_password
    assert user.password_changed_at is not None
    assert list(SignedIn.objects.values_list("session_key", flat=True)) == ["here"]
    row = AuditRow.objects.get()
    assert (row.action, row.by, row.detail) == ("account.password_changed", user, {"ended": 1})
    assert NEW not in str(vars(row))


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"new": "Short 7"}, [("account.password_short", "new")]),
        ({"new": "onlysmallletters"}, [("account.password_plain", "new")]),
        ({"new": "LinXiaoman 2026"}, [("account.password_has_name", "new")]),
        ({"again": "Seven Rivers 71"}, [("account.password_not_repeated", "again")]),
        ({"current": "wrong"}, [("account.password_wrong", "current")]),
        ({"current": "wrong", "new": "Abcdef 7", "again": "x"}, [
            ("account.password_wrong", "current"),
            ("account.password_short", "new"),
            ("account.password_not_repeated", "again"),
        ]),
    ],
)  # fmt: skip
def test_a_bad_one_is_refused_with_everything_that_is_wrong(
    user: User, given: dict[str, str], refused: list[tuple[str, str]]
) -> None:
    assert refusals(user, **given) == refused
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert not AuditRow.objects.exists()


def test_common_passwords_are_refused(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ("account.password_common", "new") in refusals(user, new="1234567890")


def test_neither_the_present_nor_the_last_five_come_again(user: User) -> None:
    chosen = [f"Seven Rivers {number}0" for number in range(7)]
    changed(user, new=chosen[0])
    for old, new in pairwise(chosen):
        changed(user, current=old, new=new)
    assert refusals(user, current=chosen[6], new=chosen[6]) == [("account.password_used", "new")]
    assert refusals(user, current=chosen[6], new=chosen[2]) == [("account.password_used", "new")]
    changed(user, current=chosen[6], new=chosen[1])


def test_wrong_current_passwords_lock(user: User) -> None:
    for _ in range(5):
        assert refusals(user, current="wrong") == [("account.password_wrong", "current")]
    assert refusals(user) == [("account.sign_in_locked", "current")]


def test_only_who_came_by_a_slip_need_not_know_the_current_one(user: User) -> None:
    user.set_unusable_password()
    user.must_change_password = True
    user.save()
    assert refusals(user, current="")[0] == ("account.password_wrong", "current")
    signed_in(user, "here", Means.SLIP)
    changed(user, current="")
    assert refusals(user, current="", new="Eight Rivers 80")[0] == ("account.password_wrong", "current")


def test_nobody_changes_another_persons(db: Any) -> None:
    with pytest.raises(ValueError, match="only a person"):
        change_password(by=Actor(), session_key="", current="", new=NEW, again=NEW)
