"""What can be found: one row an object; the index beside it is the database's own (`core.search.index`)."""

from django.db import models


class SearchEntry(models.Model):
    """What is found of an object. Who may find it is asked of the object's own app each time, and not kept here.

    `plain`: title and text in normal writing, by which false hits of the index are told apart. `reference`: what the
    address of the object's page is made of.
    """

    kind = models.CharField(max_length=64)
    number = models.BigIntegerField()
    title = models.CharField(max_length=200)
    detail = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=64, blank=True)
    plain = models.TextField()

    class Meta:
        """One row an object."""

        constraints = (models.UniqueConstraint(fields=("kind", "number"), name="search_entry_once"),)

    def __str__(self) -> str:
        """The title."""
        return self.title
