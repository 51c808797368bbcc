"""Why totals differ between two annual runs: parts add up, who may see and ask, what is worked out by itself."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from baton.assessment.actions.annual.deciding import decide_grades
from baton.assessment.actions.annual.publishing import announce, publish_annual, withdraw_annual
from baton.assessment.actions.annual.why import WHY, ask_for_change, explain_change
from baton.assessment.actions.annual.year import ask_for_annual, open_annual, run_annual
from baton.assessment.actions.schemes import adopt_scheme
from baton.assessment.choices import BatchKind, FigureSource, LedgerKind, RunKind
from baton.assessment.models import AnnualChange, AnnualRun, AnnualUnitChange, Batch, Figure
from baton.assessment.queries.annual.why import (
    annual_editions,
    annual_moved,
    before_of,
    only_one_side,
    steps_of,
    summary_of,
    year_before,
)
from baton.core import clock
from baton.core.acting import SYSTEM
from baton.core.jobs.running import run_job
from baton.core.models import AuditRow, Job
from baton.engine.compare.attribution.parts import Factor
from baton.words import Refused
from cycle import on
from year import SCHEME, YEAR, YearCounty, county, make_year_county

__all__ = ["county"]

CONVERSION = "rule: {kind: conversion, full: 100}"
PEERS = SCHEME.replace(CONVERSION, "rule: {kind: min_max}")


def nobody(done: int, total: int) -> None:
    """Take progress and say nothing."""


def changed(first: AnnualRun, second: AnnualRun) -> AnnualChange:
    return explain_change(by=SYSTEM, first=first, second=second, tell=nobody)


def again(county: YearCounty, kind: RunKind = RunKind.OFFICIAL) -> AnnualRun:
    return run_annual(by=county.by("office"), year=YEAR, kind=kind)


def keys(county: YearCounty, who: str) -> list[str]:
    return [one.key for one in annual_editions(county.people[who])]


def by_factor(change: AnnualChange, unit: str) -> dict[Factor, Decimal]:
    row = AnnualUnitChange.objects.get(change=change, unit__code=unit)
    steps: Sequence[tuple[Factor, ...]] = steps_of(change)
    return {step[0]: Decimal(part) for step, part in zip(steps, row.parts, strict=True) if Decimal(part)}


def test_a_correction_and_an_event_are_told_apart_and_add_up(county: YearCounty) -> None:
    first = county.scored()
    county.figure("T08", "85.5")
    county.event("T04", "B1", LedgerKind.BONUS, level="省级")
    second = again(county)
    change = changed(first, second)
    assert by_factor(change, "T08") == {Factor.VALUES: Decimal("5.5")}
    assert by_factor(change, "T04") == {Factor.ADJUSTMENTS: Decimal(1)}
    assert by_factor(change, "T01") == {}
    for row in annual_moved(change, (first, second), whole=True):
        assert sum(row.change.parts, Decimal(0)) == row.change.difference
        for piece in row.change.pieces:
            assert sum(piece.parts, Decimal(0)) == piece.difference
        results = [run.units.get(unit=row.unit).total for run in (first, second)]
        assert [row.change.before, row.change.after] == results
    (moved,) = annual_moved(change, (first, second), only="T04")
    assert [(one.kind, one.code) for one in moved.change.pieces if one.difference] == [("bonus", "B1")]
    # 92.45 and 1 more: past T03 with its 92.5.
    assert (moved.before, moved.after, moved.places_won) == (4, 3, 1)


def test_what_others_did_is_told_apart_from_one_s_own(db: None, settings: Any) -> None:
    county = make_year_county(scheme=PEERS)
    first = county.scored()
    county.figure("T01", "100")
    change = changed(first, again(county))
    # T01 is the best either way: full points. The others fall behind by its rise alone.
    assert by_factor(change, "T01") == {}
    parts = by_factor(change, "T05")
    assert set(parts) == {Factor.PEERS}
    assert parts[Factor.PEERS] < 0


def test_a_pair_is_worked_out_once(county: YearCounty) -> None:
    first = county.scored()
    second = again(county)
    assert changed(first, second) == changed(first, second)
    assert AnnualChange.objects.count() == 1
    assert AuditRow.objects.filter(action="annual.why_explained").count() == 1


def test_a_cancelled_job_keeps_nothing(county: YearCounty) -> None:
    first, second = county.scored(), again(county)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        explain_change(by=SYSTEM, first=first, second=second, tell=stop)
    assert not AnnualChange.objects.exists()


def test_a_run_of_the_job_is_explained_against_the_one_before_by_itself(county: YearCounty) -> None:
    first = county.scored()
    assert summary_of([first]) is None
    assert not Job.objects.filter(kind=WHY).exists()
    county.figure("T08", "85.5")
    job = ask_for_annual(by=county.by("office"), year=YEAR, kind=RunKind.TRIAL)
    run_job.func(job.pk)
    (why,) = Job.objects.filter(kind=WHY)
    assert why.by is None
    run_job.func(why.pk)
    change = AnnualChange.objects.get()
    assert change.before == first
    summary = summary_of([change.after, first])
    assert summary is not None
    assert (summary.known, summary.changed, summary.largest) == (True, 1, Decimal("5.5"))


def test_a_result_made_known_anew_is_explained_against_the_one_it_replaces(county: YearCounty) -> None:
    first = county.scored()
    county.known(first)
    withdraw_annual(by=county.by("chief"), year=YEAR, reason="数据核查有误")
    county.figure("T08", "85.5")
    again(county, RunKind.TRIAL)
    second = again(county)
    county.known(second, "云委〔2026〕4号")
    pairs = {(one.params["first"], one.params["second"]) for one in Job.objects.filter(kind=WHY)}
    assert (first.pk, second.pk) in pairs


def test_a_replaced_issue_is_seen_beside_the_new_one_and_never_alone(county: YearCounty) -> None:
    first = county.scored()
    assert keys(county, "t01_head") == []
    county.known(first)
    assert keys(county, "t01_head") == ["2025.1"]
    withdraw_annual(by=county.by("chief"), year=YEAR, reason="数据核查有误")
    assert keys(county, "t01_head") == []
    county.figure("T08", "85.5")
    trial, second = again(county, RunKind.TRIAL), again(county)
    county.known(second, "云委〔2026〕4号")
    assert keys(county, "t01_head") == ["2025.2", "2025.1"]
    assert keys(county, "nobody") == []
    assert keys(county, "office") == ["2025.2", "2025.1", f"r{trial.pk}"]
    known = annual_editions(county.people["t01_head"])
    assert before_of(known, known[0]) == known[1]
    hidden, seen = changed(trial, second), changed(first, second)
    assert list(AnnualChange.objects.visible_to(county.people["t01_head"])) == [seen]
    assert set(AnnualChange.objects.visible_to(county.people["office"])) == {seen, hidden}
    assert not AnnualChange.objects.visible_to(county.people["nobody"]).exists()


def test_what_was_withdrawn_before_its_publicity_began_was_never_out(county: YearCounty) -> None:
    run = county.scored()
    given: dict[str, Any] = {"body": "县委常委会", "document": "云委〔2026〕3号", "on": date(2026, 1, 10)}
    decide_grades(by=county.by("chief"), year=YEAR, run=run.pk, grades={}, reasons={}, **given)
    announce(by=county.by("chief"), year=YEAR, opens=date(2026, 1, 19), contact="县考核办")
    withdraw_annual(by=county.by("chief"), year=YEAR, reason="数据核查有误")
    county.figure("T08", "85.5")
    second = again(county)
    on(date(2026, 1, 20))
    county.known(second)
    on(date(2026, 2, 2))
    publish_annual(by=county.by("chief"), year=YEAR, document="云委〔2026〕5号", title="通报")
    assert keys(county, "t01_head") == ["2025.2"]


def test_who_sees_both_may_ask_once_and_nobody_else(county: YearCounty) -> None:
    first, second = county.scored(), again(county)
    for who, one, other, code in (
        ("t01_head", first, second, "annual.why_not_seen"),
        ("office", first, first, "annual.why_same"),
    ):
        with pytest.raises(Refused) as refused:
            ask_for_change(by=county.by(who), first=one.pk, second=other.pk)
        assert [problem.code for problem in refused.value.problems] == [code]
    job = ask_for_change(by=county.by("office"), first=first.pk, second=second.pk)
    assert job is not None
    with pytest.raises(Refused, match="why_under_way"):
        ask_for_change(by=county.by("office"), first=first.pk, second=second.pk)
    run_job.func(job.pk)
    assert ask_for_change(by=county.by("office"), first=first.pk, second=second.pk) is None
    assert AnnualChange.objects.count() == 1
    assert AuditRow.objects.filter(action="annual.why_asked").count() == 1


def test_units_of_one_side_only_are_named(county: YearCounty) -> None:
    first, second = county.scored(), again(county)
    second.units.filter(unit=county.units["T10"]).delete()
    assert only_one_side((first, second)) == (("第10镇",), ())


def test_two_years_with_different_schemes_are_told_apart_and_add_up(county: YearCounty) -> None:
    earlier = SCHEME.replace("2025", "2024").replace("{A: 60, B: 60}", "{A: 50, B: 50}")
    earlier = earlier.replace("{A: 40, B: 40}", "{A: 50, B: 50}").replace(CONVERSION, "rule: {kind: min_max}", 1)
    adopt_scheme(by=SYSTEM, text=earlier, document="县委发〔2024〕1号")
    batch = Batch.objects.create(kind=BatchKind.EARLIER, at=clock.now())
    keys: dict[str, Any] = {"series": "ALL", "figure": "actual", "period": "2024", "source": FigureSource.EARLIER}
    for number, unit in enumerate(county.units.values()):
        Figure.objects.create(unit=unit, value=str(70 + 2 * number), batch=batch, **keys)
    open_annual(by=county.by("office"), year=2024)
    first = run_annual(by=county.by("office"), year=2024, kind=RunKind.OFFICIAL)
    second = county.scored()
    assert year_before(second) == first
    known = annual_editions(county.people["office"])
    assert [one.year for one in known] == [2025, 2024]
    assert before_of(known, known[0]) == known[1]
    change = changed(first, second)
    assert [step[0] for step in steps_of(change)] == list(Factor)
    rows = annual_moved(change, (first, second), whole=True)
    assert {one.unit.code for one in rows} == set(county.units)
    for row in rows:
        assert sum(row.change.parts, Decimal(0)) == row.change.difference
        assert sum((piece.difference for piece in row.change.pieces), Decimal(0)) == row.change.difference
    parts = by_factor(change, "T02")
    assert {Factor.VALUES, Factor.RULES} <= set(parts)
