"""Evidence for a contest, which only indicators ask for whose scheme requires it."""

from baton.assessment.actions.below.doors import SIGNS, require_in
from baton.assessment.choices import ContestState
from baton.assessment.models import Contest
from baton.core.acting import Actor, acting
from baton.core.files import Received, keep
from baton.core.models import StoredFile
from baton.org.choices import Role
from baton.words import Problem, Refused


def attach_evidence(*, by: Actor, contest: int, received: Received) -> StoredFile:
    """Keep a file with an open contest, against the quota of the unit that contests. Raises `Refused`."""
    with acting(by) as told:
        row = Contest.objects.select_related("unit").filter(pk=contest, state=ContestState.OPEN).first()
        if row is None:
            raise Refused([Problem("assessment.contest_closed")])
        require_in(by, row.unit, Role.REPORTER, *SIGNS)
        file = keep(told, received, owner=row, charged_to=row.unit)
        row.evidence = file.name[:400]
        row.save(update_fields=["evidence"])
    return file
