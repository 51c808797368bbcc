"""The last evening: many people work at once, each as their work goes, with pauses to read and to think.

Clerks open their grid, type (the page keeps what is typed), look at what entering does and enter; heads approve and
read; departments verify; the office watches its board; leaders look at the county.
"""

import json
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Thread

from house import House
from visit import Answer, Visitor

NOW, LAST = "2026-12", "2026-11"
PEOPLE = 150
PAUSE = (3.0, 13.0)
"""Seconds between an answer and the next click: eight on average."""
CELL = re.compile(r'name="([A-Z0-9]+:I\d+\.actual:[\d-]+)" value="([^"]*)"')
OWN, TICK = re.compile(r"/report/own/\d+"), re.compile(r'name="report" value="(\d+)"')


@dataclass
class Person:
    """Somebody at work: which steps there are, and every answer so far."""

    visitor: Visitor
    code: str
    steps: list[Callable[["Person"], Iterator[Answer]]]
    chance: random.Random
    answers: list[tuple[str, Answer]] = field(default_factory=list)

    def work(self, until: float) -> None:
        """Work until a moment."""
        time.sleep(self.chance.uniform(0, PAUSE[1]))
        while time.monotonic() < until:
            step = self.chance.choice(self.steps)
            for answer in step(self):
                self.answers.append((step.__name__, answer))
                time.sleep(self.chance.uniform(*PAUSE))
                if time.monotonic() >= until:
                    return


def home(one: Person) -> Iterator[Answer]:
    yield one.visitor.get("/")


def report_in_the_grid(one: Person) -> Iterator[Answer]:
    """Open the grid, type a few cells, look at the check, enter."""
    place = f"/report/{NOW}/{one.code}"
    page = one.visitor.get(place)
    yield page
    cells = CELL.findall(page.text)
    for name, _ in one.chance.sample(cells, min(3, len(cells))):
        typed = {"name": name, "text": f"{one.chance.uniform(82, 108):.2f}", "seen": str(_seen(page, name))}
        yield one.visitor.send(f"{place}/drafts", json.dumps({"cells": [typed]}).encode())
    page = one.visitor.get(f"{place}/check")
    yield page
    if page.hidden("key"):
        yield one.visitor.post(f"{place}/check", key=page.hidden("key"))


def _seen(page: Answer, name: str) -> int:
    found = re.search(rf"{re.escape(name)}&quot;:(\d+)", page.text)
    return int(found[1]) if found else 0


def fill_in_the_own_report(one: Person) -> Iterator[Answer]:
    """Open the list, then a report of one's own, and put it on."""
    page = one.visitor.get("/report/")
    yield page
    found = sorted(set(OWN.findall(page.text)))
    if found:
        yield from _put_on(one, one.chance.choice(found))


def _put_on(one: Person, address: str) -> Iterator[Answer]:
    page = one.visitor.get(address)
    yield page
    if 'value="submit"' in page.text:
        value = f"{one.chance.uniform(82, 108):.2f}"
        yield one.visitor.post(address, do="submit", **{f"actual:{NOW}": value})
    elif 'value="approve"' in page.text:
        yield one.visitor.post(address, do="approve")


def approve(one: Person) -> Iterator[Answer]:
    """Go from the inbox to what waits there, and approve it."""
    page = one.visitor.get("/")
    yield page
    found = sorted(set(OWN.findall(page.text)))
    if found:
        yield from _put_on(one, one.chance.choice(found))


def read_the_check(one: Person) -> Iterator[Answer]:
    yield one.visitor.get(f"/check/{LAST}/{one.code}")


def read_the_league(one: Person) -> Iterator[Answer]:
    yield one.visitor.get(f"/results/{LAST}/league")
    yield one.visitor.get(f"/results/{LAST}/units/{one.code}")


def verify(one: Person) -> Iterator[Answer]:
    """Open the desk, tick a few reports, approve them."""
    page = one.visitor.get(f"/verify/{NOW}")
    yield page
    found = TICK.findall(page.text)[:3]
    if found:
        key = f"{one.code}-{one.chance.random()}"
        yield one.visitor.post(f"/verify/{NOW}/do", verb="approve", report=found[0], key=key)


def watch_the_board(one: Person) -> Iterator[Answer]:
    yield one.visitor.get(f"/office/{NOW}")
    yield one.visitor.get(f"/office/{NOW}/windows")


def look_around(one: Person) -> Iterator[Answer]:
    yield one.visitor.get("/search?q=柳林")
    yield one.visitor.get("/ledger/")


def look_at_the_county(one: Person) -> Iterator[Answer]:
    yield one.visitor.get(f"/results/{LAST}/")
    yield one.visitor.get(f"/results/{LAST}/league")


MIX: tuple[tuple[str, int, list[Callable[[Person], Iterator[Answer]]]], ...] = (
    ("reporter", 95, [home, report_in_the_grid, report_in_the_grid, fill_in_the_own_report, look_around]),
    ("unit_head", 15, [home, approve, approve, read_the_check, read_the_league]),
    ("leader_in_charge", 15, [home, approve, approve, read_the_league]),
    ("verifier", 16, [home, verify, verify, look_around]),
)
"""Role, how many of them, and what they do; beside them five of the office and four leaders."""


def people_at_work(house: House) -> list[Person]:
    """Name everybody who works this evening, each in a unit of their own."""
    codes, found = list(house.county["workbooks"]), []
    for role, count, steps in MIX:
        found += [
            _person(house, f"{role}-{codes[n % len(codes)]}".lower(), codes[n % len(codes)], steps)
            for n in range(count)
        ]
    offices = ["office_head-0", *(f"office-{n}" for n in range(1, 5))]
    found += [_person(house, who, codes[0], [home, watch_the_board, look_around]) for who in offices]
    found += [_person(house, f"county_leader-{n}", codes[n], [home, look_at_the_county]) for n in range(5, 9)]
    return found


def _person(house: House, who: str, code: str, steps: list[Callable[[Person], Iterator[Answer]]]) -> Person:
    visitor = Visitor(house.port, house.county["sessions"][who])
    return Person(visitor, code, steps, random.Random(who))


def evening(house: House, seconds: float) -> list[tuple[str, Answer]]:
    """Let all of them work; give every answer with the step it belongs to."""
    people = people_at_work(house)
    until = time.monotonic() + seconds
    threads = [Thread(target=one.work, args=(until,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answer for one in people for answer in one.answers]
