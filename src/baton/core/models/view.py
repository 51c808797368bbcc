"""Lists as somebody likes to look at them: the query of a page's address under a name."""

from typing import Self

from django.db import models
from django.db.models import Q

from baton.core.models.user import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Saved views: one's own, and those that others share."""

    def visible_to(self, user: User) -> Self:
        """Give one's own views and the shared ones."""
        return self.filter(Q(owner=user) | Q(shared=True)) if user.is_active else self.none()


class SavedView(models.Model):
    """A view of a page (by the name of its address). It holds no rows: everybody sees through it what they may see.

    `opens`: the page opens with it for its owner; `opens_for`: for everybody with a role (a code of the house above).
    """

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=64)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, blank=True)
    shared = models.BooleanField(default=False)
    opens = models.BooleanField(default=False)
    opens_for = models.CharField(max_length=32, blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        """By name; one of a name, one that opens."""

        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("owner", "page", "name"), name="saved_view_name_once"),
            models.UniqueConstraint(fields=("owner", "page"), condition=Q(opens=True), name="saved_view_opens_once"),
            models.UniqueConstraint(
                fields=("page", "opens_for"), condition=~Q(opens_for=""), name="saved_view_opens_once_a_role"
            ),
            models.CheckConstraint(condition=Q(opens_for="") | Q(shared=True), name="saved_view_for_a_role_is_shared"),
        )

    def __str__(self) -> str:
        """The name."""
        return self.name
