"""A published result taken along, sealed: it verifies offline, stays as it was, and one changed byte is found."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.config.small import call

from baton.assessment.actions.figures import correct_figure
from baton.assessment.actions.scores import publish_month, score_month, withdraw_publication
from baton.assessment.choices import RunKind
from baton.assessment.models import Batch, Figure, Run
from baton.assessment.queries.monthly import score_again
from baton.config.cli.ending import Code
from baton.core.choices import JobState
from baton.core.disk import path_of
from baton.core.jobs.running import run_job
from baton.core.models import AuditRow, Job, StoredFile
from baton.words import Refused
from county import County, county
from reporting import client_of

__all__ = ["county"]

PERIOD = "2026-09"


@pytest.fixture
def run(county: County) -> Run:
    """September, published."""
    county.month()
    county.fill()
    made = score_month(by=county.by("office"), period=PERIOD, kind=RunKind.OFFICIAL)
    publish_month(by=county.by("chief"), period=PERIOD, document="云考办〔2026〕9号")
    return made


@pytest.fixture
def office(county: County) -> Client:
    """Who may take it along, signed in."""
    return client_of(county.people["office"])


def taken(client: Client, run: Run) -> bytes:
    return path_of(kept(client, run).digest).read_bytes()


def kept(client: Client, run: Run) -> StoredFile:
    """Ask for the seal, let a worker do it, and give the file."""
    assert client.post(reverse("run-sealed", args=(PERIOD, run.pk))).status_code == 302
    job = Job.objects.latest("pk")
    run_job.func(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.problem
    return StoredFile.objects.latest("pk")


def sealed(folder: Path, content: bytes) -> Path:
    path = folder / "result.zip"
    path.write_bytes(content)
    return path


def with_changed(content: bytes, name: str, edit: object = None) -> bytes:
    """The same bundle with the last byte of a file changed, or left out (`edit` None)."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for one in before.namelist():
            data = before.read(one)
            if one == name:
                if edit is None:
                    continue
                data = data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]
            after.writestr(one, data)
    return out.getvalue()


def test_it_verifies_offline(office: Client, run: Run, tmp_path: Path) -> None:
    page = office.get(reverse("run", args=(PERIOD, run.pk))).content.decode()
    said = call("verify", sealed(tmp_path, taken(office, run)), "--json")
    result = said.json["result"]
    assert said.code == Code.GOOD
    assert (result["verified"], result["exactly"], result["digest"]) == (True, True, run.digest)
    assert result["seal"] in page, "people can compare the fingerprint"
    (noted,) = AuditRow.objects.filter(action="assessment.result_taken_along")
    assert noted.detail["result"] == run.digest


def test_later_corrections_change_nothing_of_it(county: County, office: Client, run: Run) -> None:
    before = taken(office, run)
    figure = Figure.objects.counting().filter(period=PERIOD, unit__code="T1", figure="actual").first()
    assert figure is not None
    correct_figure(by=county.by("office"), figure=figure.pk, typed="1", reason="核实后更正")
    county.enter("", "HOT", {"T2": "55"})
    withdraw_publication(by=county.by("chief"), period=PERIOD, reason="更正后重发")
    score_month(by=county.by("office"), period=PERIOD, kind=RunKind.OFFICIAL)
    with zipfile.ZipFile(BytesIO(before)) as one, zipfile.ZipFile(BytesIO(taken(office, run))) as other:
        for name in one.namelist():
            if name not in ("provenance.json", "signature.json"):
                assert one.read(name) == other.read(name), name
        assert json.loads(other.read("provenance.json"))["digest"] == run.digest


@pytest.mark.parametrize("name", ["scheme.yaml", "observations.parquet", "results.parquet", "standings.parquet"])
def test_a_changed_byte_is_found_and_its_file_named(office: Client, run: Run, tmp_path: Path, name: str) -> None:
    content = taken(office, run)
    said = call("verify", sealed(tmp_path, with_changed(content, name, edit=True)), "--json")
    assert (said.code, said.codes) == (Code.INPUT, ["config.file_changed"])
    assert name in call("verify", sealed(tmp_path, with_changed(content, name, edit=True))).err
    gone = call("verify", sealed(tmp_path, with_changed(content, name)), "--json")
    assert gone.codes == ["config.file_missing"]


def test_changed_digests_and_what_is_no_seal_are_refused(office: Client, run: Run, tmp_path: Path) -> None:
    content = taken(office, run)
    for changed, code in (
        (with_changed(content, "provenance.json", edit=True), "config.seal_does_not_hold"),
        (with_changed(content, "signature.json"), "config.not_sealed"),
        (content[: len(content) // 2], "config.no_results"),
    ):
        said = call("verify", sealed(tmp_path, changed), "--json")
        assert (said.code, said.codes) == (Code.INPUT, [code])


def test_the_seal_of_another_house_is_told(office: Client, run: Run, tmp_path: Path) -> None:
    path = sealed(tmp_path, taken(office, run))
    own = call("verify", path, "--json").json["result"]["seal"]
    assert call("verify", path, "--key", own.upper(), "--json").code == Code.GOOD
    other = call("verify", path, "--key", "0000 1111", "--json")
    assert other.codes == ["config.seal_of_another"]


def test_only_what_was_published_is_handed_out_and_only_to_the_office(county: County, office: Client, run: Run) -> None:
    trial = score_month(by=county.by("office"), period=PERIOD, kind=RunKind.TRIAL)
    assert office.post(reverse("run-sealed", args=(PERIOD, trial.pk))).status_code == 409
    assert office.post(reverse("run-sealed", args=("2026-08", run.pk))).status_code == 404
    for who in ("t1_head", "d1", "leader"):
        assert client_of(county.people[who]).post(reverse("run-sealed", args=(PERIOD, run.pk))).status_code == 403


def test_a_run_that_gives_another_result_is_not_sealed(office: Client, run: Run) -> None:
    Run.objects.filter(pk=run.pk).update(digest="0" * 64)
    run.refresh_from_db()
    with pytest.raises(Refused):
        score_again(run)
    assert office.post(reverse("run-sealed", args=(PERIOD, run.pk))).status_code == 302
    job = Job.objects.latest("pk")
    run_job.func(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert not StoredFile.objects.exists()
    assert Batch.objects.exists()


def test_the_page_shows_how_far_it_is_then_the_file_which_is_the_offices(
    county: County, office: Client, run: Run
) -> None:
    address, progress = (reverse(name, args=(PERIOD, run.pk)) for name in ("run", "run-seal-progress"))
    seal = reverse("run-sealed", args=(PERIOD, run.pk))
    assert "生成结果包" in office.get(address).content.decode()
    assert office.post(seal).status_code == 302
    page = office.get(address).content.decode()
    assert "<progress" in page
    assert f'action="{seal}"' not in page
    assert "<progress" in office.get(progress).content.decode()
    assert office.post(seal).status_code == 409
    run_job.func(Job.objects.latest("pk").pk)
    assert office.get(progress).headers["HX-Refresh"] == "true"
    file = StoredFile.objects.get()
    assert f"/files/{file.pk}" in office.get(address).content.decode()
    assert office.get(f"/files/{file.pk}").status_code == 200
    for who in ("t1_head", "d1", "leader"):
        assert client_of(county.people[who]).get(progress).status_code == 403
        assert client_of(county.people[who]).get(f"/files/{file.pk}").status_code in (403, 404)
