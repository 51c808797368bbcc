"""The finished year of the example county: the database gives the result that the workbooks give, to the digest."""

import pytest

from baton.assessment.models import AnnualPublication, AnnualResult, AnnualRun, LedgerEntry
from baton.assessment.queries.annual.run import annual_run
from baton.core.acting import Actor
from baton.core.chain import verify_chain
from baton.core.models import User
from baton.engine.panel.panel import Panel
from baton.engine.score import score
from baton.example.county import load_people, load_units
from baton.example.figures import make_year
from baton.example.running.finished import load_finished_year
from people import PASSWORD

pytestmark = pytest.mark.django_db


def test_2025_is_finished_and_gives_the_same_result_as_its_workbooks() -> None:
    made = make_year()
    load_units()
    load_people(password=PASSWORD)
    load_finished_year(Actor(User.objects.get(username="zhouhe")), made)
    publication = AnnualPublication.objects.get()
    assert publication.published_at is not None
    assert publication.published_at.date().isoformat() == "2026-01-28"
    run = publication.decision.run
    sheet = score(made.scheme, Panel.of(made.observations, made.events), 2025)
    assert run.digest == sheet.digest
    kept = {one.unit.code: one for one in AnnualResult.objects.filter(run=run).select_related("unit")}
    for standing in sheet.standings:
        row = kept[standing.unit]
        assert (row.total, row.rank, row.grade) == (standing.total, standing.rank, standing.grade or "")
    assert LedgerEntry.objects.count() == len(made.events)
    page = annual_run(User.objects.get(username="zhouhe"), run.pk)
    assert page is not None
    assert page.sensitive
    assert all(one.over == 0 for pool in page.pools for one in pool.grades)
    assert AnnualRun.objects.count() == 2
    assert verify_chain()[1] is None
