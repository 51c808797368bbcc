"""A unit that another takes over in the middle of the year: assessed until then, by the figures it had; its successor
by its own; both get their letter, and nobody asks for what was never due.
"""

import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import docx
import pytest

from baton.assessment.actions.annual.files import ask_for_letters
from baton.assessment.actions.annual.why import explain_change
from baton.assessment.actions.annual.year import run_annual
from baton.assessment.choices import BatchKind, FigureSource, RunState
from baton.assessment.models import AnnualLeaf, AnnualResult, AnnualRun, Batch, Figure
from baton.assessment.queries.annual.scored import annual_again
from baton.assessment.queries.annual.unit import annual_unit
from baton.assessment.queries.annual.why import annual_moved
from baton.core import clock
from baton.core.acting import SYSTEM
from baton.core.disk import path_of
from baton.core.jobs.running import run_job
from baton.core.models import StoredFile
from baton.org.actions.changes import merge_units
from baton.org.choices import Role
from people import give, make_user
from reporting import client_of
from year import SCHEME, YEAR, YearCounty, make_year_county

ENDS, MERGED = date(2025, 6, 30), date(2025, 7, 1)
BY_MONTH = (
    SCHEME.replace("name: 年终, parent: S", "name: 月度, parent: S, frequency: month")
    .replace("    missing: required", "    frequency: month\n    aggregation: last\n    missing: required")
    .replace("name: 第10镇, group: A", f"name: 第10镇, group: A, valid_to: {ENDS}")
)
EARLY, LATE = "90", "60"
"""What every unit reports until June, and what it reports from July on."""


def figures(county: YearCounty, batch: Batch) -> Iterator[Figure]:
    for code, unit in county.units.items():
        for month in range(1, 13):
            if code == "T10" and month > ENDS.month:
                continue
            value = EARLY if month <= ENDS.month else LATE
            given = {"unit": unit, "period": f"{YEAR}-{month:02d}", "value": value, "batch": batch}
            yield Figure(series="ALL", figure="actual", source=FigureSource.EARLIER, **given)


@pytest.fixture
def county(db: None, settings: Any) -> YearCounty:
    """第9镇 took 第10镇 over on the 1st of July; it had reported until June."""
    county = make_year_county(scheme=BY_MONTH, reported=False)
    batch = Batch.objects.create(kind=BatchKind.EARLIER, at=clock.now())
    Figure.objects.bulk_create(figures(county, batch))
    units = county.units
    merge_units(units=[units["T10"]], into=units["T09"], on=MERGED, document="X政发〔2025〕8号", by=SYSTEM)
    return county


@pytest.fixture
def run(county: YearCounty) -> AnnualRun:
    """The year, scored."""
    return county.scored()


def result(run: AnnualRun, unit: str) -> AnnualResult:
    return AnnualResult.objects.select_related("unit").get(run=run, unit__code=unit)


def test_it_is_scored_by_its_months_and_its_successor_by_all_of_its_own(county: YearCounty, run: AnnualRun) -> None:
    assert run.state == RunState.DONE, run.problems
    ended, after = result(run, "T10"), result(run, "T09")
    assert ended.total == Decimal(EARLY)
    assert after.total == (Decimal(EARLY) + Decimal(LATE)) / 2
    assert (ended.rank, after.rank) == (1, 2)
    scored = AnnualLeaf.objects.filter(run=run, unit=ended.unit, points__isnull=False)
    assert set(scored.values_list("period", flat=True)) == {f"{YEAR}-{month:02d}" for month in range(1, 7)}
    assert annual_again(run).sheet.digest == run.digest


def test_its_year_is_shown_to_all_with_the_months_it_had(county: YearCounty, run: AnnualRun) -> None:
    out = county.known(run)
    found = annual_unit(run, out, "T10", "")
    assert found is not None
    months = {one.period: one.score for one in found.months if one.score is not None}
    assert months == {f"{YEAR}-{month:02d}": Decimal(EARLY) for month in range(1, 7)}
    client = client_of(county.people["t02_head"])
    assert "第10镇" in client.get("/years/2025/results").content.decode()
    for address in ("/years/2025/units/T10", "/years/2025/units/T10?period=2025-06", "/years/2025/units/T10/Y01"):
        assert client.get(address).status_code == 200, address


def test_its_successor_may_object_to_its_result_as_to_its_own(county: YearCounty, run: AnnualRun) -> None:
    county.known(run)
    head = make_user("t09_head", "九镇书记")
    give(head, Role.UNIT_HEAD, county.units["T09"])
    client = client_of(head)
    for code in ("T10", "T09"):
        form = f"/objections/new/{YEAR}/{code}"
        assert form in client.get(f"/years/2025/units/{code}").content.decode()
        assert client.get(form).status_code == 200


def test_both_get_their_letters(county: YearCounty, run: AnnualRun) -> None:
    county.known(run)
    job = ask_for_letters(by=county.by("office"), year=YEAR, authority="县考核办", number="", on="2026-01-12")
    run_job.func(job.pk)
    with zipfile.ZipFile(path_of(StoredFile.objects.latest("pk").digest)) as packed:
        letters = {name: packed.read(name) for name in packed.namelist()}
    assert len(letters) == len(county.units)
    texts = {
        unit: "\n".join(one.text for one in docx.Document(BytesIO(content)).paragraphs)
        for name, content in letters.items()
        for unit in ("第9镇", "第10镇")
        if unit in name
    }
    assert "90" in texts["第10镇"]
    assert "75" in texts["第9镇"]


def test_a_late_correction_of_what_it_reported_is_its_own_change_and_not_its_successor_s(
    county: YearCounty, run: AnnualRun
) -> None:
    stands = Figure.objects.current().get(unit=county.units["T10"], period="2025-06")
    batch = Batch.objects.create(kind=BatchKind.CORRECTION, at=clock.now(), reason="核实后更正")
    keys = {"unit": stands.unit, "series": stands.series, "figure": stands.figure, "period": stands.period}
    Figure.objects.create(
        **keys, value="84", version=1, batch=batch, source=stands.source, supersedes=stands, reason="核实后更正"
    )
    second = run_annual(by=county.by("office"), year=YEAR)
    change = explain_change(by=SYSTEM, first=run, second=second, tell=lambda done, total: None)
    moved = {one.unit.code: one.change.difference for one in annual_moved(change, (run, second))}
    assert {code: one for code, one in moved.items() if one} == {"T10": Decimal(-1)}
