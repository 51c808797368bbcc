"""Two texts of schemes side by side, line by line: adopted versions, drafts, and revisions of drafts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from baton.assessment.models import DraftRevision, SchemeDraft, SchemeVersion
from baton.assessment.queries.workshop.drafts import draft_page, drafts, versions
from baton.assessment.rules.scheme_lines import LineChange, line_changes
from baton.core.models import User
from baton.engine.scheme.model import Scheme

_MOST_SPOTS = 500
"""Fields that a page lists one by one."""
_GIVEN = re.compile(r"v(\d{1,9})|d(\d{1,9})(?:r(\d{1,6}))?")


@dataclass(frozen=True, slots=True)
class Side:
    """A text to compare: how the address names it (`v3`, `d5`, `d5r2`), what it is, and the scheme."""

    given: str
    name: str
    scheme: Scheme
    of: SchemeVersion | DraftRevision

    @property
    def digest(self) -> str:
        """The digest of its canonical form."""
        return self.of.digest


@dataclass(frozen=True, slots=True)
class Choice:
    """A text that can be compared: `v3` or `d5`, its name, whether it is only a draft, and an amendment."""

    given: str
    name: str
    draft: bool
    amends: bool = False


def side(user: User, given: str) -> Side | None:
    """Give what an address names; None where there is nothing such that this person may see."""
    found = _GIVEN.fullmatch(given)
    if found is None:
        return None
    if found[1]:
        version = SchemeVersion.objects.visible_to(user).filter(pk=int(found[1])).first()
        return None if version is None else Side(given, str(version), version.scheme, version)
    page = draft_page(user, int(found[2]), int(found[3]) if found[3] else None)
    return None if page is None else Side(given, page.row.name, page.scheme, page.revision)


def choices(user: User) -> Sequence[Choice]:
    """Give what can be compared: drafts that are under way, then adopted versions, the newest first."""
    under_way = drafts(user).filter(published__isnull=True)
    found = [Choice(f"d{one.pk}", one.name, True, one.amends_id is not None) for one in under_way]
    return [*found, *(Choice(f"v{one.pk}", str(one), False) for one in versions(user))]


def before_of(row: SchemeDraft) -> str:
    """Name what a draft is compared with where nobody says: what it amends, else the newest adopted version."""
    if row.amends_id is not None:
        return f"v{row.amends_id}"
    earlier = SchemeVersion.objects.yearly().filter(year__lte=row.year)
    if row.published_id is not None:
        earlier = earlier.exclude(pk=row.published_id)
    found = earlier.order_by("-effective_from", "-pk").values_list("pk", flat=True).first()
    return "" if found is None else f"v{found}"


def compared(before: Side, after: Side) -> tuple[LineChange, ...]:
    """Give the lines that differ; where very much does, lines that only one side has are only named."""
    found = line_changes(before.scheme, after.scheme)
    if sum(len(one.spots) for one in found) <= _MOST_SPOTS:
        return found
    return tuple(one if one.kind == "changed" else replace(one, spots=()) for one in found)
