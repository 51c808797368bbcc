"""Who has which role, where, from when to when; and roles that were asked for."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from baton.core import clock
from baton.core.models import User
from baton.org.choices import ADMINISTRATORS, COUNTY_WIDE, SEES_ITS_PEOPLE, RequestState, Role
from baton.org.models.seen import choices_of
from baton.org.models.unit import Unit


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Roles."""

    def on(self, day: date) -> Self:
        """Give the roles that hold on a day."""
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day), withdrawn=False)

    def visible_to(self, user: User) -> Self:
        """Give one's own roles and those of the units whose people one may see; county-wide roles see all."""
        if not user.is_active:
            return self.none()
        mine = Assignment.objects.filter(user=user).on(clock.today())
        if mine.filter(role__in=COUNTY_WIDE).exists():
            return self
        return self.filter(Q(user=user) | Q(unit__in=mine.filter(role__in=SEES_ITS_PEOPLE).values("unit")))


class Assignment(models.Model):
    """A role that a user has, in a unit or (None) county-wide, from a day to a day, both included.

    `delegated_from`: the role was lent by its holder, and then it ends on a day. `granted_by` is empty only for what
    came with the installation. `withdrawn`: it ended at once, in the middle of its last day.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=32, choices=choices_of(Role))
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    delegated_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="lent")
    granted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400, blank=True)
    end_reason = models.CharField(max_length=400, blank=True)
    withdrawn = models.BooleanField(default=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        """What is lent comes back; nobody gives himself a role, nor has two of the three powers without an end."""

        ordering = ("user", "role")
        constraints = (
            models.CheckConstraint(
                condition=Q(delegated_from__isnull=True) | Q(valid_to__isnull=False), name="delegation_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="assignment_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("user")), name="nobody_grants_to_himself"
            ),
            models.UniqueConstraint(
                fields=("user",),
                condition=Q(role__in=sorted(ADMINISTRATORS), valid_to__isnull=True),
                name="one_of_three_powers",
            ),
        )

    def __str__(self) -> str:
        """Role and day it began."""
        return f"{self.role} {self.valid_from}"


class RoleRequestQuerySet(models.QuerySet["RoleRequest"]):
    """Roles that were asked for."""

    def visible_to(self, user: User) -> Self:
        """Give what one asked for and what is asked for oneself; who keeps accounts or rights sees all."""
        if not user.is_active:
            return self.none()
        keepers = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)
        if Assignment.objects.filter(user=user, role__in=keepers).on(clock.today()).exists():
            return self
        return self.filter(Q(user=user) | Q(asked_by=user))


class RoleRequest(models.Model):
    """A role that the system administrator asks for with a new account; the security administrator gives it or not.

    So whoever makes accounts gives no rights, and whoever gives rights makes no accounts. `takes_over`: the role of
    whoever leaves; it ends on the day before this one begins.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_requests")
    role = models.CharField(max_length=32, choices=choices_of(Role))
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    takes_over = models.ForeignKey(Assignment, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=16, choices=choices_of(RequestState), default=RequestState.OPEN.value)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = RoleRequestQuerySet.as_manager()

    class Meta:
        """Oldest first: who waits longest comes first."""

        ordering = ("asked_at", "pk")

    def __str__(self) -> str:
        """Role and state."""
        return f"{self.role} {self.state}"
