"""The audit chain: whole after any actions, and broken wherever a row was touched."""

import pytest
from django.db import connection

from baton.core.acting import SYSTEM, Actor, acting
from baton.core.chain import verify_chain
from baton.core.models import AuditRow, User

pytestmark = pytest.mark.django_db


def rows(count: int) -> None:
    for number in range(count):
        with acting(SYSTEM) as told:
            told.did("core.audit_row_changed", number=number)


def test_what_is_done_stands_in_the_chain(user: User) -> None:
    with acting(Actor(user, behalf_of="白水镇", address="10.0.0.7")) as told:
        told.did("core.audit_row_changed", user, reason="补报")
        told.did("core.audit_row_missing")
    first, second = AuditRow.objects.order_by("sequence")
    assert (first.by, first.behalf_of, first.address) == (user, "白水镇", "10.0.0.7")
    assert (first.object_type, first.object_id, first.detail) == ("core.user", str(user.pk), {"reason": "补报"})
    assert second.previous_hash == first.hash
    assert verify_chain() == (2, None)


def failing() -> None:
    with acting(SYSTEM) as told:
        told.did("core.audit_row_changed")
        raise ZeroDivisionError


def test_what_fails_leaves_no_row() -> None:
    rows(1)
    with pytest.raises(ZeroDivisionError):
        failing()
    assert verify_chain() == (1, None)


@pytest.mark.parametrize(
    ("change", "sequence", "code"),
    [
        ("UPDATE core_auditrow SET detail = '{\"number\": 9}' WHERE sequence = 2", 2, "core.audit_row_changed"),
        ("UPDATE core_auditrow SET object_name = 'x' WHERE sequence = 3", 3, "core.audit_row_changed"),
        ("DELETE FROM core_auditrow WHERE sequence = 2", 2, "core.audit_row_missing"),
        ("DELETE FROM core_auditrow WHERE sequence = 4", 4, "core.audit_end_cut_off"),
    ],
)
def test_a_touched_row_is_found(change: str, sequence: int, code: str) -> None:
    rows(4)
    with connection.cursor() as cursor:
        cursor.execute(change)
    length, found = verify_chain()
    assert length == 4
    assert found is not None
    assert (found.sequence, found.code) == (sequence, code)


def test_an_empty_chain_holds() -> None:
    assert verify_chain() == (0, None)
