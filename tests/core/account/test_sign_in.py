"""Signing in: by password, refused with the same words and work, locked after too many failures, all in the chain."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import hashers

from baton.core import clock
from baton.core.acting import Actor
from baton.core.actions import sign_in
from baton.core.actions.sign_in import begin, check_in, end
from baton.core.choices import Means
from baton.core.models import AuditRow, SignedIn, SignInGuard, User
from baton.words import Refused
from people import PASSWORD, make_user

pytestmark = pytest.mark.django_db
HERE = Actor(address="10.0.0.7")


def refusal(username: str = "linxiaoman", password: str = "wrong", by: Actor = HERE) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refused) as refused:
        check_in(by=by, username=username, password=password)
    (problem,) = refused.value.problems
    return problem.code, dict(problem.params)


def done() -> list[str]:
    return list(AuditRow.objects.order_by("sequence").values_list("action", flat=True))


@pytest.fixture
def later(settings: Any) -> Any:
    """Move the clock: `later(minutes=10)`, backwards too."""

    def moved(**given: float) -> None:
        settings.CLOCK_OFFSET += timedelta(**given)

    return moved


@pytest.mark.parametrize("username", ["linxiaoman", "LinXiaoman", " linxiaoman "])
def test_the_right_password_lets_in(user: User, username: str) -> None:
    assert check_in(by=HERE, username=username, password=PASSWORD) == (user, Means.PASSWORD)


def test_whether_an_account_is_there_is_not_told(user: User) -> None:
    make_user("closed", "停用", is_active=False)
    named = [("linxiaoman", "wrong"), ("nobody", "wrong"), ("closed", PASSWORD)]
    assert {refusal(*one, by=Actor(address=f"10.0.1.{n}"))[0] for n, one in enumerate(named)} == {
        "account.sign_in_wrong"
    }
    for name in ("linxiaoman", "nobody", "closed"):
        said = [refusal(name, by=Actor(address=f"10.0.2.{n}")) for n in range(5)]
        assert said[-1] == ("account.sign_in_locked", {"minutes": 10})


@pytest.mark.parametrize("username", ["linxiaoman", "nobody", "closed", "unset"])
def test_the_same_work_is_done_whether_an_account_is_there(
    user: User, username: str, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    make_user("closed", "停用", is_active=False)
    unset = make_user("unset", "未设")
    unset.set_unusable_password()
    unset.save()
    hashed: list[str] = []
    encode = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(
        hashers.MD5PasswordHasher, "encode", lambda self, *given: hashed.append(given[0]) or encode(self, *given)
    )
    refusal("first")
    hashed.clear()
    refusal(username, "wrong one")
    assert len(hashed) == 1


def test_five_failures_lock_and_the_right_password_does_not_open(user: User, later: Any) -> None:
    for _ in range(5):
        assert refusal()[0] == "account.sign_in_wrong"
    assert refusal(password=PASSWORD) == ("account.sign_in_locked", {"minutes": 10})
    later(minutes=9)
    assert refusal(password=PASSWORD) == ("account.sign_in_locked", {"minutes": 1})
    later(minutes=1)
    assert check_in(by=HERE, username=user.username, password=PASSWORD)[0] == user
    assert not SignInGuard.objects.filter(pk__startswith="account:").exists()
    assert done() == ["account.sign_in_failed"] * 5 + ["account.locked"]


def test_the_second_lock_lasts_longer(user: User, later: Any) -> None:
    for _ in range(5):
        refusal()
    later(minutes=10)
    for _ in range(5):
        refusal()
    assert refusal() == ("account.sign_in_locked", {"minutes": 20})


def test_success_forgets_failures(user: User) -> None:
    for _ in range(3):
        for _ in range(4):
            refusal()
        check_in(by=HERE, username=user.username, password=PASSWORD)
    assert "account.locked" not in done()


@pytest.mark.parametrize("back", [1, 60 * 24 * 400])
def test_a_clock_set_back_neither_opens_nor_locks_for_ever(user: User, later: Any, back: int) -> None:
    for _ in range(5):
        refusal()
    later(minutes=-back)
    assert refusal(password=PASSWORD) == ("account.sign_in_locked", {"minutes": 10})
    later(minutes=10)
    assert check_in(by=HERE, username=user.username, password=PASSWORD)[0] == user


def test_an_address_that_tries_many_accounts_is_locked(user: User) -> None:
    for number in range(60):
        refusal(f"name{number}")
    assert refusal(user.username, PASSWORD)[0] == "account.sign_in_locked"
    assert done()[-1] == "account.address_locked"
    elsewhere = Actor(address="10.0.0.8")
    assert check_in(by=elsewhere, username=user.username, password=PASSWORD)[0] == user


def test_what_is_refused_while_locked_is_no_further_failure(user: User, later: Any) -> None:
    for _ in range(25):
        refusal()
    assert done().count("account.sign_in_failed") == 5
    later(minutes=10)
    assert check_in(by=HERE, username=user.username, password=PASSWORD)[0] == user


def test_the_chain_holds_neither_passwords_nor_names_that_are_no_account(user: User) -> None:
    refusal("my secret by mistake", "wrong secret")
    refusal(user.username, "wrong secret")
    first, second = AuditRow.objects.order_by("sequence")
    assert (first.object_id, second.object_id) == ("", str(user.pk))
    assert (first.by, first.address) == (None, "10.0.0.7")
    said = "".join(str(vars(row)) for row in (first, second)) + "".join(
        SignInGuard.objects.values_list("key", flat=True)
    )
    assert "secret" not in said


def test_attempts_at_once_are_no_more_than_five(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    guessed: list[str] = []
    compare = sign_in._shown

    def slow(who: User | None, password: str) -> Means | None:
        """Let another attempt begin before this one has ended."""
        guessed.append(password)
        with suppress(Refused):
            check_in(by=HERE, username=user.username, password=f"wrong {len(guessed)}")
        return compare(who, password)

    monkeypatch.setattr(sign_in, "_shown", slow)
    refusal()
    assert len(guessed) == 5
    assert done().count("account.locked") >= 1


def test_guards_that_no_longer_count_go(user: User, later: Any) -> None:
    refusal("nobody")
    later(hours=25)
    refusal()
    assert SignInGuard.objects.filter(pk__startswith="account:").count() == 1


def test_a_sign_in_begins_and_ends_in_the_chain(user: User) -> None:
    by = Actor(user, address="10.0.0.7")
    begin(by=by, session_key="k" * 32, means=Means.PASSWORD, second_factor=False, browser="x" * 999)
    row = SignedIn.objects.get()
    assert (row.user, row.address, len(row.browser)) == (user, "10.0.0.7", 300)
    end(by=by, session_key="k" * 32)
    assert not SignedIn.objects.exists()
    assert done() == ["account.signed_in", "account.signed_out"]
    assert AuditRow.objects.filter(action="account.signed_in").get().detail == {
        "means": "password",
        "second_factor": False,
    }


@pytest.mark.parametrize(("days", "must"), [(179, False), (180, True)])
def test_an_old_password_must_be_changed(user: User, days: int, must: bool) -> None:
    user.password_changed_at = clock.now() - timedelta(days=days)
    begin(by=Actor(user), session_key="k", means=Means.PASSWORD, second_factor=False, browser="")
    user.refresh_from_db()
    assert user.must_change_password is must
