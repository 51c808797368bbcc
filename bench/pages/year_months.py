"""The change between two months taken apart by the engine, as a page does the first time.

One rule in six compares units with each other, which takes most of it.
Run: PYTHONPATH=src python bench/pages/year_months.py [units indicators]. Prints the seconds of the processor.
"""

import random
import sys
import time

import plan as county
import polars as pl
from plan import YEAR, Plan

from baton.engine.compare.months import kept_of, month_change
from baton.engine.panel.texts import panel_of_texts
from baton.engine.score import score

PERIODS = (f"{YEAR}-08", f"{YEAR}-09")
COLUMNS = ["unit", "series", "figure", "period", "value", "preliminary"]
TIMES = 3


def main(units: int, indicators: int) -> float:
    """Score both months, and take the best of a few first times."""
    county.KINDS += ({"rule": {"kind": "min_max"}},)
    plan, chance = Plan(units, indicators, 0), random.Random(3)
    rows = []
    for unit in plan.codes:
        for number in range(indicators):
            level = chance.uniform(82, 108)
            rows += [
                (unit, f"I{number:03d}", "actual", period, f"{level + chance.gauss(0, 2):.2f}", False)
                for period in PERIODS
            ]
    panel = panel_of_texts(pl.DataFrame(rows, schema=COLUMNS, orient="row"))
    if panel is None:
        raise SystemExit("the figures cannot be read")
    sheet = score(plan.scheme(), panel, YEAR)
    tops = {group: ["M"] for group in county.GROUPS}
    taken = []
    for _ in range(TIMES):
        sides = [kept_of(sheet, period, tops) for period in PERIODS]
        begun = time.process_time()
        month_change(*sides)
        taken.append(time.process_time() - begun)
    return min(taken)


if __name__ == "__main__":
    print(main(*map(int, sys.argv[1:3])))
