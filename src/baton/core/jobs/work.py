"""What a job's function works with: its parameters, how far it is, and whether it shall go on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from baton.core.acting import Actor
from baton.core.choices import JobState
from baton.core.models import Job


class Cancelled(Exception):  # noqa: N818 - the name says what happened
    """Somebody asked the job to stop."""


class Lost(Exception):  # noqa: N818 - the name says what happened
    """The job is no longer this worker's: its lease ran out, and another has it."""


@dataclass(slots=True)
class Work:
    """One attempt at a job. `done` is where the attempt before stopped."""

    number: int
    holder: str
    params: Mapping[str, Any]
    actor: Actor
    done: int = 0
    link: str = ""

    def each[Item](self, items: Sequence[Item]) -> Iterator[Item]:
        """Go through items in order, from where the attempt before stopped; each counts once it is through.

        Raises `Cancelled` or `Lost` between two items.
        """
        self.tell(self.done, len(items))
        for item in items[self.done :]:
            yield item
            self.tell(self.done + 1, len(items))

    def tell(self, done: int, total: int) -> None:
        """Write down how far the work is. Raises `Cancelled` or `Lost`, and then nothing more may be done."""
        mine = Job.objects.filter(pk=self.number, holder=self.holder, state=JobState.RUNNING.value)
        if not mine.update(done=done, total=total, attempts=F("attempts")):
            raise Lost
        self.done = done
        if mine.filter(cancel_asked=True).exists():
            raise Cancelled
