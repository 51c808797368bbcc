"""The API as an outside system uses it: keys with scopes, all problems told, nothing twice, nothing of others."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from baton.assessment.choices import FigureSource
from baton.assessment.models import Figure
from baton.core import clock
from baton.core.acting import Actor
from baton.core.actions.tokens import issue_token, revoke_token
from baton.core.choices import Scope
from baton.core.models import AuditRow, User
from baton.org.choices import Role
from baton.words import Refused
from month import make_figure, make_result, make_units
from people import give, make_user

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


@pytest.fixture
def administrator(db: None) -> Actor:
    user = make_user("sysadmin", "系统管理员")
    give(user, Role.SYSTEM_ADMINISTRATOR)
    return Actor(user)


type Call = Callable[..., tuple[int, dict[str, object]]]


@pytest.fixture
def call(client: Client, user: User, administrator: Actor) -> Call:
    """Call an address with a key of all scopes."""
    _, key = issue_token(by=administrator, user=user, name="统计平台", scopes=Scope)

    def called(method: str, address: str, body: object = None, **headers: str) -> tuple[int, dict[str, object]]:
        given = {"Authorization": f"Bearer {key}", **headers}
        answer = client.generic(method, ROOT + address, json.dumps(body or {}), "application/json", headers=given)
        return answer.status_code, answer.json()

    return called


def operations() -> list[tuple[str, str]]:
    """List every call of the API but its description."""
    found = []
    for outer in get_resolver().url_patterns:
        if isinstance(outer, URLResolver) and str(outer.pattern) == "api/v1/":
            for one in outer.url_patterns:
                assert isinstance(one, URLPattern)
                found.append((str(one.name), str(one.pattern)))
    return [(name, pattern) for name, pattern in found if name not in ("openapi-json", "api-root")]


@pytest.mark.parametrize("pattern", [pattern for _, pattern in operations()])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("key", ["", "Bearer no", "Bearer baton_xxxxxxxx"])
def test_no_call_answers_without_a_key(client: Client, pattern: str, method: str, key: str) -> None:
    address = f"{ROOT}/{pattern.replace('<period>', '2026-09').replace('<unit>', 'T001')}"
    for name in ("<int:figure>", "<figure>", "<int:batch>", "<batch>"):
        address = address.replace(name, "1")
    answer = client.generic(method, address, "{}", "application/json", headers={"Authorization": key} if key else {})
    assert answer.status_code in (401, 405)


def test_a_key_opens_only_what_its_scopes_name(client: Client, user: User, administrator: Actor) -> None:
    _, key = issue_token(by=administrator, user=user, name="只读", scopes=[Scope.READ])
    headers = {"Authorization": f"Bearer {key}"}
    assert client.get(f"{ROOT}/units", headers=headers).status_code == 200
    body = {"cells": [{"unit": "T001", "series": "M01", "period": "2026-09", "value": "1"}]}
    answer = client.post(f"{ROOT}/months/2026-09/figures", body, "application/json", headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("what", ["revoked", "expired", "closed"])
def test_a_key_that_has_ended_opens_nothing(client: Client, user: User, administrator: Actor, what: str) -> None:
    row, key = issue_token(by=administrator, user=user, name="x", scopes=[Scope.READ], expires_on=clock.today())
    if what == "revoked":
        revoke_token(by=Actor(user), token=row.pk)
    elif what == "expired":
        type(row).objects.update(expires_on=clock.today() - timedelta(days=1))
    else:
        user.is_active = False
        user.save()
    assert client.get(f"{ROOT}/units", headers={"Authorization": f"Bearer {key}"}).status_code == 401


def test_keys_are_the_system_administrators_matter_and_nobody_can_read_them(user: User, administrator: Actor) -> None:
    with pytest.raises(Refused):
        issue_token(by=Actor(user), user=user, name="x", scopes=[Scope.READ])
    row, key = issue_token(by=administrator, user=user, name="x", scopes=[Scope.READ])
    assert key not in str(row.__dict__)
    assert all(key not in json.dumps(one.detail) for one in AuditRow.objects.all())
    with pytest.raises(Refused) as refused:
        issue_token(by=administrator, user=user, name=" ", scopes=[], expires_on=date(2020, 1, 1))
    assert {one.code for one in refused.value.problems} == {"api.name_lacking", "api.scopes_lacking", "api.day_is_past"}


def test_pages_hold_every_row_once(call: Call, user: User) -> None:
    make_units(7)
    seen, after = [], 0
    while True:
        _, page = call("GET", f"/units?limit=3&after={after}")
        seen += [unit["code"] for unit in page["items"]]  # type: ignore[index,attr-defined,union-attr]
        if page["next"] is None:
            break
        after = page["next"]  # type: ignore[assignment]
    assert seen == [f"T{number:03d}" for number in range(7)]


def test_results_are_those_of_the_pages_and_exact(call: Call, user: User) -> None:
    units = make_units(4)
    make_result(user, units)
    assert call("GET", "/months/2026-09/results")[0] == 404
    give(user, Role.UNIT_HEAD, units[1])
    status, found = call("GET", "/months/2026-09/results")
    assert status == 200
    places = found["places"]
    assert isinstance(places, list)
    assert [(one["unit"], one["score"], one["rank"]) for one in places if one["group"] == "TB"] == [
        ("T001", "99.487655", "1"),
        ("T003", "98.462965", "2"),
    ]
    _, lines = call("GET", "/months/2026-09/results/T001")
    assert [one["indicator"] for one in lines] == ["M01", "M09"]  # type: ignore[index]


def test_figures_of_others_are_not_there(call: Call, user: User) -> None:
    units = make_units(3)
    make_result(user, units)
    for unit in units[1:]:
        make_figure(user, unit)
    give(user, Role.UNIT_HEAD, units[1])
    _, found = call("GET", "/months/2026-09/figures")
    items = found["items"]
    assert isinstance(items, list)
    assert [(one["unit"], one["value"], one["cell"]) for one in items] == [("T001", "39450", "C7")]
    assert call("GET", "/months/2026-09/figures?unit=T002")[1]["items"] == []


def test_what_is_too_much_at_once_is_refused_in_the_same_shape(call: Call) -> None:
    status, told = call("POST", "/ledger", {"note": "长" * 1_000_000})
    assert (status, told["problems"][0]["code"]) == (400, "api.too_much")  # type: ignore[index]


def test_a_refusal_tells_every_problem_in_the_callers_language(call: Call, user: User) -> None:
    make_result(user, make_units(2))
    body = {"cells": [{"unit": "NO", "series": "M01", "period": "2026-09", "value": "1"}]}
    status, found = call("POST", "/months/2026-09/figures", body)
    assert status == 422
    problems = found["problems"]
    assert isinstance(problems, list)
    assert problems[0]["code"].startswith("assessment.")
    english = call("POST", "/months/2026-09/figures", body, **{"Accept-Language": "en"})[1]["problems"]
    assert english != problems
    assert not Figure.objects.filter(source=FigureSource.API).exists()


def test_the_description_names_every_call(client: Client) -> None:
    described = client.get(f"{ROOT}/openapi.json").json()
    assert len(described["paths"]) == len({pattern for _, pattern in operations()})
    assert described["components"]["securitySchemes"]
