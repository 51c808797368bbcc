"""What everybody who signs in may see, said once."""

from typing import Any, Self

from django.db import models

from baton.core.models import User


class SeenByAll[One: models.Model](models.QuerySet[One]):
    """Rows that hold nothing personal and nothing secret: every open account may see them."""

    def visible_to(self, user: User) -> Self:
        """Give what a person may see: all, once signed in."""
        return self if user.is_active else self.none()


def choices_of(kind: Any) -> list[tuple[str, str]]:
    """Give a closed vocabulary as a field wants it; its words are in the catalogue, not here."""
    return [(one.value, one.value) for one in kind]
