"""How far an annual assessment is, and what there is of it so far."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from baton.assessment.choices import AnnualStage, LedgerState, RunKind, RunState
from baton.assessment.models import AnnualAssessment, AnnualDecision, AnnualPublication, AnnualRun, LedgerEntry
from baton.assessment.queries.annual.outdated import changed_after
from baton.core import clock
from baton.core.models import User


@dataclass(frozen=True, slots=True)
class AnnualBoard:
    """A year for the office. `run`: the newest that gave a result; `outdated`: figures or events changed since.

    `runs`: all of them, newest first. `undecided`: how many deductions, vetoes and bonuses nobody has decided yet, by
    kind. `decision`: the newest, on `run` or an earlier one; `publication`: what is in force of it.
    """

    annual: AnnualAssessment
    stage: AnnualStage
    run: AnnualRun | None
    outdated: bool
    runs: tuple[AnnualRun, ...]
    undecided: Mapping[str, int]
    decision: AnnualDecision | None
    departed: int
    publication: AnnualPublication | None
    issues: tuple[AnnualPublication, ...]

    @property
    def official(self) -> AnnualRun | None:
        """The newest official run that gave a result."""
        return next((one for one in self.runs if (one.kind, one.state) == (RunKind.OFFICIAL, RunState.DONE)), None)

    @property
    def decided_on_this(self) -> bool:
        """Whether the decision rests on the newest official run."""
        return self.decision is not None and self.official is not None and self.decision.run_id == self.official.pk


def annuals(user: User) -> list[AnnualAssessment]:
    """Give the years that this person may know of, newest first."""
    return list(AnnualAssessment.objects.visible_to(user).select_related("scheme"))


def annual_seen(user: User, year: int) -> AnnualAssessment | None:
    """Give a year; None where there is none that this person may know of."""
    return AnnualAssessment.objects.visible_to(user).select_related("scheme").filter(year=year).first()


def annual_board(user: User, annual: AnnualAssessment) -> AnnualBoard:
    """Give how far a year is, as far as this person may see it."""
    runs = tuple(
        AnnualRun.objects.visible_to(user).filter(annual=annual).select_related("by", "scheme", "annual__scheme")
    )
    done = next((one for one in runs if one.state == RunState.DONE), None)
    decisions = AnnualDecision.objects.visible_to(user).filter(annual=annual).select_related("run", "by")
    decision = decisions.annotate(departed=Count("grades", filter=Q(grades__reason__gt=""))).first()
    issues = tuple(
        AnnualPublication.objects.visible_to(user)
        .filter(annual=annual)
        .select_related("decision__run", "announced_by", "published_by", "withdrawn_by")
    )
    publication = next((one for one in issues if one.withdrawn_at is None), None)
    departed = 0 if decision is None else decision.departed  # type: ignore[attr-defined]
    return AnnualBoard(
        annual,
        stage_of(done, decision, publication),
        done,
        done is not None and changed_after(done),
        runs,
        _undecided(user, annual),
        decision,
        departed,
        publication,
        issues,
    )


def stage_of(
    run: AnnualRun | None, decision: AnnualDecision | None, publication: AnnualPublication | None
) -> AnnualStage:
    """Say how far a year is: by what is made known, else what is decided, else whether it was scored."""
    if publication is not None:
        if publication.published_at is not None:
            return AnnualStage.PUBLISHED
        return AnnualStage.PUBLICITY if clock.today() <= publication.closes else AnnualStage.PUBLICITY_OVER
    if decision is not None:
        return AnnualStage.DECIDED
    return AnnualStage.OPEN if run is None else AnnualStage.TRIED


def _undecided(user: User, annual: AnnualAssessment) -> Mapping[str, int]:
    rows = LedgerEntry.objects.visible_to(user).filter(on__year=annual.year)
    found: dict[str, int] = {}
    for kind in rows.exclude(state__in=(LedgerState.CONFIRMED, LedgerState.DROPPED)).values_list("kind", flat=True):
        found[kind] = found.get(kind, 0) + 1
    return found
