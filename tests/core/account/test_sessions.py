"""Sign-ins that go on: seen by their person, ended by them or by the security administrator; locks lifted."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from baton.core import clock
from baton.core.acting import Actor
from baton.core.actions import sessions
from baton.core.actions.sign_in import begin, check_in
from baton.core.choices import Means
from baton.core.models import AuditRow, SignedIn, User
from baton.core.queries.sign_ins import accounts, locked_for, own_sign_ins, sign_ins_of
from baton.org.choices import Role
from baton.words import Refused
from people import PASSWORD, give, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def guard(db: None) -> User:
    user = make_user("guard", "安全")
    give(user, Role.SECURITY_ADMINISTRATOR)
    return user


def signed_in(user: User, seconds: int = 600) -> SignedIn:
    store = SessionStore()
    store.set_expiry(seconds)
    store.create()
    now = clock.now()
    return SignedIn.objects.create(
        user=user, session_key=store.session_key, means="password", began_at=now, seen_at=now
    )


def test_a_person_sees_their_own_that_have_not_ended(user: User, guard: User) -> None:
    mine, _ = signed_in(user), signed_in(user, -1)
    signed_in(guard)
    assert list(own_sign_ins(user)) == [mine]
    assert list(sign_ins_of(guard, user)) == [mine]
    assert not sign_ins_of(user, guard).exists()


def test_ending_one_takes_its_session_away(user: User) -> None:
    mine, other = signed_in(user), signed_in(user)
    sessions.revoke(by=Actor(user), sign_in=mine)
    sessions.revoke(by=Actor(user), sign_in=mine)
    assert list(Session.objects.values_list("session_key", flat=True)) == [other.session_key]
    assert AuditRow.objects.filter(action="account.sign_in_revoked").count() == 1


def test_ending_all_others_keeps_this_one(user: User, guard: User) -> None:
    here, others = signed_in(user), signed_in(guard)
    signed_in(user)
    signed_in(user)
    assert sessions.revoke_others(by=Actor(user), session_key=here.session_key) == 2
    assert sessions.revoke_others(by=Actor(user), session_key=here.session_key) == 0
    assert set(SignedIn.objects.all()) == {here, others}
    assert Session.objects.count() == 2
    assert AuditRow.objects.get().detail == {"ended": 2}


def test_the_security_administrator_ends_anybodys(user: User, guard: User) -> None:
    sessions.revoke(by=Actor(guard), sign_in=signed_in(user))
    signed_in(user)
    assert sessions.revoke_all_of(by=Actor(guard), user=user) == 1
    assert not SignedIn.objects.exists()
    assert {(row.by, row.object_id) for row in AuditRow.objects.all()} == {(guard, str(user.pk))}


@pytest.mark.parametrize("role", [None, Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.OFFICE_HEAD])
def test_nobody_else_touches_others(user: User, guard: User, role: Role | None) -> None:
    if role:
        give(user, role)
    theirs = signed_in(guard)
    by = Actor(user)
    for attempt in (
        lambda: sessions.revoke(by=by, sign_in=theirs),
        lambda: sessions.revoke_all_of(by=by, user=guard),
        lambda: sessions.lift_lock(by=by, user=guard),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert [one.code for one in refused.value.problems] == ["account.power_lacking"]
    assert SignedIn.objects.count() == 1
    assert not accounts(user).exists()
    assert not AuditRow.objects.exists()


def test_a_lifted_lock_is_open(user: User, guard: User) -> None:
    here = Actor(address="10.0.0.7")
    for _ in range(5):
        with pytest.raises(Refused):
            check_in(by=here, username=user.username, password="wrong")
    assert locked_for(user) is not None
    sessions.lift_lock(by=Actor(guard), user=user)
    assert locked_for(user) is None
    assert check_in(by=here, username=user.username, password=PASSWORD)[0] == user
    assert AuditRow.objects.filter(action="account.lock_lifted", by=guard, object_id=str(user.pk)).exists()


def test_accounts_are_watched_in_few_queries(user: User, guard: User, django_assert_max_num_queries: Any) -> None:
    signed_in(user)
    signed_in(user)
    signed_in(user, -1)
    with django_assert_max_num_queries(2):
        found = {one.username: (one.sign_ins, one.has_second_factor) for one in accounts(guard)}
    assert found == {"linxiaoman": (2, False), "guard": (0, False)}
    assert [one.username for one in accounts(guard, "小满")] == ["linxiaoman"]


def test_what_ended_by_itself_is_swept_at_the_next_sign_in(user: User, guard: User) -> None:
    signed_in(user, -1)
    live, others = signed_in(user), signed_in(guard)
    begin(by=Actor(user), session_key="new", means=Means.PASSWORD, second_factor=False, browser="")
    keys = {live.session_key, others.session_key}
    assert set(Session.objects.values_list("session_key", flat=True)) == keys
    assert set(SignedIn.objects.values_list("session_key", flat=True)) == keys | {"new"}


def test_being_seen_is_noted_without_a_row_in_the_chain(user: User, settings: Any) -> None:
    mine = signed_in(user)
    settings.CLOCK_OFFSET = timedelta(minutes=5)
    sessions.note_seen(session_key=mine.session_key, address="10.0.0.9")
    mine.refresh_from_db()
    assert mine.seen_at - mine.began_at >= timedelta(minutes=5)
    assert mine.address == "10.0.0.9"
    assert not AuditRow.objects.exists()
