"""Measure the pages of a county of full size on its own PostgreSQL, then uploads of a small one on SQLite.

Run: PYTHONPATH=src python bench/pages/run.py [PART...] [--quick] [--sqlite] [--folder FOLDER]
[--size UNITS INDICATORS PEOPLE]. Prints every measure as a line of JSON: what, value, unit, most. A folder named is
kept, with the filled databases in it, for the next run.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from alone import Taken, each_page, warm
from cluster import database
from evening import PEOPLE, evening
from house import House
from uploading import all_at_once
from visit import p95

FULL, QUICK, SMALL = (150, 200, 5_000), (20, 40, 400), (20, 40, 400)
KINDS = {
    "list": ("lists", 150),
    "form": ("forms", 150),
    "league": ("league tables", 150),
    "overview": ("the county at a glance", 250),
    "search": ("the search", 150),
}
MOST_KB, MOST_S, EVENING_MS, SCORE_SECONDS = 300, 5, 500, 3


@dataclass(frozen=True, slots=True)
class Times:
    """How often a page is opened and a figure corrected, and how many seconds the evening lasts."""

    pages: int
    scores: int
    seconds: float


FULL_TIMES, QUICK_TIMES = Times(20, 5, 120.0), Times(3, 2, 15.0)


def tell(what: str, value: float, unit: str, most: float) -> None:
    """Print a measure."""
    print(json.dumps({"what": what, "value": value, "unit": unit, "most": most}, ensure_ascii=False), flush=True)


def tell_pages(house: House, times: int) -> None:
    """Tell the slowest page of each kind, the largest, and what asks most of the database."""
    with house.served():
        taken = each_page(house, times)
    for kind, (words, most) in KINDS.items():
        mine = [one for one in taken if one.kind == kind]
        slowest = max(mine, key=lambda one: one.p95)
        what = f"{words} ({len(mine)}), the slowest: {_named(slowest)}; p95 of {times}, one client"
        tell(what, slowest.p95 * 1e3, "ms", most)
    largest = max(taken, key=lambda one: one.size)
    tell(f"the largest page: {_named(largest)}", largest.size / 1024, "KB", MOST_KB)
    asked = [json.loads(line) for line in house.run("queries.py", str(house.folder)).splitlines()]
    for one in sorted(asked, key=lambda one: -one["queries"])[:10]:
        print(f"{one['queries']:4} queries, {one['seconds']:.3f} s  {one['who']} {one['address']}", file=sys.stderr)
    for overview in (False, True):
        mine = [one for one in asked if (one["kind"] == "overview") is overview]
        worst = max(mine, key=lambda one: one["queries"])
        kind = "of the county at a glance" if overview else "of any other page"
        tell(f"queries {kind}: {worst['address']}", worst["queries"], "queries", 40 if overview else 25)


def _named(one: Taken) -> str:
    return one.address if len(one.address) < 60 else one.address[:57] + "..."


def tell_uploads(house: House, words: str) -> None:
    """Tell how long uploads took that came at once, and how many were lost."""
    with house.served():
        warm(house)
        uploads = all_at_once(house)
    for one in uploads:
        if not one.landed:
            print(f"{one.code}: {one.said}", file=sys.stderr)
    lost = sum(not one.landed for one in uploads)
    many = len(uploads)
    what = f"{many} workbooks at once{words}"
    tell(f"{what}: sent and kept; p95", p95([one.tried for one in uploads]), "s", MOST_S)
    tell(f"{what}: read, with what each would change; p95", p95([one.looked for one in uploads]), "s", MOST_S)
    tell(f"{what}: taken; p95", p95([one.taken for one in uploads]), "s", MOST_S)
    tell(f"{what}: lost", lost, "workbooks", 0)


def tell_evening(house: House, seconds: float) -> None:
    """Tell how quickly answers came while everybody worked."""
    with house.served():
        warm(house)
        answers = evening(house, seconds)
    bad = [answer for _, answer in answers if answer.status not in (200, 302)]
    for step in sorted({step for step, _ in answers}):
        mine = [answer.seconds for name, answer in answers if name == step]
        print(f"{step}: {len(mine)} answers, median {median(mine):.3f} s, p95 {p95(mine):.3f} s", file=sys.stderr)
    each = len(answers) / seconds
    what = f"{PEOPLE} people at work at once, reading and writing ({each:.0f} answers a second); p95"
    tell(what, p95([answer.seconds for _, answer in answers]) * 1e3, "ms", EVENING_MS)
    tell(f"{PEOPLE} people at work at once: answers that were none", len(bad), "answers", 0)


def tell_scoring(house: House, times: int) -> None:
    """Tell how long a correction takes to reach the tables."""
    with house.served():
        seconds = json.loads(house.run("rescore.py", str(times)))
    tell(f"from a correction to the month's tables made anew; median of {times}", median(seconds), "s", SCORE_SECONDS)


def main(parts: Collection[str], folder: Path, times: Times, size: tuple[int, ...], on_sqlite: bool) -> None:
    """Measure the parts that are named."""
    filled = (folder / "county" / "county.json").exists()
    with nullcontext("") if on_sqlite else database(folder, filled) as address:
        house = House(folder / "county", address)
        house.fill(*size)
        if "pages" in parts:
            tell_pages(house, times.pages)
        if "uploads" in parts:
            tell_uploads(house, ", SQLite" if on_sqlite else "")
        if "evening" in parts:
            tell_evening(house, times.seconds)
        if "scoring" in parts:
            tell_scoring(house, times.scores)
    if "small" in parts:
        small = House(folder / "small")
        small.fill(*SMALL)
        tell_uploads(small, ", SQLite")


if __name__ == "__main__":
    ALL = ("pages", "uploads", "evening", "scoring", "small")
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--size", type=int, nargs=3)
    given = parser.parse_args()
    size = tuple(given.size or (QUICK if given.quick else FULL))
    with nullcontext(given.folder) if given.folder else tempfile.TemporaryDirectory() as place:
        here = Path(place).resolve()
        here.mkdir(parents=True, exist_ok=True)
        main(given.parts or ALL, here, QUICK_TIMES if given.quick else FULL_TIMES, size, given.sqlite)
