"""The second factor: set up, asked for, given up, reset; and the codes for the day the telephone is lost."""

import re
import unicodedata
from collections.abc import Callable

import pyotp

from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.core.choices import Power
from baton.core.codes import hash_of, new_code
from baton.core.guarding import admit, clear, code_key, fail_address, is_locked
from baton.core.models import RecoveryCode, SecondFactor, SignedIn, User
from baton.core.powers import powers_of, require
from baton.core.queries.parameters import parameters
from baton.core.rules.second_factor import step_of
from baton.core.sealing import is_newest, opened, seal
from baton.core.sittings import end_all
from baton.words import Place, Problem, Refused

RECOVERY_CODES = 10
"""How many times somebody can do without the telephone before new codes are needed."""
_WRONG = Problem("account.code_wrong", {}, Place(field="code"))


def offer(*, by: Actor) -> str:
    """Give the seed of a new second factor; it counts once `confirm` has seen a code of it. Raises `Refused`."""
    user, seed = _person(by), pyotp.random_base32()
    with acting(by):
        row, made = SecondFactor.objects.select_for_update(no_key=True).get_or_create(
            user=user, defaults={"seed": seal(user, seed)}
        )
        if row.confirmed_at is not None:
            raise Refused([Problem("account.second_factor_there")])
        kept = None if made else opened(user, row.seed)
        if not made and kept is None:
            row.seed = seal(user, seed)
            row.save(update_fields=["seed"])
    return kept or seed


def confirm(*, by: Actor, code: str, session_key: str = "") -> list[str]:
    """Take the second factor that was offered into use; give the recovery codes, which are shown this once.

    Raises `Refused` for a wrong code, or where none was offered or one is in use already.
    """
    user = _person(by)
    with acting(by) as told:
        row = SecondFactor.objects.select_for_update(no_key=True).filter(user=user).first()
        if row is not None and row.confirmed_at is not None:
            raise Refused([Problem("account.second_factor_there")])
        step = None if row is None else _step(user, row, code)
        if row is None or step is None:
            raise Refused([_WRONG])
        row.confirmed_at, row.last_step = clock.now(), step
        row.save(update_fields=["confirmed_at", "last_step"])
        codes = _new_codes(user)
        SignedIn.objects.filter(user=user, session_key=session_key).update(second_factor=True)
        told.did("account.second_factor_set_up", user)
    return codes


def check_code(*, by: Actor, user: User, code: str) -> None:
    """Let a code of the second factor, or a recovery code, pass once. Raises `Refused`; failures count and lock."""
    _with_code(by, user, code, lambda told: None)


def renew_recovery_codes(*, by: Actor, code: str) -> list[str]:
    """Give new recovery codes in place of the old ones, against a code. Raises `Refused`."""
    user = _person(by)
    codes: list[str] = []

    def renewed(told: Told) -> None:
        codes.extend(_new_codes(user))
        told.did("account.recovery_codes_renewed", user)

    _with_code(by, user, code, renewed)
    return codes


def give_up(*, by: Actor, code: str) -> None:
    """Do without a second factor again, against a code; not for administrators, who must have one. Raises `Refused`."""
    user = _person(by)
    if powers_of(user):
        raise Refused([Problem("account.second_factor_required")])

    def given_up(told: Told) -> None:
        _take_away(user)
        told.did("account.second_factor_given_up", user)

    _with_code(by, user, code, given_up)


def _with_code(by: Actor, user: User, code: str, deed: Callable[[Told], None]) -> None:
    """Do something against a code, in the transaction in which the code is used up."""
    numbers = parameters(clock.today(), "account")
    admit(by, code_key(user), numbers, "code")
    with acting(by) as told:
        if _passes(user, code, told):
            clear(code_key(user))
            deed(told)
            return
        told.did("account.code_failed", user)
        if is_locked(code_key(user), numbers):
            told.did("account.locked", user)
        if fail_address(by, numbers):
            told.did("account.address_locked")
    raise Refused([_WRONG])


def reset_second_factor(*, by: Actor, user: User) -> None:
    """Take a person's second factor away, for a lost telephone; their sign-ins end. Nobody resets their own."""
    require(by, Power.SECURITY)
    if by.user is not None and by.user.pk == user.pk:
        raise Refused([Problem("account.not_ones_own")])
    with acting(by) as told:
        reset_within(told, user)


def reset_within(told: Told, user: User) -> None:
    """Take a second factor away inside an action that has looked at who may."""
    _take_away(user)
    clear(code_key(user))
    told.did("account.second_factor_reset", user, ended=end_all(user))


def _person(by: Actor) -> User:
    if by.user is None:
        msg = "only a person has a second factor"
        raise ValueError(msg)
    return by.user


def _passes(user: User, typed: str, told: Told) -> bool:
    row = SecondFactor.objects.select_for_update(no_key=True).filter(user=user, confirmed_at__isnull=False).first()
    if row is None:
        return False
    step = _step(user, row, typed)
    if step is not None:
        row.last_step = step
        if not is_newest(row.seed):
            row.seed = seal(user, opened(user, row.seed) or "")
        row.save(update_fields=["last_step", "seed"])
        return True
    unused = RecoveryCode.objects.filter(user=user, hash=hash_of(user, typed), used_at__isnull=True)
    if not unused.update(used_at=clock.now()):
        return False
    left = RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()
    told.did("account.recovery_code_used", user, left=left)
    return True


def _step(user: User, row: SecondFactor, typed: str) -> int | None:
    seed = opened(user, row.seed)
    digits = re.sub(r"\s", "", unicodedata.normalize("NFKC", typed))
    return None if seed is None or not digits.isascii() else step_of(seed, digits, clock.now(), row.last_step)


def _new_codes(user: User) -> list[str]:
    codes = [new_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, hash=hash_of(user, code)) for code in codes)
    return codes


def _take_away(user: User) -> None:
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
