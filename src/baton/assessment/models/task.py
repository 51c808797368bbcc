"""Tasks without a figure (没有数的任务): whose they are and by when; past their day they are tracked by themselves."""

from typing import Self

from django.db import models
from django.db.models import Q

from baton.assessment.models.sight import sight_of
from baton.assessment.models.tracking import TrackedItem
from baton.core.models import User
from baton.org.models import Unit


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks."""

    def visible_to(self, user: User) -> Self:
        """Give the tasks of a person's units and those their departments are responsible for."""
        sight = sight_of(user)
        if sight.everything:
            return self
        return self.filter(Q(unit__in=sight.units) | Q(department__in=sight.units))

    def running(self) -> Self:
        """Give the tasks that are neither done nor tracked."""
        return self.filter(done_at__isnull=True, item__isnull=True)


class Task(models.Model):
    """A task of a unit without a figure, with the last day on which it is in time.

    `department` is responsible and says when it is done, with `done_note`, how and by which document. `item` is the
    tracked item that it became when its day had passed.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tasks")
    code = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    department = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    set_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    done_note = models.CharField(max_length=1000, blank=True)
    item = models.OneToOneField(TrackedItem, null=True, on_delete=models.PROTECT, related_name="task")

    objects = TaskQuerySet.as_manager()

    class Meta:
        """The next to be due first; each task of a unit once; what is done says how."""

        ordering = ("due", "pk")
        constraints = (
            models.UniqueConstraint(fields=("unit", "code"), name="task_once"),
            models.CheckConstraint(condition=Q(done_at__isnull=True) | Q(done_note__gt=""), name="task_done_says_how"),
        )

    def __str__(self) -> str:
        """The title."""
        return self.title
