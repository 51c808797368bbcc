"""Schemes that are being made: which there are, one with its text and what stands against it, its revisions."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Q, QuerySet

from baton.assessment.actions.below.adopting import units_by_code, units_lacking
from baton.assessment.choices import CommentState, OwnTargetState
from baton.assessment.models import DraftComment, DraftRevision, OwnTarget, SchemeDraft, SchemeVersion
from baton.assessment.rules.scheme_lines import line_of
from baton.core.models import User
from baton.engine.lint import lint
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import from_yaml
from baton.sheets.scheme_book.terms import terms_at
from baton.words import Problem, Severity

_KEPT = 32
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}


@dataclass(frozen=True)
class DraftPage:
    """A draft as one of its revisions says it. `found`: what is wrong or doubtful, by line."""

    row: SchemeDraft
    revision: DraftRevision
    found: Mapping[str, tuple[Problem, ...]]

    @property
    def scheme(self) -> Scheme:
        """The scheme."""
        return self.revision.scheme

    @property
    def newest(self) -> bool:
        """Whether this is the revision that stands."""
        return self.revision.number == self.row.revision

    @property
    def counts(self) -> dict[str, int]:
        """How many errors, warnings and notices there are."""
        counted = Counter(one.severity.value for several in self.found.values() for one in several)
        return {severity.value: counted[severity.value] for severity in Severity}


def drafts(user: User) -> QuerySet[SchemeDraft]:
    """Give the drafts that a person may see, with how many comments wait."""
    rows = SchemeDraft.objects.visible_to(user).select_related("created_by", "amends", "published")
    waits = Q(comments__state=CommentState.OPEN)
    return rows.annotate(comments_waiting=Count("comments", filter=waits, distinct=True))


def draft_page(user: User, number: int, revision: int | None = None) -> DraftPage | None:
    """Give a draft by one of its revisions (None: the newest); None where there is none this person may see."""
    people = ("created_by", "approved_by", "published_by", "amends", "published")
    row = SchemeDraft.objects.visible_to(user).select_related(*people).filter(pk=number).first()
    if row is None:
        return None
    texts = DraftRevision.objects.visible_to(user).select_related("by")
    asked = texts.filter(draft=row, number=revision or row.revision).first()
    return None if asked is None else DraftPage(row, asked, findings(asked))


def findings(revision: DraftRevision) -> dict[str, tuple[Problem, ...]]:
    """Give what is wrong or doubtful in a revision by line, errors first; units that the county's list lacks too."""
    return by_line((*_lint(revision.digest, revision.text), *units_lacking(revision.scheme, units_by_code())))


def by_line(problems: Iterable[Problem]) -> dict[str, tuple[Problem, ...]]:
    """Gather problems of a scheme by the line they concern, errors first, in the words of its workbook."""
    found: dict[str, list[Problem]] = {}
    for one in problems:
        place = one.place.field or f"units[{one.params.get('code', '')}]"
        told = Problem(one.code, one.params, one.place, one.severity, terms_at(one.place.field))
        found.setdefault(line_of(place), []).append(told)
    return {line: tuple(sorted(several, key=lambda one: _ORDER[one.severity])) for line, several in found.items()}


@lru_cache(maxsize=_KEPT)
def _lint(digest: str, text: str) -> tuple[Problem, ...]:
    """Look over a text once; `digest` is what the cache tells texts apart by most quickly."""
    return lint(from_yaml(text, digest)[0])


def revisions(user: User, number: int) -> QuerySet[DraftRevision]:
    """Give the revisions of a draft, newest first, without their texts."""
    return DraftRevision.objects.visible_to(user).filter(draft=number).select_related("by").defer("text")


def comments(user: User, number: int) -> QuerySet[DraftComment]:
    """Give the comments on a draft that a person may see, those that were taken back left out."""
    rows = DraftComment.objects.visible_to(user).filter(draft=number).exclude(state=CommentState.WITHDRAWN)
    return rows.select_related("unit", "by", "answered_by")


def own_targets(user: User, number: int) -> QuerySet[OwnTarget]:
    """Give the targets that departments put forward for a draft, as far as a person may see them."""
    rows = OwnTarget.objects.visible_to(user).filter(draft=number).exclude(state=OwnTargetState.WITHDRAWN)
    return rows.select_related("unit", "by", "decided_by")


def versions(user: User) -> QuerySet[SchemeVersion]:
    """Give the adopted schemes, the latest first, without their texts."""
    return SchemeVersion.objects.visible_to(user).yearly().select_related("adopted_by")
