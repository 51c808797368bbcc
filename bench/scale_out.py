"""Score 0.72 million figures part by part, then ten times as many, and with --large a hundred times as many.

Run: PYTHONPATH=src python bench/scale_out.py [--quick|--large]. Each size is made anew, scored by `baton score
--in-parts` in a process of its own, from the command to the folder on the disk, and then by a streaming Polars script
by hand. Time may grow at most as the figures do, and memory stays below 2 GB. 72 million figures take some ten minutes
and 5 GB of disk.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from table import MISSED, Row

SCALE = Path(__file__).parent / "scale"
UNITS = {"--quick": (300,), "": (300, 3_000), "--large": (300, 3_000, 30_000)}
FIGURES = 200 * 12
MOST_MEGABYTES = 2_000
SLACK = 1.1
TOLD = {"annual": "months added up first", "monthly": "every month kept"}


def ours(folder: Path, case: str) -> tuple[float, float]:
    """Score by the command line; give seconds and megabytes (the highest resident memory) of the process."""
    words = [sys.executable, "-m", "baton", "score", str(folder / f"{case}.yaml"), str(folder / "data")]
    words += ["--in-parts", "--output", str(folder / f"results-{case}"), "--json"]
    start = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), words)
    return time.perf_counter() - start, usage.ru_maxrss * 1e-3


def theirs(folder: Path, case: str) -> tuple[float, float]:
    """Score by hand; give seconds and megabytes."""
    words = [sys.executable, str(SCALE / "by_hand.py"), str(folder), case]
    told = json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1])
    return told["seconds"], told["megabytes"]


def main(how_far: str = "") -> int:
    """Tell time and memory of every size; the exit code is 3 when a budget is missed."""
    before: dict[str, float] = {}
    met = []
    for units in UNITS[how_far]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            subprocess.run([sys.executable, str(SCALE / "panel.py"), name, str(units)], check=True)
            for case, told in TOLD.items():
                (seconds, megabytes), (peer, peer_megabytes) = ours(folder, case), theirs(folder, case)
                what = f"{units * FIGURES / 1e6:g} M figures in parts, {told}"
                most = before.get(case, seconds / 10) * 10 * SLACK
                budget = f"<= {most:.3g} s" if case in before else "-"
                row = Row(f"{what}; Polars by hand, min-max only", seconds, "s", budget, seconds <= most, peer)
                met.append(row.tell())
                fits = megabytes <= MOST_MEGABYTES
                row = Row(f"{what}; peak memory", megabytes, "MB", f"<= {MOST_MEGABYTES} MB", fits, peer_megabytes)
                met.append(row.tell())
                before[case] = seconds
    return 0 if all(met) else MISSED


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
