"""Days that are not what their weekday says, and years that the county settled by hand."""

from django.db import models

from baton.org.models.seen import SeenByAll


class Holiday(models.Model):
    """A day that is not what its weekday says: a holiday (off), or a Saturday or Sunday worked instead.

    Official days come from the calendar that the State Council publishes each autumn; those that a county adds by hand
    stand beside them, and count first.
    """

    day = models.DateField(unique=True)
    is_working = models.BooleanField()
    name = models.CharField(max_length=100)
    source = models.CharField(max_length=200, blank=True)

    objects = SeenByAll["Holiday"].as_manager()

    class Meta:
        """By day."""

        ordering = ("day",)

    def __str__(self) -> str:
        """Day and name."""
        return f"{self.day} {self.name}"


class CalendarYear(models.Model):
    """A year whose official days the county entered by hand, because the program came before the notice did."""

    year = models.PositiveSmallIntegerField(unique=True)
    source = models.CharField(max_length=200)

    objects = SeenByAll["CalendarYear"].as_manager()

    class Meta:
        """By year."""

        ordering = ("year",)

    def __str__(self) -> str:
        """The year."""
        return str(self.year)
