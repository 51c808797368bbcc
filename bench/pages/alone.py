"""One person opens every page, again and again, with nobody else there."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from house import House
from visit import Visitor, p95

WARM_CONNECTIONS, WARM_ROUNDS = 6, 2


@dataclass(frozen=True, slots=True)
class Taken:
    """A page with what it took: seconds that 95 of 100 answers were within, the median, bytes."""

    kind: str
    who: str
    address: str
    p95: float
    median: float
    size: int


def each_page(house: House, times: int) -> list[Taken]:
    """Open every page of the county `times` times."""
    warm(house)
    return list(_pages(house, times))


def warm(house: House) -> None:
    """Let every process of the server read the scheme and compile the templates."""
    pages = house.county["pages"]
    for _ in range(WARM_CONNECTIONS):
        visitors: dict[str, Visitor] = {}
        for page in pages[:: max(1, len(pages) // 12)]:
            who = page["who"]
            visitors.setdefault(who, Visitor(house.port, house.county["sessions"].get(who, ""))).get(page["address"])


def _pages(house: House, times: int) -> Iterator[Taken]:
    for page in house.county["pages"]:
        visitor = Visitor(house.port, house.county["sessions"].get(page["who"], ""))
        for _ in range(WARM_ROUNDS):
            answer = visitor.get(page["address"])
        leads = page["address"] == "/league"
        if answer.status != (302 if leads else 200):
            print(f"{answer.status} for {page['who']}: {page['address']}", file=sys.stderr)
        seconds = [visitor.get(page["address"]).seconds for _ in range(times)]
        taken = Taken(page["kind"], page["who"], page["address"], p95(seconds), median(seconds), len(answer.body))
        ms = f"{taken.p95 * 1e3:6.0f} ms p95 {taken.median * 1e3:6.0f} ms median {taken.size / 1024:6.0f} KB"
        print(f"{ms}  {taken.kind:8} {taken.who or '-':26} {taken.address}", file=sys.stderr, flush=True)
        yield taken
