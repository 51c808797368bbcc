"""Measure a finished year: what is done of it in the background, its pages, and why results differ.

Run: PYTHONPATH=src python bench/pages/year_run.py [PART...] [--quick] [--sqlite] [--folder FOLDER]
[--size UNITS INDICATORS PEOPLE]. Prints every measure as a line of JSON: what, value, unit, most. A folder named is
kept, with the filled database in it, for the next run.
"""

import argparse
import json
import tempfile
from collections.abc import Collection
from contextlib import nullcontext
from pathlib import Path

from alone import each_page
from cluster import database
from house import House

FULL, QUICK = (150, 40, 1_500), (20, 40, 200)
JOBS = {
    "run": ("annual run of {units} units x {indicators} indicators x 12 months with robustness, in the background", 10),
    "why": ("the difference of two runs of {units} units worked out, in the background", 60),
    "letters": ("{units} feedback letters as Word, in the background", 30),
}
KINDS = {
    "annual": ("pages of the annual assessment", 150),
    "why": ("pages of why two runs differ", 300),
    "year": ("pages of workshop, targets, plan and objections", 150),
}
QUERIES, MONTHS_MS, OK = 25, 300, 200


def tell(what: str, value: float, unit: str, most: float) -> None:
    """Print a measure."""
    print(json.dumps({"what": what, "value": value, "unit": unit, "most": most}, ensure_ascii=False), flush=True)


def tell_months(folder: Path, units: int, indicators: int) -> None:
    """Tell how long the change between two months takes the first time."""
    taken = json.loads(House(folder).run("year_months.py", str(units), str(indicators)))
    what = f"two months of {units} units x {indicators} indicators taken apart, the first time; processor"
    tell(what, taken * 1e3, "ms", MONTHS_MS)


def tell_jobs(house: House, units: int, indicators: int) -> None:
    """Tell how long what runs in the background took."""
    for name, (words, most) in JOBS.items():
        tell(words.format(units=units, indicators=indicators), house.county["seconds"][name], "s", most)


def tell_pages(house: House, times: int) -> None:
    """Tell the slowest page of each kind."""
    with house.served():
        pages = each_page(house, times)
    for kind, (words, most) in KINDS.items():
        mine = [one for one in pages if one.kind == kind]
        slowest = max(mine, key=lambda one: one.p95)
        what = f"{words} ({len(mine)}), the slowest: {slowest.address.partition('?')[0]}; p95 of {times}"
        tell(what, slowest.p95 * 1e3, "ms", most)


def tell_queries(house: House) -> None:
    """Tell what asks most of the database; stops where a page does not answer."""
    asked = [json.loads(line) for line in house.run("queries.py", str(house.folder)).splitlines()]
    bad = [one["address"] for one in asked if one["status"] != OK]
    if bad:
        raise SystemExit(f"no answer: {', '.join(bad)}")
    worst = max(asked, key=lambda one: one["queries"])
    where = worst["address"].partition("?")[0]
    tell(f"queries of a page of the year: {where}", worst["queries"], "queries", QUERIES)


def main(parts: Collection[str], folder: Path, size: tuple[int, ...], times: int, on_sqlite: bool) -> None:
    """Measure the parts that are named."""
    units, indicators = size[:2]
    if "months" in parts:
        tell_months(folder, units, indicators)
    filled = (folder / "year" / "county.json").exists()
    with nullcontext("") if on_sqlite else database(folder, filled) as address:
        house = House(folder / "year", address)
        house.fill(*size, script="year_seed.py")
        if "jobs" in parts:
            tell_jobs(house, units, indicators)
        if "pages" in parts:
            tell_pages(house, times)
        if "queries" in parts:
            tell_queries(house)


if __name__ == "__main__":
    ALL = ("months", "jobs", "pages", "queries")
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
        main(given.parts or ALL, here, size, 3 if given.quick else 20, given.sqlite)
