"""Calls of the API with the key of somebody of the small county."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from baton.core.acting import SYSTEM
from baton.core.actions.tokens import issue_token
from baton.core.choices import Scope
from county import County, county

__all__ = ["county"]
type As = Callable[..., tuple[int, Any]]


@pytest.fixture
def call_as(county: County, client: Client) -> As:
    """Call an address as somebody, with JSON, or with a form where `form` is given."""
    keys: dict[str, str] = {}

    def called(who: str, method: str, address: str, body: object = None, form: Any = None) -> tuple[int, Any]:
        if who not in keys:
            keys[who] = issue_token(by=SYSTEM, user=county.people[who], name=who, scopes=Scope)[1]
        headers = {"Authorization": f"Bearer {keys[who]}"}
        if form is not None:
            answer = client.post(f"/api/v1{address}", form, headers=headers)
        else:
            answer = client.generic(
                method, f"/api/v1{address}", json.dumps(body or {}), "application/json", headers=headers
            )
        return answer.status_code, answer.json()

    return called
