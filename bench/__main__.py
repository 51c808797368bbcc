"""Benchmarks, each beside its peer in one run: `./baton bench [score|sheets|startup] [--quick]`.

Every run of the score benchmark is a process of its own; ours and the peers take turns and the median of the ratios
counts, because machines drift. Exit code 1 where a budget is missed.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SCORE = HERE / "score"


def run(script: str, *arguments: str) -> dict[str, float]:
    """Run one script of the score benchmark and take what it measured."""
    done = subprocess.run(
        [sys.executable, str(SCORE / script), *arguments], check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def judged(name: str, ours: float, peer: float, ratio: float, budget: str, met: bool) -> bool:
    """Print one line of the table."""
    print(f"| {name} | {ours:.2f} | {peer:.2f} | {ratio:.2f} | {budget} | {'met' if met else 'NOT met'} |", flush=True)
    return met


def score(quick: bool) -> bool:
    """Score 7.2 million figures (fewer with `quick`) beside Polars and pandas by hand."""
    met = True
    with tempfile.TemporaryDirectory() as name:
        subprocess.run([sys.executable, str(SCORE / "data.py"), name, "300" if quick else "3000"], check=True)
        print("\n| what | ours | peer | ratio | budget | |\n|---|---|---|---|---|---|")
        for case, most in (("annual", 3.0), ("monthly", 5.0)):
            turns = [(run("ours.py", name, case), run("polars_by_hand.py", name, case)) for _ in range(3)]
            ours, peer = (statistics.median(turn[side]["seconds"] for turn in turns) for side in (0, 1))
            ratio = statistics.median(mine["seconds"] / theirs["seconds"] for mine, theirs in turns)
            met &= judged(f"{case}: s, Polars by hand (min-max only)", ours, peer, ratio, f"<= {most}", ratio <= most)
            same = run("pandas_by_hand.py", name, case)["seconds"]
            met &= judged(f"{case}: s, pandas, same rules", ours, same, same / ours, ">= 5", same >= 5 * ours)
            memory = statistics.median(turn[0]["megabytes"] for turn in turns)
            least = run("pandas_by_hand.py", name, case, "min_max")["megabytes"]
            met &= judged(f"{case}: MB, pandas, min-max only", memory, least, memory / least, "<= 1", memory <= least)
    return met


def script(name: str) -> bool:
    """Run a benchmark that prints its own comparison."""
    return subprocess.run([sys.executable, str(HERE / name)], check=False).returncode == 0


def main(arguments: list[str]) -> int:
    """Run what is named, or everything."""
    wanted = [one for one in arguments if not one.startswith("-")] or ["score", "sheets", "startup"]
    known = {"score", "sheets", "startup"}
    if set(wanted) - known:
        print(f"unknown: {', '.join(sorted(set(wanted) - known))}; there are: {', '.join(sorted(known))}")
        return 2
    results = []
    for one in wanted:
        print(f"== {one}", flush=True)
        if one == "score":
            results.append(score("--quick" in arguments))
        else:
            results.append(script({"sheets": "sheets_read.py", "startup": "startup.py"}[one]))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
