"""How well the target checks find what was manipulated, on seeds nobody has seen: `./baton bench integrity`.

Run: PYTHONPATH=src python bench/integrity/report.py [--seed N] [--seeds 3] [--units 150] [--indicators 40] [--write]
[--json]. Without --seed the clock gives the first seed; the seeds are printed, so that any table can be made again.
--write puts the tables into docs/integrity.md. The exit code is 3 where an aim is missed.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cell import Strength
from manipulate import cheated
from marks import Marks, mark
from oracle import oracle_for
from panel import honest, series
from tables import MOST_FALSE, aims, by_kind, by_rate, counts, head, met
from visits import visited

from baton.engine.integrity import Flag, Series, find

PAGE = Path(__file__).parents[2] / "docs" / "integrity.md"
BEGIN, END = "<!-- written by ./baton bench integrity --write -->", "<!-- end of what is written -->"
RATES = (0.0, 0.01, 0.04, 0.10)
MAIN_RATE = 0.04
MISSED = 3
SEEDS_APART = 1_000_003


@dataclass
class Report:
    """What was measured: marks by base rate, marks by strength at the main rate, visits by base rate.

    most, most_by_strength: the marks of the oracle at the main rate.
    """

    seeds: list[int]
    size: tuple[int, int]
    rates: dict[float, Marks] = field(default_factory=dict)
    strengths: dict[str, Marks] = field(default_factory=dict)
    each: list[Marks] = field(default_factory=list)
    visits: dict[float, tuple[int, int]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    most: Marks = field(default_factory=Marks)
    most_by_strength: dict[str, Marks] = field(default_factory=dict)


def measure(seeds: Sequence[int], units: int, indicators: int, tell: Callable[[str], None]) -> Report:
    """Run the checks on honest and manipulated counties of each seed."""
    report = Report(list(seeds), (units, indicators))

    def flags(known: Sequence[Series]) -> tuple[Flag, ...]:
        start = time.perf_counter()
        found = find(known)
        report.seconds.append(time.perf_counter() - start)
        return found

    for seed in seeds:
        county = honest(seed, units, indicators)
        oracle = oracle_for(county, MOST_FALSE)
        for rate in RATES:
            made, truths = cheated(county, rate)
            marks = mark(made, truths, flags(series(made)))
            report.rates[rate] = report.rates.get(rate, Marks()) + marks
            if rate == MAIN_RATE:
                report.each.append(marks)
                report.most += mark(made, truths, oracle.find(made))
            if rate:
                before, made_before = report.visits.get(rate, (0, 0))
                right, visits = visited(made, truths, find)
                report.visits[rate] = before + right, made_before + visits
        for salt, strength in enumerate(Strength, 1):
            made, truths = cheated(county, MAIN_RATE, strength, salt)
            found = mark(made, truths, flags(series(made)))
            report.strengths[strength] = report.strengths.get(strength, Marks()) + found
            at_most = mark(made, truths, oracle.find(made))
            report.most_by_strength[strength] = report.most_by_strength.get(strength, Marks()) + at_most
        tell(f"seed {seed} done")
    return report


def write(made: str) -> None:
    """Put the tables between the markers of the page; raises ValueError where the page lacks them."""
    text = PAGE.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the page lacks the lines {BEGIN} and {END}")
    PAGE.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", "utf-8")


def main(arguments: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="baton bench integrity", description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, help="first seed; the clock gives one where it is left out")
    parser.add_argument("--seeds", type=int, default=3, help="how many seeds")
    parser.add_argument("--units", type=int, default=150)
    parser.add_argument("--indicators", type=int, default=40)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/integrity.md")
    parser.add_argument("--json", action="store_true", help="print what the table of all benchmarks shows")
    given = parser.parse_args(arguments)
    first = time.time_ns() // 1_000_000 % 2**31 if given.seed is None else given.seed
    seeds = [first + SEEDS_APART * place for place in range(given.seeds)]
    report = measure(seeds, given.units, given.indicators, lambda line: print(line, file=sys.stderr, flush=True))
    if given.json:
        print(json.dumps(aims(report)))
        return 0
    made = "\n".join([head(report), "", by_rate(report), "", by_kind(report), "", counts(report)])
    print(made)
    if given.write:
        write(made)
    return 0 if met(report) else MISSED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
