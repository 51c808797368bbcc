"""Progress of long work, on stderr and only on a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from baton.config.cli.session import Session
from baton.words import text


class Meter:
    """What long work reports to: named steps, and counts of files."""

    def __init__(self, session: Session, bars: Progress) -> None:
        self.session, self.bars = session, bars
        self.task: TaskID | None = None
        self.code = ""

    def step(self, code: str) -> None:
        """Begin a step of unknown length; `code` has its words in the catalogue."""
        self._begin(code, None)

    def count(self, code: str, done: int, total: int) -> None:
        """Tell how much of a step is done."""
        if code != self.code:
            self._begin(code, total)
        if self.task is not None:
            self.bars.update(self.task, completed=done, total=total)

    def _begin(self, code: str, total: int | None) -> None:
        if self.task is not None:
            self.bars.remove_task(self.task)
        self.code = code
        self.task = self.bars.add_task(text(code, self.session.language), total=total)

    def files(self, done: int, total: int, name: str) -> None:
        """Tell how many files are read."""
        self.count("config.step_files", done, total)

    def annotated(self, done: int, total: int, name: str) -> None:
        """Tell how many files are marked to go back."""
        self.count("config.step_annotate", done, total)


@contextmanager
def meter(session: Session) -> Iterator[Meter]:
    """Show progress while the block runs; the bars vanish at its end."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    hidden = session.json or not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as bars:
        yield Meter(session, bars)
