"""The download of a file: only by those whom the owner's app lets read, and never run by the browser."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.core import disk
from baton.core.acting import Actor, acting
from baton.core.files import keep, receive
from baton.core.models import StoredFile, User
from baton.core.readers import _READERS
from people import make_unit, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def file(settings: Any, tmp_path: Path, user: User) -> Iterator[StoredFile]:
    settings.MEDIA_ROOT = tmp_path
    received = receive("佐证.pdf", [PDF])
    with acting(Actor(user)) as told:
        kept = keep(told, received, owner=make_unit())
    before = dict(_READERS)
    _READERS["org.unit"] = lambda who, number: who == user
    yield kept
    _READERS.clear()
    _READERS.update(before)


def test_the_owner_gets_it_as_an_attachment(client: Client, user: User, file: StoredFile) -> None:
    client.force_login(user)
    answer = client.get(reverse("file", args=[file.pk]))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_others_are_told_the_same_as_of_a_file_that_is_not_there(client: Client, file: StoredFile) -> None:
    client.force_login(make_user("other", "别人"))
    mine, none = (client.get(reverse("file", args=[number])) for number in (file.pk, uuid.uuid4()))
    assert (mine.status_code, none.status_code) == (404, 404)
    ours, theirs = (re.sub(r"[A-Z0-9]{4}-[A-Z0-9]{4}", "", one.content.decode()) for one in (mine, none))
    assert ours == theirs
    assert client.post(reverse("file", args=[file.pk])).status_code == 405


def test_a_visitor_is_asked_to_sign_in(client: Client, file: StoredFile) -> None:
    assert client.get(reverse("file", args=[file.pk])).status_code == 302


def test_bytes_that_are_lost_are_no_fault_of_the_page(client: Client, user: User, file: StoredFile) -> None:
    disk.path_of(file.digest).unlink()
    client.force_login(user)
    assert client.get(reverse("file", args=[file.pk])).status_code == 404
