"""Rows that are only ever added: what was reported stays as it was reported."""

from typing import Any, NoReturn

from django.db import models


class KeptError(TypeError):
    """Somebody tried to change or remove a row that is kept for ever; a mistake of the program, not of its user."""


class KeptQuerySet[Row: models.Model](models.QuerySet[Row]):
    """Rows that can be read and added, and neither changed nor removed."""

    def update(self, **fields: Any) -> NoReturn:
        """Refuse. The database refuses as well (`migrations/0002`)."""
        raise KeptError(self.model.__name__)

    def bulk_update(self, *given: Any, **fields: Any) -> NoReturn:
        """Refuse."""
        raise KeptError(self.model.__name__)

    def delete(self) -> NoReturn:
        """Refuse."""
        raise KeptError(self.model.__name__)

    def update_or_create(self, *given: Any, **fields: Any) -> NoReturn:
        """Refuse: it may change a row."""
        raise KeptError(self.model.__name__)


class Kept(models.Model):
    """A row that is written once."""

    class Meta:
        """No table of its own."""

        abstract = True

    def save(self, *given: Any, **fields: Any) -> None:
        """Add the row; a row that is there already is refused."""
        if not self._state.adding:
            raise KeptError(type(self).__name__)
        super().save(*given, **fields)

    def delete(self, *given: Any, **fields: Any) -> NoReturn:
        """Refuse."""
        raise KeptError(type(self).__name__)
