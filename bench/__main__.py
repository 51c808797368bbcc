"""Benchmarks, each beside its peer in one run: `./baton bench [score|sheets|...] [--quick] [--large] [--write]`.

`--quick` scores a tenth of the panel, and opens the pages of a small county; `--large`: 72 million figures (ten
minutes); `--write` writes docs/performance.md. Exit code 1 where a budget is missed, 2 where the call is
wrong. `./baton bench integrity [--seed N] [--write]`, named first, makes the tables of docs/integrity.md.
"""

import subprocess
import sys
from pathlib import Path

from machine import facts
from table import HEAD, MISSED, Row, read, table, write

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "performance.md"
SCRIPTS = {
    "startup": "startup.py",
    "county": "county.py",
    "sheets": "sheets_read.py",
    "score": "score_panel.py",
    "robust": "robustness.py",
    "targets": "target_checks.py",
    "scale": "scale_out.py",
    "pages": "county_pages.py",
    "year": "finished_year.py",
}
QUICK = {"score": ["300"], "scale": ["--quick"], "robust": ["--quick"], "pages": ["--quick"], "year": ["--quick"]}
LARGE = {"scale": ["--large"]}


def rows_of(name: str, options: set[str]) -> list[Row]:
    """Run one benchmark and print its rows as they come; raises CalledProcessError where it broke."""
    words = [sys.executable, str(HERE / SCRIPTS[name]), *_words(name, options)]
    rows = []
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("{"):
                rows.append(read(line))
                print(rows[-1].line(), flush=True)
    if process.returncode not in (0, MISSED) or not rows:
        raise subprocess.CalledProcessError(process.returncode, words)
    return rows


def _words(name: str, options: set[str]) -> list[str]:
    if "--large" in options:
        return LARGE.get(name, [])
    return QUICK.get(name, []) if "--quick" in options else []


def main(arguments: list[str]) -> int:
    """Run what is named, or everything."""
    if arguments[:1] == ["integrity"]:
        return subprocess.call([sys.executable, str(HERE / "integrity" / "report.py"), *arguments[1:]])
    options = {one for one in arguments if one.startswith("-")}
    wanted = [one for one in arguments if one not in options] or list(SCRIPTS)
    unknown = sorted(set(wanted) - SCRIPTS.keys()) + sorted(options - {"--quick", "--large", "--write"})
    if unknown:
        print(
            f"unknown: {', '.join(unknown)}; there are: {', '.join(SCRIPTS)}, --quick, --large, --write",
            file=sys.stderr,
        )
        return 2
    if "--write" in options and "--quick" in options:
        print("--write takes benchmarks of full size: leave --quick out", file=sys.stderr)
        return 2
    print(f"{facts()}\n\n{HEAD}", flush=True)
    met = True
    for name in wanted:
        rows = rows_of(name, options)
        met = met and all(row.met for row in rows)
        if "--write" in options:
            write(PAGE, {name: table(facts(), rows)})
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
