"""Calls with a key are carried out once: whoever asks again gets the same answer."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from baton.assessment.models import Call
from baton.core import clock
from baton.core.acting import Actor
from baton.words import Problem, Refused


@dataclass(slots=True)
class Once:
    """A call under its key. `before` is the answer it had already, None where it is carried out now."""

    call: Call | None
    before: dict[str, Any] | None = None

    def answer(self, **answer: Any) -> None:
        """Keep what the call gave, for whoever asks again."""
        if self.call is not None:
            self.call.answer = answer
            self.call.save(update_fields=["answer"])


def once(by: Actor, action: str, key: str, *asked: object) -> Once:
    """Claim a key; the first thing in a transaction, so that of two at the same time the second waits for the first.

    Raises `Refused` where the key was used for something else.
    """
    if not key:
        return Once(None)
    digest = hashlib.sha256(json.dumps(asked, ensure_ascii=False, default=str).encode()).hexdigest()
    call, is_new = Call.objects.get_or_create(
        by=by.user, action=action, key=key, defaults={"asked": digest, "at": clock.now()}
    )
    if call.asked != digest:
        raise Refused([Problem("assessment.key_reused", {"key": key})])
    return Once(call) if is_new else Once(call, call.answer)
