"""Schemes that are being made: their revisions, the comments on them, and targets that departments set themselves."""

from functools import lru_cache
from typing import Self

from django.db import models
from django.db.models import F, Q

from baton.assessment.choices import CommentState, DraftChange, DraftState, OwnTargetState, pairs
from baton.assessment.models.kept import Kept, KeptQuerySet
from baton.assessment.models.scheme import SchemeVersion
from baton.assessment.models.sight import sight_of
from baton.core.models import User
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import from_yaml
from baton.org.models import Unit

_KEPT_DRAFTS = 16
_UNANSWERED = (CommentState.OPEN.value, CommentState.NOTHING.value, CommentState.WITHDRAWN.value)
_SHOWN = (DraftState.COMMENTING, DraftState.APPROVED, DraftState.PUBLISHED)


class SchemeDraftQuerySet(models.QuerySet["SchemeDraft"]):
    """Schemes that are being made."""

    def visible_to(self, user: User) -> Self:
        """Give all to the office and readers of the county; to units, what was put before them."""
        sight = sight_of(user)
        if sight.everything:
            return self
        if not sight.anything:
            return self.none()
        return self.filter(Q(state__in=_SHOWN) | Q(comments_until__isnull=False))


class SchemeDraft(models.Model):
    """A scheme that is being made, or an amendment of one (`amends`, with the reason).

    `revision` is the number of the newest revision. `document`: the minutes or document by which it was approved;
    `waived`: why nobody was asked for comments. `published`: the version that it became.
    """

    code = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=pairs(DraftState), default=DraftState.DRAFTING.value)
    amends = models.ForeignKey(SchemeVersion, null=True, on_delete=models.PROTECT, related_name="amendments")
    reason = models.CharField(max_length=400, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    comments_until = models.DateField(null=True)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    document = models.CharField(max_length=200, blank=True)
    waived = models.CharField(max_length=400, blank=True)
    published = models.ForeignKey(SchemeVersion, null=True, on_delete=models.PROTECT, related_name="drafts")
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=400, blank=True)

    objects = SchemeDraftQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(amends__isnull=True) | Q(reason__gt=""), name="amendment_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(state__in=(DraftState.APPROVED.value, DraftState.PUBLISHED.value)) | Q(document__gt=""),
                name="approved_draft_has_a_document",
            ),
            models.CheckConstraint(
                condition=~Q(state=DraftState.PUBLISHED.value) | Q(published__isnull=False),
                name="published_draft_is_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(state=DraftState.ABANDONED.value) | Q(closed_reason__gt=""),
                name="abandoned_draft_says_why",
            ),
        )

    def __str__(self) -> str:
        """The name."""
        return self.name

    @property
    def editable(self) -> bool:
        """Whether its text may still change."""
        return self.state in (DraftState.DRAFTING.value, DraftState.COMMENTING.value)


class DraftRevisionQuerySet(KeptQuerySet["DraftRevision"]):
    """Revisions."""

    def visible_to(self, user: User) -> Self:
        """Give all to the office and readers of the county; to units the newest text of what was put before them."""
        if sight_of(user).everything:
            return self
        return self.filter(draft__in=SchemeDraft.objects.visible_to(user)).newest()

    def newest(self) -> Self:
        """Give the newest revision of each scheme."""
        return self.filter(number=F("draft__revision"))


class DraftRevision(Kept):
    """The whole text of a scheme that is being made, as it was saved; written once. `line`: the only line changed."""

    draft = models.ForeignKey(SchemeDraft, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    change = models.CharField(max_length=16, choices=pairs(DraftChange))
    line = models.CharField(max_length=160, blank=True)
    note = models.CharField(max_length=400, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = DraftRevisionQuerySet.as_manager()

    class Meta:
        """Newest first, each number once."""

        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("draft", "number"), name="draft_revision_once"),)

    def __str__(self) -> str:
        """Number of the revision."""
        return f"{self.draft_id} {self.number}"

    @property
    def scheme(self) -> Scheme:
        """The scheme itself; parsed once per digest and process."""
        return _read(self.digest, self.text)


