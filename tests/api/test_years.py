"""A year by the API: nothing before publicity, then all of it, with the calculation of every unit."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from baton.assessment.actions.annual.deciding import decide_grades
from baton.assessment.actions.annual.publishing import announce
from baton.assessment.actions.annual.year import run_annual
from baton.assessment.choices import LedgerKind
from baton.core.acting import SYSTEM
from baton.core.actions.tokens import issue_token
from baton.core.choices import Scope
from baton.core.jobs.running import run_job
from year import YEAR, YearCounty, county

__all__ = ["county"]
type Ask = Callable[[str, str], tuple[int, Any]]


@pytest.fixture
def ask(county: YearCounty, client: Client) -> Ask:
    """Read an address as somebody."""

    def asked(who: str, address: str) -> tuple[int, Any]:
        key = issue_token(by=SYSTEM, user=county.people[who], name=who, scopes=(Scope.READ,))[1]
        answer = client.get(f"/api/v1{address}", headers={"Authorization": f"Bearer {key}"})
        return answer.status_code, answer.json()

    return asked


def test_a_year_is_read_once_it_is_made_known(county: YearCounty, ask: Ask) -> None:
    run = county.scored()
    assert ask("t01_head", "/years")[1] == [{"year": 2025, "stage": "open", "scheme": run.scheme_digest}]
    assert ask("t01_head", "/years/2025/results")[0] == 404
    assert ask("office", "/years/2025/results")[1]["issue"] is None
    given = {"body": "县委常委会", "document": "云委〔2026〕3号", "on": date(2026, 1, 10)}
    chosen = {"grades": {"T04": "C"}, "reasons": {"T04": "专项任务未完成"}}
    decide_grades(by=county.by("chief"), year=YEAR, run=run.pk, **chosen, **given)  # type: ignore[arg-type]
    announce(by=county.by("chief"), year=YEAR, opens=date(2026, 1, 12), contact="县考核办")
    status, told = ask("t01_head", "/years/2025/results")
    assert status == 200
    assert (told["closes"], told["published"], told["digest"]) == ("2026-01-19", False, run.digest)
    fourth = next(one for one in told["places"] if one["unit"] == "T04")
    assert (fourth["total"], fourth["suggested"], fourth["grade"]) == ("92.45", "B", "C")
    status, lines = ask("t01_head", "/years/2025/results/T02")
    assert [(one["depth"], one["code"], one["score"]) for one in lines] == [
        (0, "Y", "95"),
        (1, "Y01", "57"),
        (1, "Y02", "38"),
    ]
    assert ask("t01_head", "/years/2025/results/X9")[0] == 404
    assert ask("t01_head", "/years/2024/results")[0] == 404
    assert ask("nobody", "/years")[1] == []


def test_why_two_results_differ_adds_up_once_it_is_worked_out(county: YearCounty, ask: Ask) -> None:
    first = county.scored()
    county.figure("T08", "85.5")
    second = run_annual(by=county.by("office"), year=YEAR)
    address = f"/years/2025/changes?first=r{first.pk}&second=r{second.pk}"
    assert ask("t01_head", address)[0] == 404
    assert ask("office", f"/years/2024/changes?first=r{first.pk}&second=r{second.pk}")[0] == 404
    status, told = ask("office", address)
    assert (status, told["worked_out"], told["units"]) == (200, False, [])
    key = issue_token(by=SYSTEM, user=county.people["office"], name="asks", scopes=(Scope.READ,))[1]
    bearer = {"Authorization": f"Bearer {key}"}
    job = Client().post(f"/api/v1{address}", headers=bearer).json()["job"]
    again = Client().post(f"/api/v1{address}", headers=bearer)
    assert (again.status_code, again.json()["problems"][0]["code"]) == (422, "annual.why_under_way")
    run_job.func(job)
    (unit,) = ask("office", f"{address}&unit=T08")[1]["units"]
    assert (unit["before"], unit["after"]) == ("80.000000", "85.500000")
    assert Decimal(unit["parts"]["values"]) == Decimal("5.5")
    assert sum(Decimal(piece["parts"]["values"]) for piece in unit["pieces"]) == Decimal("5.5")


def test_a_year_is_objected_to_once_it_is_up_for_publicity(county: YearCounty, call_as: Any) -> None:
    entry = county.event("T01", "K1", LedgerKind.DEDUCTION, level="县级").pk
    run = county.scored()
    form = {"unit": "T01", "kind": "deduction", "entry": entry, "reason": "通报已撤销"}
    status, told = call_as("t01_head", "POST", "/years/2025/objections", form=form)
    assert (status, told["problems"][0]["code"]) == (422, "objections.nothing_out")
    given = {"body": "县委常委会", "document": "云委〔2026〕3号", "on": date(2026, 1, 10)}
    decide_grades(by=county.by("chief"), year=YEAR, run=run.pk, grades={}, reasons={}, **given)  # type: ignore[arg-type]
    announce(by=county.by("chief"), year=YEAR, opens=date(2026, 1, 12), contact="考核办")
    status, made = call_as("t01_head", "POST", "/years/2025/objections", form=form)
    assert (status, made["number"], made["period"], made["entry"]) == (200, "YY2025-1-01", "2025", entry)
    assert made["carried_at"] is None
    listed = {who: call_as(who, "GET", "/objections?period=2025")[1]["items"] for who in ("office", "t02_head")}
    assert [[one["id"] for one in rows] for rows in listed.values()] == [[made["id"]], []]
    assert call_as("t01_head", "POST", "/years/99999999999999999999/objections", form=form)[0] == 422
