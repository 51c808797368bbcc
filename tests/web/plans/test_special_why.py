"""Why two runs of a special assessment differ: worked out once, adding up exactly, seen by whom it concerns."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from baton.assessment.actions.special_changes import ask_for_change
from baton.assessment.actions.special_scores import publish_special, score_special, withdraw_special
from baton.assessment.actions.specials import sign_special
from baton.assessment.choices import RunKind
from baton.assessment.models import Special, SpecialChange, SpecialResult, SpecialRun
from baton.assessment.queries.special_why import differing_figures, moved_between
from baton.core.choices import JobState
from baton.core.jobs.running import run_job
from baton.core.models import Job
from baton.words import Refused
from county import County, make_county
from reporting import client_of
from special import SPECIAL_SCHEME, filled, opened, report, verify

VISITS = "rule: {kind: threshold_deduct, line: 10, step: 0.1}\n    series: ZVIS"
RANKED = SPECIAL_SCHEME.replace(VISITS, "rule: {kind: ratio_to_best}\n    series: ZVIS")
"""Visits are compared with those of the best unit."""

type Runs = tuple[SpecialRun, SpecialRun]


@pytest.fixture
def county(db: None, settings: Any) -> County:
    """The small county on the 2nd of October 2026."""
    return make_county(settings)


def scored(county: County, special: Special, document: str) -> SpecialRun:
    for who, unit in (("t1", "T1"), ("t2", "T2")):
        sign_special(by=county.by(who), special=special.pk, unit=county.units[unit].pk)
    run = score_special(by=county.by("office"), special=special.pk, kind=RunKind.OFFICIAL)
    publish_special(by=county.by("chief"), special=special.pk, document=document)
    return run


@pytest.fixture
def runs(county: County, monkeypatch: pytest.MonkeyPatch) -> Runs:
    """A result that was withdrawn, and the one that replaced it: 乙镇 invested more, 甲镇 made more visits."""
    monkeypatch.setattr("special.SPECIAL_SCHEME", RANKED)
    special = filled(county, opened(county))
    first = scored(county, special, "云考办发〔2026〕11号")
    withdraw_special(by=county.by("chief"), special=special.pk, reason="9 月投资漏统计")
    report(county, special, "d1", ("T2", "ZINV", "actual", "2026-09", "30"))
    report(county, special, "t1", ("T1", "ZVIS", "actual", "2026-Q3", "20"))
    verify(county, special, "ZVIS:T1")
    return first, scored(county, special, "云考办发〔2026〕12号")


def worked() -> Job:
    job = Job.objects.latest("pk")
    run_job.func(job.pk)
    job.refresh_from_db()
    return job


def test_the_change_of_every_unit_adds_up_to_the_last_digit(county: County, runs: Runs) -> None:
    job = worked()
    assert job.state == JobState.DONE, job.problem
    change = SpecialChange.objects.get()
    assert (change.first, change.second) == runs
    rows = {one.unit.code: one for one in moved_between(change)}
    for code, row in rows.items():
        before, after = (SpecialResult.objects.get(run=run, unit__code=code) for run in runs)
        assert (row.change.before, row.change.after) == (before.score, after.score)
        assert (row.before, row.after) == (before.rank, after.rank)
        assert sum(row.change.parts) == row.change.difference
        gave = [{line["code"]: Decimal(line["contribution"]) for line in one.lines} for one in (before, after)]
        for piece in row.change.pieces:
            assert sum(piece.parts) == piece.difference
            assert piece.before == gave[0].get(piece.indicator, Decimal(0))
            assert piece.after == gave[1].get(piece.indicator, Decimal(0))
    second = {piece.indicator: piece.parts[:2] for piece in rows["T2"].change.pieces}
    assert second["Z01"][0] > 0
    assert second["Z01"][1] == 0, "investment is compared with nobody's"
    assert second["Z02"][0] == 0, "its own visits are as they were"
    assert second["Z02"][1] < 0, "the best of its group became better"
    figures = [(one.series, one.before, one.after) for one in differing_figures(change, "T2")]
    assert figures == [("ZINV", "15", "30")]


def test_units_see_it_worked_out_and_only_their_own_in_full(
    county: County, runs: Runs, django_assert_max_num_queries: Any
) -> None:
    worked()
    client, number = client_of(county.people["t2_head"]), runs[0].special_id
    page = client.get(reverse("special-why", args=[number])).content.decode()
    own, other = (reverse("special-why-unit", args=[number, code]) for code in ("T2", "T1"))
    assert own in page
    assert other not in page
    assert "完成投资" in client.get(own).content.decode()
    assert client.get(other).status_code == 404
    assert client_of(county.people["d2"]).get(reverse("special-why", args=[number])).status_code == 404
    assert reverse("special-why", args=[number]) in client.get(reverse("special", args=[number])).content.decode()
    book = openpyxl.load_workbook(
        BytesIO(client.get(reverse("special-why", args=[number]), {"export": "xlsx"}).content)
    )
    line = next(row for row in book.worksheets[0].iter_rows(min_row=2, values_only=True) if row[0] == "乙镇")
    assert sum(line[4:8]) == pytest.approx(line[3])
    for name, given in (("special-why", ()), ("special-why-unit", ("T2",)), ("special", ())):
        with django_assert_max_num_queries(25):
            assert client.get(reverse(name, args=[number, *given])).status_code == 200


def test_what_is_not_worked_out_yet_is_asked_for(county: County, runs: Runs) -> None:
    worked()
    first, second = runs
    address = reverse("special-why", args=[first.special_id])
    client = client_of(county.people["office"])
    asked = f"{address}?first={second.pk}&second={first.pk}"
    assert "分析差异" in client.get(asked).content.decode()
    for _ in range(2):
        assert client.post(address, {"first": second.pk, "second": first.pk}).status_code == 302
    assert Job.objects.filter(kind="plans.job_change").count() == 2, "what is under way is not asked for twice"
    assert worked().link == f"/plan/specials/{first.special_id}/why?first={second.pk}&second={first.pk}"
    assert "各项相加等于变化" in client.get(asked).content.decode()
    assert client.post(address, {"first": first.pk, "second": first.pk}).status_code == 422
    assert client.get(address, {"first": "999", "second": first.pk}).status_code == 404
    trial = score_trial(county, first)
    with pytest.raises(Refused):
        ask_for_change(by=county.by("t1_head"), special=first.special_id, first=first.pk, second=trial.pk)


def score_trial(county: County, first: SpecialRun) -> SpecialRun:
    withdraw_special(by=county.by("chief"), special=first.special_id, reason="再核")
    return score_special(by=county.by("office"), special=first.special_id)


def test_of_a_single_result_there_is_nothing_to_compare(county: County) -> None:
    special = filled(county, opened(county))
    run = scored(county, special, "云考办发〔2026〕11号")
    address = reverse("special-why", args=[run.special_id])
    assert "还没有两次可以比较的计分" in client_of(county.people["t1"]).get(address).content.decode()
    assert not Job.objects.exists()
