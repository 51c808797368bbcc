"""The running ledger of bonuses, deductions and vetoes: noted when they happen, announced, then confirmed."""

from typing import Self

from django.db import models
from django.db.models import Q

from baton.assessment.choices import LedgerKind, LedgerState, pairs
from baton.assessment.models.figure import DIGITS
from baton.assessment.models.sight import sight_of
from baton.core.models import User
from baton.engine.scheme.adjustments import Event
from baton.org.models import Unit


class LedgerEntryQuerySet(models.QuerySet["LedgerEntry"]):
    """Entries."""

    def visible_to(self, user: User) -> Self:
        """Give what was announced to a person's units or claimed by them, and what those units noted or verify.

        The office and county readers see all.
        """
        sight = sight_of(user)
        if sight.everything:
            return self
        told = Q(unit__in=sight.units) & (Q(announced_at__isnull=False) | Q(claimed=True))
        return self.filter(told | Q(noted_for__in=sight.units))


class LedgerEntry(models.Model):
    """An event that a bonus, deduction or veto item answers (fields as `engine.scheme.adjustments.Event`).

    `noted_for` is the department that noted it. A bonus may be `claimed` by the unit itself; then that department gives
    its `opinion`, and whether it holds (`supported`), before anybody decides. A deduction or veto counts only when it
    was announced to the unit in writing, the days to reply have passed or a reply came, and a person has confirmed it
    (domain.md, last section, 6). `notice_number`, `notice_contact`: number of the written notice, whom to address; what
    is announced to a unit under one number stands in one notice.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="ledger")
    kind = models.CharField(max_length=16, choices=pairs(LedgerKind))
    item = models.CharField(max_length=64)
    matter = models.CharField(max_length=100, blank=True)
    level = models.CharField(max_length=64, blank=True)
    quantity = models.CharField(max_length=DIGITS, blank=True)
    points = models.CharField(max_length=DIGITS, blank=True)
    share = models.CharField(max_length=DIGITS, default="1")
    indicator = models.CharField(max_length=64, blank=True)
    on = models.DateField()
    document = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=16, choices=pairs(LedgerState), default=LedgerState.NOTED.value)
    claimed = models.BooleanField(default=False)
    supported = models.BooleanField(null=True)
    opinion = models.CharField(max_length=1000, blank=True)
    opinion_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    opinion_at = models.DateTimeField(null=True)
    noted_for = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True)
    reply_until = models.DateField(null=True)
    notice_number = models.CharField(max_length=100, blank=True)
    notice_contact = models.CharField(max_length=200, blank=True)
    reply = models.CharField(max_length=1000, blank=True)
    replied_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=1000, blank=True)

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=LedgerState.CONFIRMED)
                | Q(kind__in=(LedgerKind.BONUS, LedgerKind.INDICATOR))
                | Q(announced_at__isnull=False, reply_until__isnull=False),
                name="ledger_announced_before_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(LedgerState.CONFIRMED, LedgerState.DROPPED)) | Q(decided_at__isnull=False),
                name="ledger_decided_by_somebody",
            ),
            models.CheckConstraint(condition=Q(claimed=False) | Q(kind=LedgerKind.BONUS), name="ledger_claims_bonuses"),
        )

    def __str__(self) -> str:
        """Item and day."""
        return f"{self.item} {self.on}"

    @property
    def waits_for_opinion(self) -> bool:
        """Whether the department that knows has said nothing of a claim yet; a department is not asked of its own."""
        return self.claimed and self.noted_for_id not in (None, self.unit_id) and self.supported is None

    def event(self, unit: str) -> Event:
        """Give the entry as the engine wants it, with the unit's code; only what is confirmed counts."""
        given = {
            "unit": unit,
            "item": self.item,
            "matter": self.matter,
            "level": self.level,
            "quantity": self.quantity or None,
            "points": self.points or None,
            "share": self.share,
            "indicator": self.indicator or None,
            "on": self.on,
            "document": self.document,
            "confirmed": self.state == LedgerState.CONFIRMED,
            "note": self.note[:200],
        }
        return Event.model_validate(given)
