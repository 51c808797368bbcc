"""The benchmark of a finished year runs whole, at a size that proves nothing about speed."""

import json
import os
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[2]
PAGES = HOUSE / "bench" / "pages"


def test_a_year_is_lived_to_its_letters_and_every_page_answers(tmp_path: Path) -> None:
    # The pages are opened without a server: that one is served holds the benchmark of the months' pages.
    parts = ("months", "jobs", "queries")
    words = [str(PAGES / "year_run.py"), *parts, "--sqlite", "--folder", str(tmp_path), "--size", "6", "10", "40"]
    kept = {name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")}
    environment = {**kept, "PYTHONPATH": os.pathsep.join([str(HOUSE / "src"), str(PAGES)])}
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    measures = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["unit"] for one in measures] == ["ms", "s", "s", "s", "queries"]
    assert all(one["value"] > 0 for one in measures)
    (queries,) = (one for one in measures if one["unit"] == "queries")
    assert queries["value"] <= queries["most"]
    county = json.loads((tmp_path / "year" / "county.json").read_text("utf-8"))
    assert set(county["seconds"]) == {"run", "why", "letters"}
    assert {page["kind"] for page in county["pages"]} == {"annual", "why", "year"}
