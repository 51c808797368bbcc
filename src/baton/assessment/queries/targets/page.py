"""One target as a person sees it: what is on the table, the grounds to judge it by, how it went, what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from baton.assessment.actions.below.doors import SIGNS
from baton.assessment.choices import ABOUT_FLAGS, AdjustmentState, TargetState
from baton.assessment.models import Target, TargetAdjustment, TargetFlag, TargetStep
from baton.assessment.queries.numbers import numbers
from baton.assessment.queries.targets.county import sees_whole
from baton.assessment.queries.targets.grounds import Grounds, grounds_of
from baton.assessment.queries.targets.lists import DEPARTMENT, DRAFTS, OFFICE, UNITS_TURN, adjustments, targets
from baton.assessment.queries.targets.scores import TargetScore, scores_by
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries import Powers, powers
from baton.sheets.forms import AnnualTarget, annual_targets


@dataclass(frozen=True, slots=True)
class Can:
    """What a person can do with a target now; `behalf`: the office may speak for the unit."""

    draft: bool = False
    sign: bool = False
    behalf: bool = False
    agree: bool = False
    counter: bool = False
    rule: bool = False
    fix: bool = False
    adjust: bool = False
    answer_flags: bool = False
    waive_flags: bool = False


@dataclass(frozen=True, slots=True)
class TargetPage:
    """A target. `grounds`, `steps` and `flags` are for whom it concerns; others see the fixed number and its changes.

    `seen`: the last step about a number, which answers name; `draft`: whether the draft is this person's to see;
    `whole`: whether all units' targets of the figure are;
    `scores`: what it gave in the newest month of its year.
    """

    row: Target
    annual: AnnualTarget
    concerned: bool
    whole: bool
    can: Can
    draft: bool
    least_rounds: int
    grounds: Grounds | None
    steps: Sequence[TargetStep]
    flags: Sequence[TargetFlag]
    changes: Sequence[TargetAdjustment]
    scores: Sequence[TargetScore]

    @property
    def seen(self) -> int:
        """The number of the last step about a number; 0 before the first."""
        return next((one.pk for one in reversed(self.steps) if one.kind not in ABOUT_FLAGS), 0)


def target_page(user: User, number: int) -> TargetPage | None:
    """Give a target; None where there is none that this person may see."""
    row = targets(user).select_related("call__scheme", "drafted_by").filter(pk=number).first()
    if row is None:
        return None
    mine = powers(user, clock.today())
    concerned = Target.objects.concerning(user).filter(pk=number).exists()
    least = numbers()["target_rounds"]
    return TargetPage(
        row=row,
        annual=annual_targets(row.call.scheme.scheme)[row.series, row.figure_name],
        concerned=concerned,
        whole=concerned and sees_whole(user, row),
        can=_can(mine, row, least),
        draft=bool(row.drafted) and mine.has_in(row.unit_id, *DRAFTS),
        least_rounds=least,
        grounds=grounds_of(row) if concerned else None,
        steps=list(TargetStep.objects.visible_to(user).filter(target=row).select_related("of", "by")),
        flags=_flags(user, row),
        changes=list(adjustments(user).filter(target=row)),
        scores=scores_by(user, row),
    )


def _flags(user: User, row: Target) -> Sequence[TargetFlag]:
    rows = TargetFlag.objects.visible_to(user).standing().filter(target=row)
    return list(rows.select_related("answered_by", "waived_by"))


def _can(mine: Powers, row: Target, least: int) -> Can:
    office = bool(mine.county & set(OFFICE))
    drafts, signs = mine.has_in(row.unit_id, *DRAFTS), mine.has_in(row.unit_id, *SIGNS)
    leads = row.department_id is not None and mine.has_in(row.department_id, *DEPARTMENT)
    answers = leads or office
    units_turn, proposed = row.state in UNITS_TURN, row.state == TargetState.PROPOSED
    fixed, argued = row.state == TargetState.FIXED, row.state in (TargetState.PROPOSED, TargetState.COUNTERED)
    return Can(
        draft=units_turn and drafts,
        sign=units_turn and signs,
        behalf=units_turn and office and not drafts,
        agree=(proposed and answers) or (row.state == TargetState.COUNTERED and (signs or office)),
        counter=(proposed and answers) or (row.state == TargetState.AGREED and office),
        rule=argued and Role.OFFICE_HEAD in mine.county and row.round >= least,
        fix=row.state == TargetState.AGREED and office,
        adjust=fixed and (signs or answers),
        answer_flags=not fixed and drafts,
        waive_flags=not fixed and answers,
    )


@dataclass(frozen=True, slots=True)
class AdjustmentPage:
    """A change that was asked for, and what this person can do; `own`: the person asked for it."""

    row: TargetAdjustment
    decides: bool
    withdraws: bool
    own: bool


def adjustment_page(user: User, number: int) -> AdjustmentPage | None:
    """Give a change that was asked for; None where there is none that this person may see."""
    row = adjustments(user).filter(pk=number).first()
    if row is None:
        return None
    mine, waits, own = powers(user, clock.today()), row.state == AdjustmentState.OPEN, row.by_id == user.pk
    signs = row.of_id == row.target.unit_id and mine.has_in(row.target.unit_id, *SIGNS)
    leads = row.of_id is not None and row.of_id == row.target.department_id and mine.has_in(row.of_id, *DEPARTMENT)
    office = row.of_id is None and bool(mine.county & set(OFFICE))
    decides = waits and Role.OFFICE_HEAD in mine.county and not own
    return AdjustmentPage(row, decides, waits and (signs or leads or office), own)
