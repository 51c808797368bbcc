"""Letters of results and the sealed year: written in the background, for the right eyes, computed again offline."""

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.test import Client
from tests.config.small import call

from baton.assessment.actions.annual.deciding import decide_grades
from baton.assessment.actions.annual.publishing import announce, withdraw_annual
from baton.assessment.choices import LedgerKind
from baton.assessment.models import AnnualLeaf, AnnualPublication, AnnualRun
from baton.config.cli.ending import Code
from baton.core.choices import JobState
from baton.core.disk import path_of
from baton.core.jobs.running import run_job
from baton.core.models import AuditRow, Job, StoredFile
from baton.reports.letters.facts import lost_of
from baton.web.annual import letters
from reporting import client_of
from year import YEAR, YearCounty, county

__all__ = ["county"]

TYPED = {"authority": "云渡县考核委员会办公室", "number": "云考办函〔2026〕1号", "on": "2026-01-20"}


@pytest.fixture
def run(county: YearCounty) -> AnnualRun:
    """The year, up for publicity; one unit has a bonus, one a veto, and of one the meeting departed."""
    county.event("T01", "B1", LedgerKind.BONUS, level="省级", document="省委〔2025〕2号")
    county.event("T02", "V1", LedgerKind.VETO, document="县纪〔2025〕8号")
    made = county.scored()
    given = {"body": "县委常委会", "document": "云委〔2026〕3号", "on": date(2026, 1, 10)}
    chosen = {"grades": {"T04": "B"}, "reasons": {"T04": "专项任务未完成"}}
    decide_grades(by=county.by("chief"), year=YEAR, run=made.pk, **chosen, **given)  # type: ignore[arg-type]
    announce(by=county.by("chief"), year=YEAR, opens=date(2026, 1, 12), contact="县考核办 0739-0000000")
    return made


def said(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def worked(client: Client, address: str, typed: dict[str, str]) -> Job:
    answer = client.post(address, typed)
    assert answer.status_code == 302, answer.content.decode()
    job = Job.objects.latest("pk")
    run_job.func(job.pk)
    job.refresh_from_db()
    return job


def test_a_composite_scored_each_month_is_told_by_what_its_parts_gave_together(run: AnnualRun) -> None:
    unit = run.units.get(unit__code="T03").unit
    AnnualLeaf.objects.filter(run=run, unit=unit).delete()
    for period, of_parts in (("2025-01", ("2", "1")), ("2025-02", ("3", "0"))):
        for part, points in zip("ab", of_parts, strict=True):
            given = {"run": run, "unit": unit, "indicator": "X", "part": part, "period": period}
            AnnualLeaf.objects.create(points=Decimal(points), full=Decimal(4 if part == "a" else 1), **given)
    (one,) = lost_of(AnnualPublication.objects.get(), unit.pk)
    assert (one.monthly, one.got, one.full) == (True, Decimal(3), Decimal(5))


def test_every_unit_gets_its_letter(county: YearCounty, run: AnnualRun) -> None:
    client = client_of(county.people["office"])
    job = worked(client, "/years/2025/letters", TYPED)
    assert (job.state, job.done, job.total) == (JobState.DONE, 11, 11), job.problem
    kept = StoredFile.objects.get()
    assert kept.name == "2025年度考核结果反馈函（11份）.zip"
    assert kept.name in client.get("/years/2025/").content.decode()
    packed = zipfile.ZipFile(path_of(kept.digest))
    assert len(packed.namelist()) == 11
    named = {name.split(" ", 1)[1].removesuffix(".docx"): said(packed.read(name)) for name in packed.namelist()}
    first = named["第1镇"]
    assert "总分 97.00 分，在乡镇组参加考核的 10 个单位中列第 1 名" in first
    assert "等次为“优秀”" in first
    assert "省委〔2025〕2号" not in named["第3镇"]
    assert "系统按方案建议“优秀”，会议定为现等次的理由是：专项任务未完成" in named["第4镇"]
    assert "一票否优" in named["第2镇"]
    assert "县考核办 0739-0000000" in named["第10镇"]
    assert "等次为" not in named["县发展和改革局"]


def test_the_archive_is_for_the_office_and_a_units_own_letter_for_its_people(
    county: YearCounty, run: AnnualRun
) -> None:
    worked(client_of(county.people["office"]), "/years/2025/letters", TYPED)
    address = f"/files/{StoredFile.objects.get().pk}"
    assert client_of(county.people["office"]).get(address).status_code == 200
    for who in ("t01_head", "leader", "d1"):
        assert client_of(county.people[who]).get(address).status_code in (403, 404)
    mine = client_of(county.people["t01_head"])
    assert "第 1 名" in said(mine.get("/years/2025/units/T01/letter").content)
    assert mine.get("/years/2025/units/T02/letter").status_code == 404
    assert client_of(county.people["leader"]).get("/years/2025/units/T02/letter").status_code == 200
    withdraw_annual(by=county.by("chief"), year=YEAR, reason="有误")
    assert mine.get("/years/2025/units/T01/letter").status_code == 404


def test_who_cancels_gets_what_was_written(county: YearCounty, run: AnnualRun, monkeypatch: pytest.MonkeyPatch) -> None:
    real, written = letters.letter_docx, []

    def slow(*given: object) -> bytes:
        written.append(1)
        if len(written) == 4:
            Job.objects.update(cancel_asked=True)
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(letters, "letter_docx", slow)
    job = worked(client_of(county.people["office"]), "/years/2025/letters", TYPED)
    assert job.state == JobState.CANCELLED
    assert len(written) == 4
    assert StoredFile.objects.get().name == "2025年度考核结果反馈函（已生成4份，未完）.zip"


def test_letters_want_a_day_and_who_writes(county: YearCounty, run: AnnualRun) -> None:
    client = client_of(county.people["office"])
    answer = client.post("/years/2025/letters", TYPED | {"on": "明天", "authority": ""})
    assert answer.status_code == 422
    assert 'value="云考办函〔2026〕1号"' in answer.content.decode()
    assert client_of(county.people["t01"]).post("/years/2025/letters", TYPED).status_code == 403
    withdraw_annual(by=county.by("chief"), year=YEAR, reason="有误")
    assert client.post("/years/2025/letters", TYPED).status_code == 422


def test_a_sealed_year_is_computed_again_offline_with_its_events(
    county: YearCounty, run: AnnualRun, tmp_path: Path
) -> None:
    county.figure("T01", "1")
    job = worked(client_of(county.people["office"]), f"/years/2025/runs/{run.pk}/seal", {})
    assert job.state == JobState.DONE, job.problem
    kept = StoredFile.objects.get()
    path = tmp_path / "sealed.zip"
    path.write_bytes(path_of(kept.digest).read_bytes())
    good = call("verify", path)
    assert good.code == Code.GOOD, good.err
    assert run.digest in good.out
    assert AuditRow.objects.get(action="annual.taken_along").detail["file"] == kept.digest
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(tmp_path / "changed.zip", "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(b"T01", b"T02") if name == "events.json" else content)
    bad = call("verify", tmp_path / "changed.zip")
    assert bad.code != Code.GOOD
    assert "events.json" in bad.err


def test_what_was_not_made_known_is_not_sealed(county: YearCounty) -> None:
    made = county.scored()
    client = client_of(county.people["office"])
    assert client.post(f"/years/2025/runs/{made.pk}/seal").status_code == 409
