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
    PLAN_ITEM = "plan_item"
    SPECIAL_REPORT = "special_report"
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
