"""Filling the index anew, as a job."""

from baton.core.jobs.work import Work
from baton.core.models import SearchEntry
from baton.core.search.filling import refill, to_fill


def refill_search(work: Work) -> None:
    """Fill all entries anew, telling how far it is."""
    total = to_fill()
    for done in refill():
        work.tell(min(done, total), total)


def out_of_step() -> bool:
    """Whether entries lack, or stand for what is gone: after rows were brought in together."""
    return SearchEntry.objects.count() != to_fill()
