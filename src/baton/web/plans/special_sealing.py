"""A published result of a special assessment, sealed in the background."""

from typing import Any

from django.conf import settings

from baton.assessment.actions.special_sealing import SEAL, keep_special_seal, published_special_run
from baton.assessment.queries.special_scoring import special_again
from baton.assessment.queries.specials import SpecialPage
from baton.core import clock
from baton.core.files import receive
from baton.core.jobs.work import Work
from baton.core.models import StoredFile, User
from baton.core.queries.files import files_of
from baton.core.queries.jobs import jobs_of
from baton.reports.sealed_run import sealed_special
from baton.reports.store.sealed import fingerprint_of, private_key
from baton.web.jobs.saying import said


def sealing_of(user: User, found: SpecialPage) -> dict[str, Any]:
    """Give what the page says of sealing: the runs that can be, those under way, the files there are, the key."""
    runs = [run for run in found.runs if run.published_at is not None]
    if not runs:
        return {}
    numbers = {run.pk for run in runs}
    jobs = jobs_of(user).filter(kind=SEAL).unfinished()  # type: ignore[attr-defined]
    files: list[StoredFile] = [file for run in runs for file in files_of(user, run)]
    return {
        "sealable": runs,
        "sealing": [said(job, clock.now()) for job in jobs if job.params.get("run") in numbers],
        "sealed": files,
        "fingerprint": fingerprint_of(private_key(settings.SEAL_SECRET).public_key()),
    }


def seal_special_in_background(work: Work) -> None:
    """Make the run again and seal it; refused where it cannot be made again."""
    run = published_special_run(by=work.actor, run=int(work.params["run"]))
    work.tell(0, 1)
    content = sealed_special(run, special_again(run), private_key(settings.SEAL_SECRET))
    work.tell(1, 1)
    name = f"baton-special-{run.special_id}-{run.digest[:12]}.zip"
    keep_special_seal(by=work.actor, run=run, received=receive(name, [content]))
    work.link = f"/plan/specials/{run.special_id}"
