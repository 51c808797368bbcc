"""The target checks: how much of what was manipulated they find, on fresh seeds, and how long they take.

Run: PYTHONPATH=src python bench/target_checks.py [seed]. The tables by kind and by base rate are those of
bench/integrity/report.py.
"""

import json
import subprocess
import sys
from pathlib import Path

from table import MISSED, Row

INTEGRITY = Path(__file__).parent / "integrity"


def told(script: str, *arguments: str) -> list[Row]:
    """Run a script and read the rows it prints at the end."""
    words = [sys.executable, str(INTEGRITY / script), *arguments]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def main(*seed: str) -> int:
    """Tell all rows; the exit code is 3 where an aim or the budget is missed."""
    rows = told("speed.py") + told("report.py", "--json", *(["--seed", *seed] if seed else []))
    met = [row.tell() for row in rows]
    return 0 if all(met) else MISSED


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
