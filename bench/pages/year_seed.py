"""Fill the database that the environment names with a finished year, and time what is done of it in the background.

Run: BATON_HOME=... DATABASE_URL=... PYTHONPATH=src python bench/pages/year_seed.py FOLDER [units indicators people].
Writes into FOLDER county.json: the moment to live at, sessions, pages, and how many seconds each job took. Figures are
written in bulk as rows of the house's own models; everything after them is done by the house's own actions and jobs.
"""

import json
import random
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime
from itertools import batched
from pathlib import Path

from baton.config.ready import SETTINGS as SETTINGS  # makes Django ready before tables are named

# isort: split
from django.db import connection
from django.urls import reverse
from plan import MONTHS, YEAR, Plan
from staff import load_people, load_units, sessions

from baton.assessment.actions.annual.deciding import decide_grades
from baton.assessment.actions.annual.files import ask_for_letters
from baton.assessment.actions.annual.publishing import announce
from baton.assessment.actions.annual.why import ask_for_change
from baton.assessment.actions.annual.year import ask_for_annual, open_annual
from baton.assessment.actions.readers import add_reader
from baton.assessment.actions.scheme_drafts import begin_for_year
from baton.assessment.actions.schemes import adopt_scheme
from baton.assessment.choices import BatchKind, FigureSource, RunKind
from baton.assessment.models import AnnualRun, Batch, Figure, SchemeDraft, SchemeVersion
from baton.config.operations.installation import this_installation
from baton.config.serving import prepare
from baton.core import clock
from baton.core.acting import SYSTEM, Actor
from baton.core.choices import JobState
from baton.core.jobs.running import run_job
from baton.core.models import Job, User
from baton.engine.scheme.text import to_yaml
from baton.example.running.load import ZONE, at
from baton.org.choices import Role
from baton.org.models import Unit

SEED, AT_ONCE, CORRECTED = 2026, 5_000, 5
MOMENT = f"{YEAR + 1}-01-12T10:00"
"""A Monday, when the figures of December are all there."""
HEAD, OFFICE, LEADER = "office_head-0", "office-1", "county_leader-5"


def fill(plan: Plan) -> None:
    """Write units, people, the scheme and a year's figures."""
    load_units(plan)
    load_people(plan)
    with at(datetime(YEAR, 1, 5, 9, tzinfo=ZONE)):
        adopt_scheme(by=SYSTEM, text=to_yaml(plan.scheme()))
    batch = Batch.objects.create(kind=BatchKind.EARLIER, at=clock.now())
    for some in batched(_figures(plan, batch), AT_ONCE):
        Figure.objects.bulk_create(some)


def _figures(plan: Plan, batch: Batch) -> Iterator[Figure]:
    chance, units = random.Random(SEED), dict(Unit.objects.values_list("code", "pk"))
    for code in plan.codes:
        for number in range(plan.indicators):
            level = chance.uniform(82, 108)
            for month in range(1, MONTHS + 1):
                yield Figure(
                    unit_id=units[code],
                    series=f"I{number:03d}",
                    figure="actual",
                    period=f"{YEAR}-{month:02d}",
                    value=f"{level + chance.gauss(0, 2):.2f}",
                    source=FigureSource.EARLIER,
                    batch=batch,
                )


def correct() -> None:
    """Put a few figures right, so that a new run differs."""
    batch = Batch.objects.create(kind=BatchKind.CORRECTION, at=clock.now(), reason="核实后更正")
    for row in Figure.objects.current().filter(period=f"{YEAR}-05", series="I007").order_by("unit")[:CORRECTED]:
        Figure.objects.create(
            unit_id=row.unit_id,
            series=row.series,
            figure=row.figure,
            period=row.period,
            version=row.version + 1,
            value=f"{float(row.value) + 3:.2f}",
            source=row.source,
            batch=batch,
            supersedes=row,
            reason=batch.reason,
        )


