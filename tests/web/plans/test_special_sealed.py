"""The published result of a special assessment, sealed: made again, computed again offline, one changed byte found."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.config.small import call

from baton.assessment.actions.special_scores import publish_special, score_special, withdraw_special
from baton.assessment.actions.specials import sign_special
from baton.assessment.choices import RunKind
from baton.assessment.models import Special, SpecialRun
from baton.assessment.queries.special_scoring import special_again
from baton.config.cli.ending import Code
from baton.core.choices import JobState
from baton.core.disk import path_of
from baton.core.jobs.running import run_job
from baton.core.models import AuditRow, Job, StoredFile
from baton.words import Refused
from county import County, make_county
from reporting import client_of
from special import filled, opened, report

DOCUMENT = "云考办发〔2026〕11号"


@pytest.fixture
def county(db: None, settings: Any) -> County:
    """The small county on the 2nd of October 2026."""
    return make_county(settings)


@pytest.fixture
def run(county: County) -> SpecialRun:
    """The official run of a special assessment, published."""
    special = filled(county, opened(county))
    for who, unit in (("t1", "T1"), ("t2", "T2")):
        sign_special(by=county.by(who), special=special.pk, unit=county.units[unit].pk)
    made = score_special(by=county.by("office"), special=special.pk, kind=RunKind.OFFICIAL)
    publish_special(by=county.by("chief"), special=special.pk, document=DOCUMENT)
    return made


def asked(client: Client, run: SpecialRun) -> int:
    return client.post(reverse("special-seal", args=[run.special_id, run.pk])).status_code


def worked() -> Job:
    job = Job.objects.latest("pk")
    run_job.func(job.pk)
    job.refresh_from_db()
    return job


def sealed(client: Client, run: SpecialRun, path: Path) -> Path:
    assert asked(client, run) == 302
    job = worked()
    assert job.state == JobState.DONE, job.problem
    path.write_bytes(path_of(StoredFile.objects.get().digest).read_bytes())
    return path


def with_changed(before: Path, after: Path, name: str) -> Path:
    """The same bundle with one byte of a file changed."""
    with zipfile.ZipFile(before) as one, zipfile.ZipFile(after, "w") as other:
        for each in one.namelist():
            data = one.read(each)
            if each == name:
                data = data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]
            other.writestr(each, data)
    return after


def test_it_verifies_offline_and_one_changed_byte_is_found(county: County, run: SpecialRun, tmp_path: Path) -> None:
    client = client_of(county.people["office"])
    path = sealed(client, run, tmp_path / "sealed.zip")
    good = call("verify", path, "--json")
    assert good.code == Code.GOOD, good.err
    result = good.json["result"]
    assert (result["verified"], result["exactly"], result["digest"]) == (True, True, run.digest)
    page = client.get(reverse("special", args=[run.special_id])).content.decode()
    assert result["seal"] in page, "people can compare the fingerprint"
    assert StoredFile.objects.get().name in page
    assert AuditRow.objects.get(action="plans.special_taken_along").detail["result"] == run.digest
    for name in ("scheme.yaml", "observations.parquet", "results.parquet", "standings.parquet"):
        bad = call("verify", with_changed(path, tmp_path / "changed.zip", name), "--json")
        assert (bad.code, bad.codes) == (Code.INPUT, ["config.file_changed"])
        assert name in call("verify", tmp_path / "changed.zip").err
    bad = call("verify", with_changed(path, tmp_path / "changed.zip", "provenance.json"), "--json")
    assert bad.codes == ["config.seal_does_not_hold"]


def test_what_was_withdrawn_is_made_again_as_it_was(county: County, run: SpecialRun) -> None:
    withdraw_special(by=county.by("chief"), special=run.special_id, reason="9 月投资漏统计")
    report(county, Special.objects.get(), "office", ("T2", "ZINV", "actual", "2026-09", "30"))
    again = special_again(run)
    assert (again.sheet.digest, again.figures) == (run.digest, run.figures)
    assert asked(client_of(county.people["office"]), run) == 302
    assert asked(client_of(county.people["office"]), run) == 422, "it is under way"
    assert worked().state == JobState.DONE


def test_what_cannot_be_made_again_is_not_handed_out(county: County, run: SpecialRun) -> None:
    SpecialRun.objects.filter(pk=run.pk).update(digest="0" * 64)
    run.refresh_from_db()
    with pytest.raises(Refused):
        special_again(run)
    asked(client_of(county.people["office"]), run)
    assert worked().state == JobState.FAILED
    assert not StoredFile.objects.exists()


def test_only_what_was_published_is_sealed_and_only_for_the_office(
    county: County, run: SpecialRun, tmp_path: Path
) -> None:
    for who in ("t1_head", "d1", "leader"):
        assert asked(client_of(county.people[who]), run) == 403, who
    withdraw_special(by=county.by("chief"), special=run.special_id, reason="有误")
    trial = score_special(by=county.by("office"), special=run.special_id)
    office = client_of(county.people["office"])
    assert asked(office, trial) == 422
    sealed(office, run, tmp_path / "sealed.zip")
    file = reverse("file", args=[StoredFile.objects.get().pk])
    assert office.get(file).status_code == 200
    assert client_of(county.people["t1_head"]).get(file).status_code in (403, 404)
