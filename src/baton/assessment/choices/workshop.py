"""How far a scheme that is being made is, what changed it, and how a comment on it was answered."""

from enum import StrEnum


class DraftState(StrEnum):
    """How far a scheme that is being made is: worked on, out for comments, approved, published, given up."""

    DRAFTING = "drafting"
    COMMENTING = "commenting"
    APPROVED = "approved"
    PUBLISHED = "published"
    ABANDONED = "abandoned"


class DraftChange(StrEnum):
    """What made a revision: it was begun, a workbook or file came back, a line was changed, another was restored."""

    BEGUN = "begun"
    FILE = "file"
    LINE = "line"
    LIBRARY = "library"
    OWN_TARGET = "own_target"
    RESTORED = "restored"


class CommentState(StrEnum):
    """How a comment on a scheme was answered: it waits, was followed, in part, not, or was taken back.

    `nothing`: the unit has nothing to say, which needs no answer.
    """

    OPEN = "open"
    NOTHING = "nothing"
    ADOPTED = "adopted"
    PARTLY = "partly"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class OwnTargetState(StrEnum):
    """How far a target is that a department sets itself: put forward, taken into the scheme, sent back, taken back."""

    PROPOSED = "proposed"
    TAKEN = "taken"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
