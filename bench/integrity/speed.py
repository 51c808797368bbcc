"""How long the checks take over 150 units x 200 indicators x 36 months.

Run: PYTHONPATH=src python bench/integrity/speed.py [units] [indicators]. Prints one row as JSON; the best of three
counts, because every disturbance only adds.
"""

import json
import sys
import time

from manipulate import cheated
from panel import honest, series

from baton.engine.integrity import find

MOST_SECONDS = 2.0
SEED = 20


def main(units: int = 150, indicators: int = 200) -> None:
    """Measure and print."""
    made, _ = cheated(honest(SEED, units, indicators), 0.01)
    known, taken = series(made), []
    for _ in range(3):
        start = time.perf_counter()
        find(known)
        taken.append(time.perf_counter() - start)
    what = f"target checks over {units} units x {indicators} indicators x 36 months"
    row = {"what": what, "ours": min(taken), "unit": "s", "budget": f"<= {MOST_SECONDS:g} s"}
    print(json.dumps([{**row, "met": min(taken) <= MOST_SECONDS}]))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
