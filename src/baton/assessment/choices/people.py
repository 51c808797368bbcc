"""What people do with figures: approve, contest, note deductions."""

from enum import StrEnum


class Verb(StrEnum):
    """What a person can do with something that waits for them; the words people know are in the catalogue.

    submit 提交, approve 同意, return 退回, transfer 转交, countersign 加签, copy 抄送, remind 催办, recall 撤回.
    """

    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    TRANSFER = "transfer"
    COUNTERSIGN = "countersign"
    COPY = "copy"
    REMIND = "remind"
    RECALL = "recall"


class StepRole(StrEnum):
    """Whose turn it is: a part's own clerk, the unit's clerk, leader in charge, unit head, then the lead department."""

    PART = "part"
    CLERK = "clerk"
    LEADER_IN_CHARGE = "leader_in_charge"
    UNIT_HEAD = "unit_head"
    VERIFIER = "verifier"
    COUNTERSIGNER = "countersigner"


class SubmissionState(StrEnum):
    """How far a unit's own report is."""

    DRAFT = "draft"
    LEADER_IN_CHARGE = "leader_in_charge"
    UNIT_HEAD = "unit_head"
    VERIFIER = "verifier"
    APPROVED = "approved"


class ContestState(StrEnum):
    """How far a contest of a cell is."""

    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class LedgerKind(StrEnum):
    """What an event of the running ledger answers: a bonus, a deduction, a veto, or cases in an indicator's figure.

    The last says to which matter cases belong that an indicator counts: a matter costs once (同一事项只计最重一处).
    """

    BONUS = "bonus"
    DEDUCTION = "deduction"
    VETO = "veto"
    INDICATOR = "indicator"


class LedgerState(StrEnum):
    """How far an event is: noted, announced to the unit, answered by it, confirmed, or dropped."""

    NOTED = "noted"
    ANNOUNCED = "announced"
    REPLIED = "replied"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class CorrectionState(StrEnum):
    """How far a correction is that was asked for after the window: it waits, was confirmed, declined, taken back."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
