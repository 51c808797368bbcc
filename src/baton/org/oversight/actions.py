"""What is done with the audit chain; both leave a row in it, so that the watchers are watched too."""

from baton.core.acting import Actor, acting
from baton.core.chain import verify_chain
from baton.core.rules.audit import Break
from baton.org.oversight.queries import Wanted, watches
from baton.words import Problem, Refused


def verify(*, by: Actor) -> Break | None:
    """Go along the whole chain, write down what was found, and give the first place where it does not hold."""
    _require(by)
    length, found = verify_chain()
    with acting(by) as told:
        if found is None:
            told.did("services.audit_verified", rows=length)
        else:
            told.did("services.audit_verified", rows=length, broken=found.code, sequence=found.sequence)
    return found


def note_export(wanted: Wanted, rows: int, *, by: Actor) -> None:
    """Write down that rows were taken along, how many, and which were asked for."""
    _require(by)
    days = f"{wanted.first or ''}/{wanted.last or ''}"
    with acting(by) as told:
        told.did(
            "services.audit_exported", rows=rows, who=wanted.who, what=wanted.action, thing=wanted.thing, days=days
        )


def _require(by: Actor) -> None:
    if by.user is None or not watches(by.user):
        raise Refused([Problem("services.not_a_watcher")])
