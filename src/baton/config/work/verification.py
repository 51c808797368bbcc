"""Compute a result again: in exact decimals by other means, or by the engine where it is too large for that."""

from dataclasses import dataclass

from baton.engine.exact.verify import verify
from baton.engine.panel.panel import Panel
from baton.engine.result.sheet import ScoreSheet
from baton.engine.score import score
from baton.words import Problem, Severity

MOST_LEAVES = 500_000


@dataclass(frozen=True)
class Verified:
    """What differs, and whether everything was computed in exact decimals (False: by the engine again)."""

    problems: tuple[Problem, ...]
    exactly: bool

    @property
    def holds(self) -> bool:
        """Whether nothing differs."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)


def verify_result(sheet: ScoreSheet, panel: Panel) -> Verified:
    """Compare a stored result with the data it names and with what is computed from them.

    Beyond `MOST_LEAVES` the exact calculation, some 10,000 leaves a second, is left out, and a notice says so. Raises
    `Refused` where the data cannot be scored.
    """
    if len(sheet.leaves) <= MOST_LEAVES:
        return Verified(verify(sheet, panel), exactly=True)
    params = {"leaves": len(sheet.leaves), "most": MOST_LEAVES}
    problems = [Problem("config.verify_too_many", params, severity=Severity.NOTICE)]
    if panel.digest != sheet.data_digest:
        problems.append(Problem("engine.verify_data", {"found": panel.digest, "told": sheet.data_digest}))
    again = score(sheet.scheme, panel, sheet.year)
    if again.digest != sheet.digest:
        problems.append(Problem("config.verify_again", {"found": again.digest, "told": sheet.digest}))
    return Verified(tuple(problems), exactly=False)
