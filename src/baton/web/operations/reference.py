"""The reference number of a request: on the error page, in the answer's headers, and on every line of the log.

It stands in a context variable, which nothing but the log reads: a line that is logged deep inside knows its request
no other way, and only lines with the same number tell one story.
"""

import secrets
from contextvars import ContextVar

HEADER = "X-Reference"
NONE = "-"
_LETTERS = "23456789CFGHJMPQRVWX"
"""Open Location Code's letters: none can be taken for another when read out, and no words come of them."""
_HALF = 4
_current: ContextVar[str] = ContextVar("baton_reference", default=NONE)


def new_reference() -> str:
    """Make a reference that can be read out on the telephone, `7H3Q-9WXC`, and set it for this request."""
    letters = [secrets.choice(_LETTERS) for _ in range(2 * _HALF)]
    reference = "".join(letters[:_HALF]) + "-" + "".join(letters[_HALF:])
    _current.set(reference)
    return reference


def reference() -> str:
    """Give the reference of the request that is being answered; `-` outside of any."""
    return _current.get()
