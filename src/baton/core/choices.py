"""The closed vocabularies of the platform; their words are in the catalogue."""

from enum import StrEnum


class NoticeState(StrEnum):
    """How far a message outside the house has got."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
