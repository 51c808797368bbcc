"""Annual assessment."""

from enum import StrEnum


class AnnualStage(StrEnum):
    """How far an annual assessment is, read off what there is of it."""

    OPEN = "open"
    TRIED = "tried"
    DECIDED = "decided"
    PUBLICITY = "publicity"
    PUBLICITY_OVER = "publicity_over"
    PUBLISHED = "published"


class Sensitive(StrEnum):
    """What makes a result hang on little: the kinds of sensitive points of a trial run.

    just_missed, just_reached: a threshold by a hair. last_place: the last unit with a place of a quota and the first
    without. tie: equals, and what parted them. veto: a veto changes a grade. shown_only: a threshold is reached only
    because scores are compared as they are shown. quota_rounding: rounding the quota another way gives other places.
    """

    JUST_MISSED = "just_missed"
    JUST_REACHED = "just_reached"
    LAST_PLACE = "last_place"
    TIE = "tie"
    VETO = "veto"
    SHOWN_ONLY = "shown_only"
    QUOTA_ROUNDING = "quota_rounding"


class Doubt(StrEnum):
    """What a consistency check asks the committee to look at again; it stops nobody.

    overtaken: a unit has a better grade than one that stands before it in its group. weak_months: the best grade
    without good months (年度考核以平时考核为基础). open_event: a deduction or veto of the unit is not decided.
    open_contest: a figure of the unit is contested. preliminary: it rests on preliminary figures.
    """

    OVERTAKEN = "overtaken"
    WEAK_MONTHS = "weak_months"
    OPEN_EVENT = "open_event"
    OPEN_CONTEST = "open_contest"
    PRELIMINARY = "preliminary"
