"""Files that belong to a unit's own report: the signed and sealed form, and evidence where the scheme requires it."""

from baton.assessment.actions.below.desks import may_take, turn_of
from baton.assessment.actions.submissions import report_of
from baton.core.acting import Actor, acting
from baton.core.files import Received, keep
from baton.core.models import StoredFile
from baton.words import Problem, Refused


def attach_file(*, by: Actor, report: int, received: Received, scan: bool = False) -> StoredFile:
    """Keep a file with a report while it is this person's turn, against the unit's quota.

    `scan`: it is the form with signature and seal, where the unit works on paper. Raises `Refused`.
    """
    with acting(by) as told:
        row = report_of(report)
        turn = turn_of(row)
        if turn is None:
            raise Refused([Problem("assessment.report_approved")])
        if not may_take(by, row, turn):
            raise Refused([Problem("assessment.not_your_turn", {"unit": row.unit.name})])
        file = keep(told, received, owner=row, charged_to=row.unit)
        if scan:
            row.scan, row.scan_name = file.digest, file.name
            row.save(update_fields=["scan", "scan_name"])
            told.did("assessment.form_attached", row, file=file.digest)
    return file
