"""The rows a benchmark tells, and the table of them in docs/performance.md.

A benchmark is a script that prints each row as a line of JSON as soon as it knows it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

BEGIN, END = "<!-- written by ./baton bench --write -->", "<!-- end of what is written -->"
MISSED = 3
"""Exit code of a script with a budget that is missed; 1 is a script that broke."""
_HEADING = "### "
HEAD = "| what | ours | peer | ratio | budget | |\n|---|---|---|---|---|---|"


@dataclass(frozen=True)
class Row:
    """One figure of ours, in `unit`, beside its peer's where there is one; `ratio` is what the budget limits."""

    what: str
    ours: float
    unit: str
    budget: str
    met: bool
    peer: float | None = None
    ratio: float | None = None

    def tell(self) -> bool:
        """Print the row for the process that makes the table; give whether the budget is met."""
        print(json.dumps(asdict(self), ensure_ascii=False), flush=True)
        return self.met

    def line(self) -> str:
        """Write the row as a line of the table."""
        peer = "" if self.peer is None else f"{_short(self.peer)} {self.unit}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        met = "met" if self.met else "**not met**"
        return f"| {self.what} | {_short(self.ours)} {self.unit} | {peer} | {ratio} | {self.budget} | {met} |"


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.2f}"


def read(line: str) -> Row:
    """Read a row that was told."""
    return Row(**json.loads(line))


def table(facts: str, rows: Iterable[Row]) -> str:
    """Make the table, under a line about the machine."""
    return "\n".join([facts, "", HEAD, *(row.line() for row in rows)])


def written(page: str, made: Mapping[str, str]) -> str:
    """Put each benchmark's table under its heading between the markers; the others' stay as they are.

    Raises ValueError where the page lacks the markers.
    """
    before, begin, rest = page.partition(BEGIN)
    block, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the page lacks the lines {BEGIN} and {END}")
    kept = dict(part.strip().split("\n", 1) for part in block.split(_HEADING)[1:])
    tables = {name: text.strip() for name, text in kept.items()} | dict(made)
    told = "\n\n".join(f"{_HEADING}{name}\n\n{text}" for name, text in tables.items())
    return f"{before}{BEGIN}\n{told}\n{END}{after}"


def write(page: Path, made: Mapping[str, str]) -> None:
    """Put tables by the name of their benchmark between the markers of a file."""
    page.write_text(written(page.read_text("utf-8"), made), "utf-8")
