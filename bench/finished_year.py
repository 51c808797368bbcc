"""A finished year of 150 units: scored, explained, its letters and its pages, served by `baton serve`.

Run: PYTHONPATH=src python bench/finished_year.py [--quick]. `bench/pages/year_run.py` fills a PostgreSQL server of its
own (`BATON_POSTGRES` names another) and measures; here its measures become rows, with what each page took beside them.
"""

import subprocess
import sys
from pathlib import Path

from county_pages import row_of
from table import MISSED

RUN = Path(__file__).parent / "pages" / "year_run.py"


def main(arguments: list[str]) -> int:
    """Tell all; the exit code is 3 when a budget is missed."""
    words = [sys.executable, str(RUN), *arguments]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        met = [row_of(line).tell() for line in process.stdout]
    if process.returncode:
        return process.returncode
    return 0 if all(met) else MISSED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
