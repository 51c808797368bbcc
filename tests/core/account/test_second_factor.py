"""The second factor: sealed, by time, each code once, with recovery codes, and reset by the security administrator."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest

from baton.core import clock
from baton.core.acting import Actor
from baton.core.actions import second_factor as actions
from baton.core.models import AuditRow, RecoveryCode, SecondFactor, SignedIn, User
from baton.core.queries.sign_ins import factor_of
from baton.core.rules.second_factor import STEP, step_of
from baton.core.sealing import is_newest, opened, seal
from baton.org.choices import ADMINISTRATORS, Role
from baton.words import Refused
from people import give, make_user

NOW = datetime(2026, 9, 8, 9, tzinfo=UTC)
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HERE = int(NOW.timestamp()) // STEP


def code_at(steps: int, seed: str = SEED) -> str:
    return pyotp.TOTP(seed).generate_otp(HERE + steps)


@pytest.mark.parametrize(("steps", "passes"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_one_step(steps: int, passes: bool) -> None:
    assert (step_of(SEED, code_at(steps), NOW, 0) == HERE + steps) is passes


def test_a_code_is_taken_once_and_no_older_one_after_it() -> None:
    assert step_of(SEED, code_at(0), NOW, HERE) is None
    assert step_of(SEED, code_at(-1), NOW, HERE) is None
    assert step_of(SEED, code_at(1), NOW, HERE) == HERE + 1


def test_a_clock_set_back_does_not_shut_out_for_ever() -> None:
    assert step_of(SEED, code_at(0), NOW, HERE + 10**6) == HERE
    assert step_of(SEED, code_at(0), NOW, HERE + 1) is None


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "0000000"])
def test_what_is_no_code_does_not_pass(code: str) -> None:
    assert step_of(SEED, code, NOW, 0) is None


@pytest.fixture
def mine(user: User) -> str:
    """A seed in use; the last code taken was that of a minute ago."""
    seed = actions.offer(by=Actor(user))
    actions.confirm(by=Actor(user), code=current(seed))
    SecondFactor.objects.update(last_step=0)
    return seed


def current(seed: str) -> str:
    return pyotp.TOTP(seed).at(clock.now())


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def check(user: User, code: str) -> None:
    actions.check_code(by=Actor(address="10.0.0.7"), user=user, code=code)


def test_it_counts_once_a_code_was_seen(user: User) -> None:
    seed = actions.offer(by=Actor(user))
    assert actions.offer(by=Actor(user)) == seed
    assert factor_of(user).since is None
    with pytest.raises(Refused):
        actions.confirm(by=Actor(user), code="000000")
    with pytest.raises(Refused):
        check(user, current(seed))
    given = actions.confirm(by=Actor(user), code=f" {current(seed)[:3]} {current(seed)[3:]}")
    assert len(set(given)) == 10
    assert factor_of(user).codes == 10
    for again in (actions.offer, lambda by: actions.confirm(by=by, code=current(seed))):
        with pytest.raises(Refused) as refused:
            again(by=Actor(user))
        assert codes(refused) == ["account.second_factor_there"]
    assert AuditRow.objects.filter(action="account.second_factor_set_up", by=user).count() == 1


def test_the_code_of_setting_up_does_not_sign_in(user: User) -> None:
    seed = actions.offer(by=Actor(user))
    code = current(seed)
    actions.confirm(by=Actor(user), code=code)
    with pytest.raises(Refused):
        check(user, code)


def test_a_code_signs_in_once(user: User, mine: str) -> None:
    code = current(mine)
    check(user, code)
    with pytest.raises(Refused) as refused:
        check(user, code)
    assert codes(refused) == ["account.code_wrong"]
    assert AuditRow.objects.filter(action="account.code_failed", object_id=str(user.pk)).count() == 1


def test_a_recovery_code_signs_in_once(user: User, mine: str) -> None:
    new = actions.renew_recovery_codes(by=Actor(user), code=current(mine))
    check(user, new[3].lower())
    with pytest.raises(Refused):
        check(user, new[3])
    assert factor_of(user).codes == 9
    assert AuditRow.objects.get(action="account.recovery_code_used").detail == {"left": 9}
    kept = f"{list(RecoveryCode.objects.values_list('hash', flat=True))}{list(AuditRow.objects.values_list('detail'))}"
    assert not [code for code in new if code.replace("-", "") in kept]


def test_a_recovery_code_is_nobody_elses(user: User, mine: str) -> None:
    other = make_user("wangfang", "王芳")
    seed = actions.offer(by=Actor(other))
    others = actions.confirm(by=Actor(other), code=current(seed))
    with pytest.raises(Refused):
        check(user, others[0])


def test_wrong_codes_lock(user: User, mine: str) -> None:
    for _ in range(5):
        with pytest.raises(Refused):
            check(user, "000000")
    with pytest.raises(Refused) as refused:
        check(user, current(mine))
    assert codes(refused) == ["account.sign_in_locked"]
    assert AuditRow.objects.filter(action="account.locked").count() == 1


def test_seeds_are_sealed_and_are_sealed_anew_after_a_change_of_key(user: User, mine: str, settings: Any) -> None:
    kept = SecondFactor.objects.get().seed
    assert mine not in kept
    settings.SECOND_FACTOR_KEYS = ["a new key", *settings.SECOND_FACTOR_KEYS]
    assert not is_newest(kept)
    check(user, current(mine))
    settings.SECOND_FACTOR_KEYS = ["a new key"]
    assert opened(user, SecondFactor.objects.get().seed) == mine
    settings.SECOND_FACTOR_KEYS = ["none of them"]
    with pytest.raises(Refused):
        check(user, current(mine))


def test_a_seed_moved_to_another_person_opens_nothing(user: User) -> None:
    sealed = seal(user, SEED)
    assert opened(user, sealed) == SEED
    assert opened(make_user("wangfang", "王芳"), sealed) is None


def test_giving_up_needs_a_code(user: User, mine: str) -> None:
    with pytest.raises(Refused):
        actions.give_up(by=Actor(user), code="000000")
    actions.give_up(by=Actor(user), code=current(mine))
    assert not SecondFactor.objects.exists()
    assert not RecoveryCode.objects.exists()


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_an_administrator_cannot_give_it_up(user: User, mine: str, role: Role) -> None:
    give(user, role)
    with pytest.raises(Refused) as refused:
        actions.give_up(by=Actor(user), code=current(mine))
    assert codes(refused) == ["account.second_factor_required"]


def test_the_security_administrator_resets_it_and_sign_ins_end(user: User, mine: str) -> None:
    guard = make_user("guard", "安全")
    give(guard, Role.SECURITY_ADMINISTRATOR)
    SignedIn.objects.create(user=user, session_key="k", means="password", began_at=clock.now(), seen_at=clock.now())
    actions.reset_second_factor(by=Actor(guard), user=user)
    assert not SecondFactor.objects.exists()
    assert not SignedIn.objects.exists()
    row = AuditRow.objects.get(action="account.second_factor_reset")
    assert (row.by, row.object_id, row.detail) == (guard, str(user.pk), {"ended": 1})
    with pytest.raises(Refused) as refused:
        actions.reset_second_factor(by=Actor(guard), user=guard)
    assert codes(refused) == ["account.not_ones_own"]


@pytest.mark.parametrize("role", [None, Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.OFFICE_HEAD])
def test_nobody_else_resets_it(user: User, mine: str, role: Role | None) -> None:
    other = make_user("other", "别人")
    if role:
        give(other, role)
    with pytest.raises(Refused) as refused:
        actions.reset_second_factor(by=Actor(other), user=user)
    assert codes(refused) == ["account.power_lacking"]
    assert SecondFactor.objects.exists()


def test_an_hour_later_a_new_code_passes(user: User, mine: str, settings: Any) -> None:
    check(user, current(mine))
    settings.CLOCK_OFFSET = timedelta(hours=1)
    check(user, current(mine))
