"""Lists of targets, what of them waits for a person, and the calls they came of."""

from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from baton.assessment.actions.below.doors import REPORTS, SIGNS
from baton.assessment.choices import TargetState, TargetStepKind
from baton.assessment.models import SchemeVersion, Target, TargetAdjustment, TargetCall, TargetStep
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries import Powers, powers
from baton.sheets.forms import AnnualTarget, annual_targets

OFFICE = (Role.OFFICE, Role.OFFICE_HEAD)
DEPARTMENT = (Role.VERIFIER, *SIGNS)
DRAFTS = (*REPORTS, *SIGNS)
_SHOWN = 8
"""Newest calls that are shown; older ones are long being negotiated."""
UNITS_TURN = (TargetState.OPEN, TargetState.COUNTERED)


def targets(user: User) -> QuerySet[Target]:
    """Give the targets a person may see, each with `asks`: how many flags of it nobody has answered."""
    rows = Target.objects.visible_to(user).select_related("unit", "department", "figure", "call")
    unanswered = Q(flags__cleared_at__isnull=True, flags__answer="", flags__waived="", flags__isnull=False)
    seen = Q(pk__in=Target.objects.concerning(user).order_by().values("pk"))
    return rows.annotate(asks=Count("flags", filter=unanswered & seen))


def waiting_for(mine: Powers) -> Q:
    """Say which targets wait for a person with these powers, as a condition."""
    unit = Q(state__in=UNITS_TURN) & Q(unit__in=mine.units_of(*DRAFTS))
    department = Q(state=TargetState.PROPOSED, department__in=mine.units_of(*DEPARTMENT))
    office = Q(state=TargetState.AGREED) | Q(state=TargetState.PROPOSED, department__isnull=True)
    return unit | department | (office if mine.county & set(OFFICE) else Q(pk__in=()))


def waiting(user: User) -> Q:
    """Say which targets wait for a person, as a condition."""
    return waiting_for(powers(user, clock.today()))


def own_sheet(user: User) -> list[Target]:
    """Give the targets that a person's units are to propose or answer, unit by unit."""
    units = powers(user, clock.today()).units_of(*DRAFTS)
    rows = targets(user).filter(state__in=UNITS_TURN, unit__in=units)
    return list(rows.order_by("unit__order", "call__closes", "pk"))


def agreed(user: User) -> QuerySet[Target]:
    """Give what unit and department agreed on and the office has not fixed yet."""
    return targets(user).filter(state=TargetState.AGREED).order_by("indicator", "unit__order", "pk")


def adjustments(user: User) -> QuerySet[TargetAdjustment]:
    """Give the changes in the year that a person may see, newest first."""
    rows = TargetAdjustment.objects.visible_to(user)
    names = ("target__unit", "target__department", "target__call", "before", "made", "of", "by", "decided_by")
    return rows.select_related(*names)


def years_called(user: User) -> list[int]:
    """Give the years for which targets were called for, newest first."""
    rows = TargetCall.objects.visible_to(user).order_by("-year").values_list("year", flat=True)
    return list(dict.fromkeys(rows))


def untouched(*calls: int) -> QuerySet[Target]:
    """Give the targets of calls with which nobody has done anything: not drafted, or taken over and not changed."""
    waiting = Q(state=TargetState.OPEN, round=0, drafted="")
    changed = TargetAdjustment.objects.filter(target=OuterRef("pk"))
    taken_over = Q(state=TargetState.FIXED, round=0) & ~Exists(changed)
    acted = TargetStep.objects.filter(target=OuterRef("pk")).exclude(kind=TargetStepKind.TAKEN_OVER)
    return Target.objects.filter(waiting | taken_over, ~Exists(acted), call__in=calls).order_by()


def calls(user: User) -> list[tuple[TargetCall, int, int]]:
    """Give the calls with how many targets each has, and with how many nobody has done anything; newest first."""
    rows = list(TargetCall.objects.visible_to(user).select_related("by")[:_SHOWN])
    numbers = [one.pk for one in rows]
    whole = dict(Target.objects.filter(call__in=numbers).order_by().values_list("call").annotate(Count("pk")))
    left = dict(untouched(*numbers).values_list("call").annotate(Count("pk")))
    return [(one, whole.get(one.pk, 0), left.get(one.pk, 0)) for one in rows]


def callable_schemes(user: User) -> list[tuple[SchemeVersion, Sequence[AnnualTarget]]]:
    """Give the scheme of each year with its annual targets, newest year first; for calling for them."""
    years = SchemeVersion.objects.visible_to(user).yearly().order_by("-year").values_list("year", flat=True).distinct()
    schemes = [one for year in years if (one := scheme_of_year(year)) is not None]
    return [(one, tuple(annual_targets(one.scheme).values())) for one in schemes]


def scheme_of_year(year: int) -> SchemeVersion | None:
    """Give the scheme by which a year's months are scored; before the first is opened the newest of the year."""
    rows = SchemeVersion.objects.yearly().filter(year=year).order_by("-effective_from", "-pk")
    return rows.filter(months__isnull=False).first() or rows.first()
