"""Contests by the API: evidence where the scheme requires it, in the same call as the contest."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from baton.assessment.models import Contest, Figure
from baton.core.models import StoredFile
from county import SCHEME, County, make_county

PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"


@pytest.fixture
def county(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> County:
    """The small county, in which the hotline needs evidence."""
    monkeypatch.setattr(
        "county.SCHEME", SCHEME.replace("    missing: required", "    missing: required\n    evidence: required")
    )
    made = make_county(settings)
    made.month()
    made.fill()
    return made.on(date(2026, 10, 9))


def about(series: str) -> int:
    return Figure.objects.get(unit__code="T1", series=series).pk


def test_evidence_comes_with_the_contest(county: County, call_as: Any) -> None:
    given = {"reason": "少计一件", "claimed": "97"}
    status, told = call_as("t1", "POST", f"/figures/{about('HOT')}/contest", given)
    assert (status, told["problems"][0]["code"]) == (422, "assessment.evidence_missing")
    address = f"/figures/{about('HOT')}/contest-with-evidence"
    bad = SimpleUploadedFile("办结单.pdf", b"MZ nothing of the kind")
    assert call_as("t1", "POST", address, form=given | {"evidence": bad})[0] == 422
    assert not Contest.objects.exists()
    status, made = call_as("t1", "POST", address, form=given | {"evidence": SimpleUploadedFile("办结单.png", PICTURE)})
    assert status == 200
    assert Contest.objects.get(pk=made["contest"]).evidence == "办结单.png"
    assert StoredFile.objects.get().owner_id == str(made["contest"])


def test_where_none_is_required_none_is_taken(county: County, call_as: Any) -> None:
    given = {"reason": "不对"}
    address = f"/figures/{about('ARB')}/contest-with-evidence"
    status, told = call_as("t1", "POST", address, form=given | {"evidence": SimpleUploadedFile("照片.png", PICTURE)})
    assert (status, told["problems"][0]["code"]) == (422, "assessment.evidence_not_asked")
    assert call_as("t1", "POST", f"/figures/{about('ARB')}/contest", given)[0] == 200