def timed(job: Job | None) -> float:
    """Run a job as a worker does; give its seconds. Stops where it did not end well."""
    if job is None:
        raise SystemExit("there is no job")
    begun = time.perf_counter()
    run_job.func(job.pk)
    taken = time.perf_counter() - begun
    job.refresh_from_db()
    if job.state != JobState.DONE:
        raise SystemExit(f"{job.kind}: {job.state} {job.problem}")
    return round(taken, 3)


def live() -> dict[str, float]:
    """Score the year, correct it, score it anew, explain the difference, make it known, and write the letters."""
    by = Actor(User.objects.get(username=HEAD))
    add_reader(by=by, role=Role.OFFICE_HEAD, reason="审定前复核")
    open_annual(by=by, year=YEAR)
    first = timed(ask_for_annual(by=by, year=YEAR, kind=RunKind.TRIAL))
    correct()
    taken = {"run": min(first, timed(ask_for_annual(by=by, year=YEAR, kind=RunKind.OFFICIAL)))}
    run, before = AnnualRun.objects.order_by("-pk")[:2]
    by_itself = Job.objects.filter(kind="annual.job_why").first()
    taken["why"] = timed(by_itself or ask_for_change(by=by, first=before.pk, second=run.pk))
    given = {"body": "县委常委会", "document": f"云委〔{YEAR + 1}〕3号", "on": date(YEAR + 1, 1, 10)}
    decide_grades(by=by, year=YEAR, run=run.pk, grades={}, reasons={}, **given)
    announce(by=by, year=YEAR, opens=date(YEAR + 1, 1, 12), contact="县考核办")
    letters = {"authority": "云渡县考核工作委员会办公室", "number": "", "on": f"{YEAR + 1}-01-12"}
    taken["letters"] = timed(ask_for_letters(by=by, year=YEAR, **letters))
    begin_for_year(by=by, version=SchemeVersion.objects.get().pk, year=YEAR + 1)
    return taken


def pages(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Name who opens which pages of the year: kind, user name, address."""
    run, before = AnnualRun.objects.order_by("-pk")[:2]
    code, clerk = plan.code(3), f"unit_head-{plan.code(3).lower()}"
    differing = f"?first=r{before.pk}&second=r{run.pk}"
    yield from (("annual", who, reverse("years")) for who in (HEAD, LEADER, clerk))
    yield "annual", HEAD, reverse("year", args=[YEAR])
    yield "annual", HEAD, reverse("year-run", args=[YEAR, run.pk])
    yield from (("annual", who, reverse("year-results", args=[YEAR])) for who in (LEADER, clerk))
    yield "annual", clerk, reverse("year-unit", args=[YEAR, code])
    yield "annual", clerk, reverse("year-trace", args=[YEAR, code, "I007"])
    yield "why", HEAD, reverse("year-why", args=[YEAR]) + differing
    yield "why", HEAD, reverse("year-why-unit", args=[YEAR, code]) + differing
    for name in ("workshop", "workshop-library", "targets", "plan", "burden", "objections"):
        yield "year", OFFICE, reverse(name)
    yield "year", OFFICE, reverse("targets-county-year", args=[YEAR])
    for name in ("workshop-draft", "workshop-coverage", "workshop-comments"):
        yield "year", OFFICE, reverse(name, args=[SchemeDraft.objects.get().pk])


def main(folder: Path, plan: Plan) -> None:
    """Fill, live, and write down what there is."""
    folder.mkdir(parents=True, exist_ok=True)
    prepare(this_installation())
    with at(datetime.fromisoformat(MOMENT).replace(tzinfo=ZONE)):
        fill(plan)
        taken = live()
        told = {
            "moment": MOMENT,
            "sessions": sessions(),
            "pages": [{"kind": kind, "who": who, "address": address} for kind, who, address in pages(plan)],
            "seconds": taken,
        }
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    (folder / "county.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Plan(*map(int, sys.argv[2:])))
