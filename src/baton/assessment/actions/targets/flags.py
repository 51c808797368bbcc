"""What is worth checking is a question: the unit answers in words, or department or office ask no further."""

from baton.assessment.actions.below.targets import locked, require_department, require_unit, step
from baton.assessment.choices import TargetState, TargetStepKind
from baton.assessment.models import TargetFlag
from baton.assessment.queries.targets.lists import DRAFTS
from baton.core.acting import Actor, acting
from baton.words import Place, Problem, Refused


def answer_flag(*, by: Actor, flag: int, answer: str) -> TargetFlag:
    """Answer in the unit's words what is worth checking; again, the new words stand. By the unit's people.

    Raises `Refused` for words that lack, and where the flag does not hold any more.
    """
    return _say(by, flag, answer, TargetStepKind.FLAG_ANSWERED)


def waive_flag(*, by: Actor, flag: int, reason: str) -> TargetFlag:
    """Say why a flag is asked about no further; by the lead department or the office. Raises `Refused` as above."""
    return _say(by, flag, reason, TargetStepKind.FLAG_WAIVED)


def _say(by: Actor, number: int, words: str, kind: TargetStepKind) -> TargetFlag:
    with acting(by) as told:
        flag = TargetFlag.objects.filter(pk=number).first()
        if flag is None:
            raise Refused([Problem("targets.unknown")])
        (row,) = locked([flag.target_id])
        flag.refresh_from_db()
        answers = kind is TargetStepKind.FLAG_ANSWERED
        behalf = require_unit(by, row, *DRAFTS) if answers else ""
        of = row.unit if answers else require_department(by, row)
        if flag.cleared_at is not None or row.state == TargetState.FIXED:
            raise Refused([Problem("targets.flag_over")])
        if not words.strip():
            raise Refused([Problem("targets.words_lacking", {}, Place(field=f"flag-{number}"))])
        if answers:
            flag.answer, flag.answered_by = words.strip()[:400], by.user
        else:
            flag.waived, flag.waived_by = words.strip()[:400], by.user
        flag.save(update_fields=["answer", "answered_by", "waived", "waived_by"])
        step(row, by, kind, of, reason=words, behalf_of=behalf)
        told.did("targets.did_answer_flag", row, kind=flag.kind, words=words.strip()[:400], waived=not answers)
    return flag
