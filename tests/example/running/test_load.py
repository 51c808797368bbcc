"""The year in progress is lived through by the same actions that people use, on its own days."""

from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings

from baton.assessment.choices import AdjustmentState, FigureSource, RunKind, SubmissionState
from baton.assessment.models import (
    Check,
    Figure,
    Objection,
    PlanItem,
    Publication,
    Reopening,
    Run,
    Special,
    Submission,
    Target,
    TargetAdjustment,
    UnitResult,
)
from baton.core.acting import Actor
from baton.core.chain import verify_chain
from baton.core.models import User
from baton.example.county import load_people, load_units
from baton.example.running import load
from baton.example.running.assessments import SPECIAL
from baton.example.running.figures import YearInProgress, make_year_in_progress
from baton.example.running.staff import staff_of_units
from people import PASSWORD

pytestmark = pytest.mark.django_db


def test_a_settled_month_is_published_and_the_next_is_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "LAST_MONTH", 2)
    made = make_year_in_progress()
    january = tuple(one for one in made.settled if one.period in ("2026", "2026-01"))
    february = tuple(one for one in made.settled if one.period == "2026-02" and one.series not in ("INV", "IVA"))
    load_units()
    load_people(password=PASSWORD)
    head = Actor(User.objects.get(username="zhouhe"))
    load.load_year(staff_of_units(), head, YearInProgress(january, february))
    assert timedelta(0) == settings.CLOCK_OFFSET
    (publication,) = Publication.objects.all()
    assert publication.published_at.date().isoformat() == "2026-02-25"
    run = Run.objects.get(kind=RunKind.OFFICIAL)
    assert UnitResult.objects.filter(run=run, score__isnull=False).count() == 82
    own = Submission.objects.filter(month__period="2026-01")
    assert own.exists()
    assert set(own.values_list("state", flat=True)) == {SubmissionState.APPROVED.value}
    typed = Figure.objects.filter(period="2026-01", series="ARB").select_related("batch__by")
    assert {one.source for one in typed} == {FigureSource.TYPED.value}
    assert Figure.objects.filter(period="2026-02").exists()
    going = Submission.objects.filter(month__period="2026-02", series="ARB")
    assert set(going.exclude(unit__code="T04").values_list("state", flat=True)) <= {"verifier", "draft"}
    assert going.filter(state=SubmissionState.VERIFIER).count() > 10
    assert going.get(unit__code="T04").state == SubmissionState.DRAFT
    assert Reopening.objects.get().window.unit.code == "T04"
    assert Check.objects.filter(month__period="2026-01", by=None).exists()
    states = Counter(Target.objects.filter(series="JOB").values_list("state", flat=True))
    assert (states["countered"], states["proposed"], states["agreed"], states["fixed"]) == (1, 1, 1, 1)
    assert states["open"] > 10
    assert set(Target.objects.filter(series="INV").values_list("state", flat=True)) == {"fixed"}
    assert TargetAdjustment.objects.get().state == AdjustmentState.OPEN
    numbers = PlanItem.objects.exclude(number="").order_by("pk").values_list("number", flat=True)
    assert sorted(numbers) == [f"考备〔2026〕{number}号" for number in range(1, 7)]
    assert Special.objects.get().item.title == SPECIAL
    assert [one.state for one in Objection.objects.order_by("pk")] == ["decided", "assigned"]
    length, broken = verify_chain()
    assert length > 100
    assert broken is None
