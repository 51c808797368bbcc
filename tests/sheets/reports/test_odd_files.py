"""Odd files from elsewhere: each is refused with clear problems or read, and none stops the others."""

from pathlib import Path

from baton.engine.scheme.model import Scheme
from baton.sheets.reports import ReportMapping, read_reports
from baton.words import Language, render


def test_every_odd_file_gets_its_answer(scheme: Scheme, mapping: ReportMapping, shared_data: Path) -> None:
    files = sorted(path for path in (shared_data / "messy" / "files").iterdir() if path.is_file())
    found = read_reports(files, scheme, mapping)
    assert len(found.receipts) == len(files)
    assert found.observations == ()
    assert {problem.place.file for problem in found.errors} == {receipt.file for receipt in found.receipts}
    for problem in found.problems:
        assert all(render(problem, language).what for language in Language)
