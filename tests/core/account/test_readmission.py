"""The way back for whoever is locked out; nobody but the machine may."""

import pytest

from baton.core import clock
from baton.core.acting import SYSTEM, Actor
from baton.core.actions.readmission import readmit
from baton.core.actions.sign_in import check_in
from baton.core.choices import Means
from baton.core.models import AuditRow, SecondFactor, SignedIn, User
from baton.org.choices import Role
from baton.words import Refused
from people import give, make_user
from signing import with_second_factor

pytestmark = pytest.mark.django_db
HERE = Actor(address="10.0.0.7")


def test_one_who_is_locked_out_comes_back(user: User) -> None:
    with_second_factor(user)
    SignedIn.objects.create(user=user, session_key="k", means="password", began_at=clock.now(), seen_at=clock.now())
    for _ in range(5):
        with pytest.raises(Refused):
            check_in(by=HERE, username=user.username, password="wrong")
    slip = readmit(by=SYSTEM, username="LINXIAOMAN")
    assert check_in(by=HERE, username=user.username, password=slip.code) == (user, Means.SLIP)
    assert not SecondFactor.objects.exists()
    assert not SignedIn.objects.exists()
    rows = AuditRow.objects.filter(action__in=("account.second_factor_reset", "account.slip_issued"))
    assert [(row.by, row.object_id) for row in rows] == [(None, str(user.pk))] * 2


@pytest.mark.parametrize("username", ["nobody", "closed", ""])
def test_nobody_and_closed_accounts_are_refused(username: str) -> None:
    make_user("closed", "停用", is_active=False)
    with pytest.raises(Refused) as refused:
        readmit(by=SYSTEM, username=username)
    assert [one.code for one in refused.value.problems] == ["account.readmit_nobody"]
    assert not AuditRow.objects.exists()


@pytest.mark.parametrize("role", sorted(Role))
def test_no_person_may(user: User, role: Role) -> None:
    give(user, role)
    with pytest.raises(Refused) as refused:
        readmit(by=Actor(user), username=user.username)
    assert [one.code for one in refused.value.problems] == ["account.power_lacking"]
