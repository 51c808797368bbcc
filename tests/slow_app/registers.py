"""Its jobs: `slow` waits for ever in the middle of its third item's write, the first time; `quick` only says so."""

import os
import threading
from pathlib import Path

from baton.core.acting import SYSTEM, acting
from baton.core.jobs.kinds import register_job
from baton.core.jobs.work import Work


def say(word: str) -> None:
    with Path(os.environ["SLOW_PIPE"]).open("w", encoding="utf-8") as pipe:
        pipe.write(f"{word}\n")


def slow(work: Work) -> None:
    first = work.done == 0
    for item in work.each(range(6)):
        with acting(SYSTEM) as told:
            told.did("services.job_retried", number=item)
            if first and item == 2:
                say("in the middle")
                threading.Event().wait()
    say("through")


def quick(work: Work) -> None:
    say("quick")
    work.tell(1, 1)


register_job("slow", slow)
register_job("quick", quick)
