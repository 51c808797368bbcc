"""The example county's year in progress, up to September: loaded, scored, and quick enough."""

from datetime import date, timedelta
from typing import Any

import pytest

from baton.assessment.actions.below.entering import Typed
from baton.assessment.actions.earlier import bring_in_figures
from baton.assessment.actions.figures import correct_figure, enter_figures
from baton.assessment.actions.months import open_month
from baton.assessment.actions.schemes import adopt_scheme
from baton.assessment.actions.scores import rescore_changed, score_month
from baton.assessment.choices import RunKind, RunState, Stage
from baton.assessment.models import Figure, Run, SourceDay, Submission, UnitResult, Window
from baton.assessment.rules.duties import verifier_of
from baton.core import clock
from baton.core.acting import SYSTEM
from baton.engine.scheme.structure.index import Index
from baton.example.running.figures import make_year_in_progress, scheme_of_2026
from baton.example.running.plan import text_of_2026
from baton.org.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def yundu(settings: Any) -> None:
    """The county on 8 October 2026: figures up to August brought in, August and September open."""
    settings.CLOCK_OFFSET += timedelta(days=(date(2026, 9, 3) - clock.today()).days)
    for number, unit in enumerate(scheme_of_2026().units):
        Unit.objects.create(code=unit.code, name=unit.name, order=number, valid_to=unit.valid_to)
    SourceDay.objects.create(source="县统计局月报", day=22, valid_from=date(2026, 1, 1), basis="统计发布日历")
    adopt_scheme(by=SYSTEM, text=text_of_2026())
    settled = make_year_in_progress().settled
    bring_in_figures(by=SYSTEM, observations=settled)
    open_month(by=SYSTEM, period="2026-08")


def test_every_unit_has_its_windows_and_townships_their_own_report(yundu: None) -> None:
    def units(stage: Stage) -> set[str]:
        return set(Window.objects.filter(stage=stage).values_list("unit__code", flat=True))

    gone = {"D39"}
    assessed = {unit.code for unit in scheme_of_2026().units if unit.group not in (None, "ZH")} - gone
    assert assessed <= units(Stage.CHECK)
    assert {"D21", "D22", "D26", "T01", "T18"} <= units(Stage.REPORT)
    assert not gone & units(Stage.CHECK)
    assert Window.objects.filter(stage=Stage.REPORT, unit__code="D21", release__source="县统计局月报").exists()
    assert Submission.objects.filter(series="ARB").count() == 18


def test_a_lead_department_is_verified_by_another_in_22_cases() -> None:
    scheme = scheme_of_2026()
    index = Index(scheme)
    units = {unit.code: unit for unit in scheme.units}
    cases = [one for one in scheme.indicators if one.lead and index.carried_by(one, units[one.lead])]
    assert all(verifier_of(one, one.lead or "") not in ("", one.lead) for one in cases)
    assert len({one.code.partition("-")[0] for one in cases if one.parent != "D"}) == 22


def test_a_month_is_scored_and_scored_anew_when_a_figure_changes(yundu: None) -> None:
    run = score_month(by=SYSTEM, period="2026-08", kind=RunKind.OFFICIAL)
    assert run.state == RunState.DONE, run.problems[:3]
    assert UnitResult.objects.filter(run=run).count() > 80
    figure = Figure.objects.current().get(unit__code="T04", series="HOT", figure="on_time", period="2026-08")
    correct_figure(by=SYSTEM, figure=figure.pk, typed="61.5", reason="核定")
    (again,) = rescore_changed()
    assert again.digest != run.digest
    assert Run.objects.count() == 2


def test_a_whole_department_reports_in_one_grid(yundu: None, django_assert_max_num_queries: Any) -> None:
    rows = Figure.objects.current().filter(series="HOT", period="2026-08").select_related("unit")
    cells = [Typed(one.unit.code, "HOT", one.figure, "2026-08", "12.25", one.pk) for one in rows]
    assert len(cells) > 150
    with django_assert_max_num_queries(30):
        batch = enter_figures(by=SYSTEM, period="2026-08", cells=cells)
    assert batch is not None
    assert batch.figures.count() == len(cells)
