"""From a correction that is committed to the tables made anew by the worker.

Run in the house: python bench/pages/rescore.py [times]. Scores December once if that was not done, then corrects a
figure and waits for the next result, `times` over. Prints the seconds of each as JSON.
"""

import json
import sys
import time

from baton.config.ready import SETTINGS as SETTINGS  # makes Django ready before tables are named

# isort: split
from plan import NOW

from baton.assessment.actions.figures import correct_figure
from baton.assessment.actions.scores import score_month
from baton.assessment.choices import RunKind, RunState
from baton.assessment.models import Figure, Run
from baton.core.acting import Actor
from baton.core.models import User

PATIENCE, LOOK = 120.0, 0.02


def newest() -> int:
    """Give the number of the newest result of the month that is complete."""
    rows = Run.objects.filter(month__period=NOW, state=RunState.DONE).order_by("-pk")
    return rows.values_list("pk", flat=True).first() or 0


def main(times: int) -> None:
    """Correct and wait."""
    by = Actor(User.objects.get(username="office_head-0"))
    if not newest():
        score_month(by=by, period=NOW, kind=RunKind.TRIAL)
    figures = Figure.objects.counting().filter(period=NOW, series="I160").order_by("unit")
    seconds = []
    for figure in figures[:times]:
        before = newest()
        correct_figure(by=by, figure=figure.pk, typed=f"{float(figure.value) + 1:.2f}", reason="核实后更正")
        begun = time.perf_counter()
        while newest() == before and time.perf_counter() - begun < PATIENCE:
            time.sleep(LOOK)
        seconds.append(round(time.perf_counter() - begun, 3))
    print(json.dumps(seconds))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
