"""Counted sheets of leaders' and public evaluation."""

from enum import StrEnum


class TallyState(StrEnum):
    """What became of a count: it waits for a second person, counts, was sent back, was taken back."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
