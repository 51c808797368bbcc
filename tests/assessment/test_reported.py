"""What is there of a month, a line a figure, and a month counted by it."""

import pytest

from baton.assessment.actions.below.entering import Typed
from baton.assessment.actions.figures import enter_figures
from baton.assessment.choices import StepRole, SubmissionState
from baton.assessment.models import Submission
from baton.assessment.queries.office.counted import Lies, count
from baton.assessment.queries.reported import reported_of
from baton.core.acting import SYSTEM
from county import County

pytestmark = pytest.mark.django_db
KEY = ("HOT", "actual", "2026-09")


def numbers(county: County, *codes: str) -> frozenset[int]:
    return frozenset(county.units[code].pk for code in codes)


def test_it_says_of_whom_a_figure_is_there_and_how(county: County) -> None:
    month = county.month()
    assert reported_of(month) == {}
    early = [Typed("T3", "HOT", "actual", "2026-09", "88")]
    enter_figures(by=SYSTEM, period="2026-09", cells=early, preliminary=True)
    county.enter("d2", "HOT", {"T1": "95", "T2": "95", "D1": "90"})
    county.enter("d2", "HOT", {"T1": "96", "T2": ""})
    found = reported_of(month)[KEY]
    assert found.there == numbers(county, "T1", "T3", "D1"), "what was taken back is not there"
    assert found.preliminary == numbers(county, "T3")
    assert found.corrected == numbers(county, "T1")
    assert reported_of(month, series=["INV"]) == {}


def test_a_month_is_counted_by_whom_and_at_which_step_its_figures_lie(county: County) -> None:
    month = county.month()
    county.enter("d2", "HOT", {"T1": "95", "T2": "95"})
    row = Submission.objects.get(month=month, unit=county.units["T1"], series="ARB")
    own = {"ARB": {row.unit_id: SubmissionState.VERIFIER}, "INV": {county.units["D1"].pk: SubmissionState.APPROVED}}
    codes = {code: unit.pk for code, unit in county.units.items()}
    found = count(month, reported_of(month), codes, own)
    assert (found.asked, found.there) == (13, 2)
    d1, d2 = codes["D1"], codes["D2"]
    assert found.lacking[Lies(d1, StepRole.VERIFIER, "")] == 1
    assert found.lacking[Lies(d1, StepRole.CLERK, "统计月报")] == 4, "its own was approved"
    assert found.lacking[Lies(d2, StepRole.CLERK, "")] == 3


def test_what_a_month_asks_for_is_worked_out_once(county: County) -> None:
    form = county.month().scheme.form
    asks = form.asks("2026-09")
    assert form.asks("2026-09") is asks
    assert [cell for cell, _ in form.expected("2026-09")] == [ask.cell(unit) for ask in asks for unit in ask.units]
    assert all(ask.among == set(ask.units) for ask in asks)
