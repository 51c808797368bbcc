"""Telling people: with the change or not at all; outside the house only that there is something to do."""

from datetime import timedelta
from typing import Any

import pytest

from baton.core import clock
from baton.core.acting import SYSTEM, Actor, acting
from baton.core.actions.notices import mark_read, open_notice
from baton.core.models import AuditRow, Message, Notice, User
from baton.core.queries.notices import inbox, unread
from baton.words import Refused, Word
from people import make_user

pytestmark = pytest.mark.django_db


def tell(*users: User, **params: Any) -> None:
    with acting(SYSTEM) as told:
        told.tell(
            users,
            "services.notice_job_done",
            link="/jobs",
            **{"job": Word("services.sweep_files"), "about": ""} | params,
        )


def test_each_is_told_once_and_closed_accounts_are_not(user: User) -> None:
    other, closed = make_user("other", "别人"), make_user("closed", "走了", is_active=False)
    tell(user, user, other, closed)
    assert {one.recipient for one in Notice.objects.all()} == {user, other}
    assert (unread(user), unread(closed)) == (1, 0)
    assert not AuditRow.objects.exists(), "who is told is no deed of its own"


def test_what_fails_tells_nobody(user: User) -> None:
    def failing() -> None:
        with acting(SYSTEM) as told:
            told.tell([user], "services.notice_job_done", job="x", about="")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert not Notice.objects.exists()


def test_one_reads_ones_own_only(user: User) -> None:
    other = make_user("other", "别人")
    tell(user, other)
    theirs = inbox(other).get()
    assert mark_read(by=Actor(user), numbers=[theirs.pk]) == 0
    with pytest.raises(Notice.DoesNotExist):
        open_notice(by=Actor(user), number=theirs.pk)
    assert unread(other) == 1
    assert mark_read(by=Actor(user)) == 1
    assert mark_read(by=Actor(user)) == 0, "twice changes nothing"
    with pytest.raises(Refused):
        mark_read(by=SYSTEM)


def test_nothing_goes_outside_unless_it_is_turned_on(user: User) -> None:
    user.email = "lin@county.example"
    user.save()
    tell(user)
    assert not Message.objects.exists()


def test_a_message_waits_once_per_person_and_group(user: User, settings: Any) -> None:
    settings.CHANNELS = {
        "post": {"kind": "mail", "sender": "baton@county.example"},
        "group": {"kind": "wecom", "url": "https://robot.example/send?key=k"},
    }
    user.email = "lin@county.example"
    user.save()
    without = make_user("other", "别人")
    tell(user, without)
    tell(user)
    assert sorted(Message.objects.values_list("channel", "addressee")) == [("group", ""), ("post", str(user.pk))]
    Message.objects.update(state="sent", sent_at=clock.now())
    tell(user, due=None)
    assert Message.objects.filter(state="waiting").count() == 2


@pytest.mark.parametrize("given", [{"kind": "mail"}, {"kind": "wecom", "url": "ftp://x"}, {"kind": "dingtalk", "x": 1}])
def test_options_are_validated(user: User, settings: Any, given: dict[str, Any]) -> None:
    settings.CHANNELS = {"post": given}
    with pytest.raises(ValueError, match="validation error"):
        tell(user)
    assert not Notice.objects.exists()


def test_a_message_has_no_place_for_anything_but_who(user: User) -> None:
    """A figure, a rank or a name cannot go out, since a message holds none: its fields are these and no others."""
    fields = {field.name for field in Message._meta.get_fields()}
    assert fields == {
        "id", "channel", "addressee", "recipient", "state", "attempts", "next_at", "created_at", "sent_at", "failure",
    }  # fmt: skip


def test_a_due_date_is_kept(user: User) -> None:
    due = clock.now() + timedelta(days=2)
    with acting(SYSTEM) as told:
        told.tell([user], "services.notice_job_done", due=due, job="x", about="")
    assert inbox(user).get().due == due