@lru_cache(maxsize=_KEPT_DRAFTS)
def _read(digest: str, text: str) -> Scheme:
    """Read a scheme; `digest` is what the cache tells texts apart by most quickly."""
    return from_yaml(text, digest)[0]


class DraftCommentQuerySet(models.QuerySet["DraftComment"]):
    """Comments."""

    def visible_to(self, user: User) -> Self:
        """Give all to the office and readers of the county; to a unit its own."""
        sight = sight_of(user)
        return self if sight.everything else self.filter(unit__in=sight.member)


class DraftComment(models.Model):
    """What a unit says of a line of a scheme (`line` empty: of the whole), and the written answer."""

    draft = models.ForeignKey(SchemeDraft, on_delete=models.CASCADE, related_name="comments")
    revision = models.PositiveIntegerField()
    line = models.CharField(max_length=160, blank=True)
    title = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=pairs(CommentState), default=CommentState.OPEN.value)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = DraftCommentQuerySet.as_manager()

    class Meta:
        """In the order in which they came."""

        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(text__gt=""), name="draft_comment_says_something"),
            models.CheckConstraint(
                condition=Q(state__in=_UNANSWERED) | Q(answer__gt=""),
                name="draft_comment_is_answered_in_words",
            ),
        )

    def __str__(self) -> str:
        """The line and what was said."""
        return f"{self.title} {self.text}".strip()[:120]


class OwnTargetQuerySet(models.QuerySet["OwnTarget"]):
    """Targets that departments set themselves."""

    def visible_to(self, user: User) -> Self:
        """Give all to the office and readers of the county; to a unit its own."""
        sight = sight_of(user)
        return self if sight.everything else self.filter(unit__in=sight.member)


class OwnTarget(models.Model):
    """A target that a department puts forward for itself, hung on a task of the scheme like every indicator.

    `value` in `measure`; `points` full marks. `indicator`: its code in the scheme once the office took it.
    """

    draft = models.ForeignKey(SchemeDraft, on_delete=models.CASCADE, related_name="own_targets")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    definition = models.CharField(max_length=1000, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=6)
    measure = models.CharField(max_length=40)
    hook = models.CharField(max_length=64)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=pairs(OwnTargetState), default=OwnTargetState.PROPOSED.value)
    answer = models.CharField(max_length=400, blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    indicator = models.CharField(max_length=64, blank=True)

    objects = OwnTargetQuerySet.as_manager()

    class Meta:
        """In the order in which they came; hung on something, sent back with the reason."""

        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(hook__gt=""), name="own_target_hangs_on_something"),
            models.CheckConstraint(
                condition=~Q(state=OwnTargetState.RETURNED.value) | Q(answer__gt=""),
                name="own_target_returned_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=OwnTargetState.TAKEN.value) | Q(indicator__gt=""),
                name="own_target_taken_is_an_indicator",
            ),
        )

    def __str__(self) -> str:
        """The name."""
        return self.name


class LibraryLineQuerySet(models.QuerySet["LibraryLine"]):
    """Indicators of adopted schemes."""

    def visible_to(self, user: User) -> Self:
        """Give all, once signed in: adopted schemes are public documents of the county."""
        return self if user.is_active else self.none()


class LibraryLine(models.Model):
    """An indicator of an adopted scheme, written down so that it is found across years and used again."""

    version = models.ForeignKey(SchemeVersion, on_delete=models.CASCADE, related_name="library")
    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    part = models.CharField(max_length=200, blank=True)
    measure = models.CharField(max_length=200, blank=True)
    rule = models.CharField(max_length=32)
    lead = models.CharField(max_length=200, blank=True)
    own = models.CharField(max_length=200, blank=True)
    definition = models.TextField(blank=True)

    objects = LibraryLineQuerySet.as_manager()

    class Meta:
        """Newest first; once per version and code."""

        ordering = ("-year", "pk")
        constraints = (models.UniqueConstraint(fields=("version", "code"), name="library_line_once"),)

    def __str__(self) -> str:
        """Code and name."""
        return f"{self.code} {self.name}"
