"""What no page takes: NUL, which PostgreSQL keeps in no text."""

import json

import pytest
from django.test import Client

from baton.core.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def test_nul_is_refused_in_words_wherever_it_stands(browser: Client) -> None:
    answers = [
        browser.get("/units?search=%00"),
        browser.get("/report/2026-09/D%002"),
        browser.post("/account", {"name": "a\x00b"}),
        browser.post("/report/2026-09/D2/drafts", json.dumps({"cells": [{"name": "\x00"}]}), "application/json"),
    ]
    assert [one.status_code for one in answers] == [400, 400, 400, 400]
    assert "没有看懂" in answers[0].content.decode()


def test_everything_else_goes_on(browser: Client) -> None:
    assert browser.get("/units?search=林小满").status_code == 200
