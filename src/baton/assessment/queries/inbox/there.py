"""Which rooms of the inbox have anything in them for anybody: asked in one query, and only those are looked into."""

from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Exists, QuerySet

from baton.assessment.choices import (
    WAITING,
    CorrectionState,
    DraftState,
    ObjectionState,
    PlanState,
    SpecialState,
    TrackStep,
)
from baton.assessment.models import (
    AnnualAssessment,
    Correction,
    Objection,
    PlanItem,
    SchemeDraft,
    Special,
    Target,
    TrackedStep,
)
from baton.core.models import User

UNDER_WAY = (DraftState.DRAFTING, DraftState.COMMENTING, DraftState.APPROVED)
"""States of schemes that are being made."""


@dataclass(frozen=True, slots=True)
class There:
    """Whether there is anything of each kind in the county that could wait for somebody."""

    consequences: bool
    corrections: bool
    corrected: bool
    objections: bool
    off_plan: bool
    specials: bool
    years: bool
    drafts: bool
    targets: bool


def there_is(user: User) -> There:
    """Ask all of it at once; most rooms are empty most of the year."""
    rows: dict[str, QuerySet[Any]] = {
        "consequences": TrackedStep.objects.filter(kind=TrackStep.PROPOSED),
        "corrections": Correction.objects.filter(state=CorrectionState.OPEN),
        "corrected": Correction.objects.filter(state=CorrectionState.CONFIRMED),
        "objections": Objection.objects.filter(state__in=(ObjectionState.DRAFTED, *WAITING))
        | Objection.objects.to_carry_out(),
        "off_plan": PlanItem.objects.filter(state=PlanState.PROPOSED, off_plan=True),
        "specials": Special.objects.filter(state=SpecialState.OPEN),
        "years": AnnualAssessment.objects.all(),
        "drafts": SchemeDraft.objects.filter(state__in=UNDER_WAY),
        "targets": Target.objects.all(),
    }
    names = [one.name for one in fields(There)]
    asked = User.objects.filter(pk=user.pk).annotate(**{f"has_{name}": Exists(rows[name]) for name in names})
    (found,) = asked.values_list(*(f"has_{name}" for name in names))
    return There(*found)
