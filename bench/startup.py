"""Start of the command line beside a bare Typer application with two commands, both asked for their help.

Run: PYTHONPATH=src python bench/startup.py [times]. Both take turns; the best of all counts, because every disturbance
only adds. Both keep what Python compiles, as they do wherever they are installed.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from table import MISSED, Row

BUDGET_RATIO = 1.5
BARE = """\
import typer

app = typer.Typer(rich_markup_mode=None)


@app.command()
def one(number: int = 1) -> None:
    "Do one thing."


@app.command()
def two(number: int = 1) -> None:
    "Do another."


app()
"""


def seconds(words: list[str]) -> float:
    """Measure one call, from nothing to its end."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run([sys.executable, *words, "--help"], stdout=subprocess.DEVNULL, check=True, env=surroundings)
    return time.perf_counter() - start


def main(times: int = 15) -> int:
    """Tell the comparison; the exit code is 3 when the budget is missed."""
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, "utf-8")
        pairs = [(seconds([str(bare)]), seconds(["-m", "baton"])) for _ in range(times)]
    theirs, ours = (min(taken) for taken in zip(*pairs, strict=True))
    ratio = ours / theirs
    row = Row(
        "`baton --help`; a bare Typer application",
        ours,
        "s",
        f"<= {BUDGET_RATIO:g}",
        ratio <= BUDGET_RATIO,
        theirs,
        ratio,
    )
    return 0 if row.tell() else MISSED


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
