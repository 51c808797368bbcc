"""One thing to do."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Do(StrEnum):
    """What is to be done; the words are `assessment.do_...`, with the parameters of `ToDo`."""

    REPORT = "report"
    OWN_REPORT = "own_report"
    CHECK = "check"
    CONTEST = "contest"
    REPLY = "reply"
    CLAIM = "claim"
    TASK = "task"
    TRACKED = "tracked"
    ANNOUNCE = "announce"
    CONFIRM = "confirm"
    RELEASE = "release"
    SCORE = "score"
    PUBLISH = "publish"
    CONSEQUENCE = "consequence"
    CORRECTION = "correction"
    REISSUE = "reissue"
    ANNUAL_DECIDE = "annual_decide"
    ANNUAL_ANNOUNCE = "annual_announce"
    ANNUAL_PUBLISH = "annual_publish"
    ANNUAL_REISSUE = "annual_reissue"
    ANNUAL_LOOK = "annual_look"
    TALLY = "tally"
    SCHEME_COMMENT = "scheme_comment"
    SCHEME_ANSWER = "scheme_answer"
    SCHEME_TARGETS = "scheme_targets"
    SCHEME_PUBLISH = "scheme_publish"
    TARGET_PROPOSE = "target_propose"
    TARGET_ANSWER = "target_answer"
    TARGET_FIX = "target_fix"
    TARGET_ADJUST = "target_adjust"
    OBJECTION_SIGN = "objection_sign"
    OBJECTION_ASSIGN = "objection_assign"
    OBJECTION_OPINION = "objection_opinion"
    OBJECTION_DECIDE = "objection_decide"
    OBJECTION_CARRY = "objection_carry"
    PLAN_ITEM = "plan_item"
    SPECIAL_REPORT = "special_report"
    SPECIAL_RETURNED = "special_returned"
    SPECIAL_VERIFY = "special_verify"
    SPECIAL_CHECK = "special_check"
    SPECIAL_CONTEST = "special_contest"


@dataclass(frozen=True, slots=True)
class ToDo:
    """What is to be done: for which unit and month, how many, by when (None: no day), and of which object (0: none).

    `number` is that of the submission, contest, entry or item where it is a single one.
    """

    do: Do
    due: date | None = None
    period: str = ""
    unit: str = ""
    unit_number: int = 0
    count: int = 1
    number: int = 0
    title: str = ""
