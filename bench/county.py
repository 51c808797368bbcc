"""The example county: the whole demo, reading its thousand workbooks again, and the score step alone.

Run: PYTHONPATH=src python bench/county.py. The demo is a process of its own, as people call it, on a warm install.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from baton.config.inputs import Data, read_data, read_scheme
from baton.config.inputs.files import find_files
from baton.engine.scheme.model import Scheme
from baton.engine.score import score
from table import MISSED, Row
from timing import best

DEMO_SECONDS, READ_SECONDS, SCORE_SECONDS = 60.0, 20.0, 2.0
TIMES = 3


def demo(folder: Path) -> Row:
    """Run the demo into a folder that does not exist yet."""
    words = [sys.executable, "-m", "baton", "demo", "--no-serve", "-o", str(folder)]
    (taken,) = best([lambda: subprocess.run(words, check=True, stdout=subprocess.DEVNULL)], 1)
    return _row("`baton demo`, from making the workbooks to the published result", taken, DEMO_SECONDS)


def reading(folder: Path, scheme: Scheme) -> tuple[Row, Data]:
    """Read the demo's workbooks as reports, once."""
    workbooks = folder / "workbooks"
    count = len(find_files([workbooks], None).files)
    found: list[Data] = []
    (taken,) = best([lambda: found.append(read_data([workbooks], scheme))], 1)
    return _row(f"the example county's {count:,} workbooks, read and checked as reports", taken, READ_SECONDS), found[0]


def scoring(scheme: Scheme, data: Data) -> Row:
    """Score the county's year."""
    (taken,) = best([lambda: score(scheme, data.panel, data.panel.years[0])], TIMES)
    return _row(f"the example county's score step ({data.count:,} figures)", taken, SCORE_SECONDS)


def _row(what: str, seconds: float, most: float) -> Row:
    return Row(what, seconds, "s", f"<= {most:g} s", seconds <= most)


def main() -> int:
    """Tell all three; the exit code is 3 when a budget is missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "county"
        met = [demo(folder).tell()]
        scheme = read_scheme(folder / "scheme.yaml").latest
        row, data = reading(folder, scheme)
        met += [row.tell(), scoring(scheme, data).tell()]
    return 0 if all(met) else MISSED


if __name__ == "__main__":
    sys.exit(main())
