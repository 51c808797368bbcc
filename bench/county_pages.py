"""The pages of a county of full size: 150 units, 200 indicators, 12 months, 5,000 people, served by `baton serve`.

Run: PYTHONPATH=src python bench/county_pages.py [--quick]. `bench/pages/run.py` fills a PostgreSQL server of its own
(`BATON_POSTGRES` names another) and measures; here its measures become rows. What each page took is told beside them.
"""

import json
import subprocess
import sys
from pathlib import Path

from table import MISSED, Row

RUN = Path(__file__).parent / "pages" / "run.py"


def row_of(line: str) -> Row:
    """Make a row of a measure."""
    told = json.loads(line)
    value, most, unit = told["value"], told["most"], told["unit"]
    return Row(told["what"], value, unit, f"<= {most:g} {unit}", value <= most)


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
