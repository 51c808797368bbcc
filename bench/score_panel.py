"""Score 7.2 million figures beside Polars and pandas by hand.

Run: PYTHONPATH=src python bench/score_panel.py [units]. Every measurement is a process of its own; ours and the peers
take turns and the median of the ratios counts, because machines drift.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from table import MISSED, Row

SCORE = Path(__file__).parent / "score"
TURNS = 5
MOST = {"annual": 3.0, "monthly": 5.0}
TOLD = {"annual": "months added up first", "monthly": "every month kept"}


def run(script: str, *arguments: str) -> dict[str, float]:
    """Run one script and take what it measured."""
    words = [sys.executable, str(SCORE / script), *arguments]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def compare(folder: str, case: str, figures: str) -> list[Row]:
    """Measure one case by turns with each peer."""
    peers = {
        "polars": ["polars_by_hand.py"],
        "pandas": ["pandas_by_hand.py"],
        "least": ["pandas_by_hand.py", "min_max"],
    }
    turns = []
    for _ in range(TURNS):
        mine = run("ours.py", folder, case)
        turns.append((mine, {name: run(words[0], folder, case, *words[1:]) for name, words in peers.items()}))

    def row(peer: str, what: str, measure: str, unit: str, budget: str, inverse: bool = False) -> Row:
        ours = statistics.median(mine[measure] for mine, _ in turns)
        theirs = statistics.median(others[peer][measure] for _, others in turns)
        ratios = [mine[measure] / others[peer][measure] for mine, others in turns]
        ratio = statistics.median(1 / one if inverse else one for one in ratios)
        sign, bound = budget.split()
        met = ratio >= float(bound) if sign == ">=" else ratio <= float(bound)
        return Row(f"{figures}, {TOLD[case]}; {what}", ours, unit, budget, met, theirs, ratio)

    return [
        row("polars", "Polars by hand, min-max only", "seconds", "s", f"<= {MOST[case]:g}"),
        row("pandas", "pandas by hand, the same rules", "seconds", "s", ">= 5", inverse=True),
        row("least", "peak memory, pandas, min-max only", "megabytes", "MB", "<= 1"),
    ]


def main(units: int = 3_000) -> int:
    """Tell all comparisons; the exit code is 3 when a budget is missed."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(SCORE / "data.py"), folder, str(units)], check=True)
        figures = f"{units * 2_400 / 1e6:g} M figures"
        met = [row.tell() for case in MOST for row in compare(folder, case, figures)]
    return 0 if all(met) else MISSED


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
