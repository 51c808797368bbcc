"""Which results of months somebody may put beside each other: what was put out, also when it was replaced since."""

from dataclasses import dataclass

from baton.assessment.choices import RunKind, RunState
from baton.assessment.models import Publication, ResultReader, Run, SchemeVersion
from baton.core import clock
from baton.core.models import User

_NEWEST = 60
"""Runs that are not out which readers are offered; older ones have been replaced many times."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A result of a month. `key` names it in addresses; `publication`: None where it is not out.

    `under`: another version of the scheme, by which the figures of the run are scored; None: the run's own.
    """

    key: str
    run: Run
    publication: Publication | None = None
    under: SchemeVersion | None = None

    @property
    def period(self) -> str:
        """The month."""
        return self.run.month.period

    @property
    def version(self) -> SchemeVersion:
        """The scheme by which it is scored."""
        return self.under or self.run.scheme


def editions(user: User) -> list[Edition]:
    """Give the results a person may put beside each other, newest month first, the newest issue of each first.

    An issue that was withdrawn was out once: it may be looked at again as soon as another is in force beside it. What
    was never out is for the list of readers.
    """
    reads = ResultReader.objects.reads(user, clock.today())
    rows = Publication.objects.visible_to(user).select_related("run__month", "run__scheme")
    out = list(rows.order_by("-month__period", "-issue"))
    in_force = {one.month_id for one in out if one.withdrawn_at is None}
    found = [Edition(f"{one.run.month.period}.{one.issue}", one.run, one) for one in out]
    if not reads:
        return [one for one in found if one.run.month_id in in_force]
    runs = Run.objects.visible_to(user).filter(state=RunState.DONE).exclude(kind=RunKind.PREVIEW)
    others = runs.exclude(pk__in=[one.run_id for one in out]).select_related("month", "scheme").order_by("-pk")
    found += [Edition(f"r{one.pk}", one) for one in others[:_NEWEST]]
    return sorted(found, key=lambda one: (one.period, one.publication is not None, one.run.pk), reverse=True)


def edition_of(known: list[Edition], key: str) -> Edition | None:
    """Find a result by its key, or by its month: then the one in force, or else the newest."""
    exact = next((one for one in known if one.key == key), None)
    if exact is not None:
        return exact
    of_month = [one for one in known if one.period == key]
    out = (one for one in of_month if one.publication and one.publication.withdrawn_at is None)
    return next(out, of_month[0] if of_month else None)


def versions_for(user: User) -> list[SchemeVersion]:
    """Give the versions by which a reader of results may have figures scored; nobody else is given any."""
    if not ResultReader.objects.reads(user, clock.today()):
        return []
    return list(SchemeVersion.objects.visible_to(user))
