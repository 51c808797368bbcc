"""What a command gives back: a payload for machines, a way to show it to people, and what was wrong on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from baton.words import Language, Problem, Severity


@dataclass(frozen=True)
class Answer:
    """The answer of a command.

    `payload` is what `--json` prints under `result`. `show` prints the same for people, in a language. `problems` stand
    above it; the command ends with code 1 if it `failed`, or where that is not said (None), if one of them is an error.
    `after`: what goes on once the answer is told, such as serving pages.
    """

    payload: Mapping[str, Any]
    show: Callable[[Language], None]
    problems: tuple[Problem, ...] = ()
    failed: bool | None = None
    after: Callable[[], None] | None = None

    @property
    def good(self) -> bool:
        """Whether the command did what it was asked, on input that is in order."""
        if self.failed is not None:
            return not self.failed
        return all(problem.severity is not Severity.ERROR for problem in self.problems)
