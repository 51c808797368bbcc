"""Which time step a code belongs to (RFC 6238), on plain values."""

import hmac
from datetime import datetime

import pyotp

STEP = 30
"""Seconds of a time step (RFC 6238, 5.2)."""
DRIFT = 1
"""Steps that a telephone's clock may be off: RFC 6238, 5.2 recommends one at most."""


def step_of(seed: str, code: str, now: datetime, last: int) -> int | None:
    """Give the time step of a code, None where it is wrong or was taken before.

    `last`: the newest step whose code was taken; none that is not newer is taken again. A last step that lies further
    ahead than any code of today could be means that the clock was set back: it then counts no more, or nobody could
    sign in until the old time has come again.
    """
    here = int(now.timestamp()) // STEP
    newest = last if last <= here + DRIFT else 0
    totp, found = pyotp.TOTP(seed), None
    for step in range(here - DRIFT, here + DRIFT + 1):
        if hmac.compare_digest(totp.generate_otp(step), code) and step > newest:
            found = step
    return found
