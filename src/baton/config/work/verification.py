"""Compute a result again: by the engine, and leaf by leaf in exact decimals by other means."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from baton.engine.exact.panel import exact_leaves, points_by_code
from baton.engine.flags import Happened
from baton.engine.panel import Observation
from baton.engine.panel.panel import COLUMNS, Panel
from baton.engine.plan import Plan
from baton.engine.plan.calendar import period_text
from baton.engine.result.sheet import ScoreSheet
from baton.engine.score import score
from baton.words import Place, Problem, Severity

_BY_EVENTS = int(Happened.SAME_MATTER | Happened.ZEROED_BY_VETO)
"""Leaves that events decide; the exact calculation knows figures only."""
MOST_LEAVES = 500_000


@dataclass(frozen=True)
class Verified:
    """What was found: problems, how many leaves agreed in exact decimals, and how many only events decide."""

    problems: tuple[Problem, ...]
    agreed: int
    by_events: int


def verify_result(sheet: ScoreSheet, panel: Panel) -> Verified:
    """Compare a stored result with the data it names and with what is computed from them.

    Beyond `MOST_LEAVES` the exact calculation, some 10,000 leaves a second, is left out, and a notice says so. Raises
    `Refused` where the data cannot be scored.
    """
    problems: list[Problem] = []
    if panel.digest != sheet.data_digest:
        problems.append(Problem("config.verify_data", {"found": panel.digest, "told": sheet.data_digest}))
    again = score(sheet.scheme, panel, sheet.year)
    if again.digest != sheet.digest:
        problems.append(Problem("config.verify_result", {"found": again.digest, "told": sheet.digest}))
    if len(sheet.leaves) > MOST_LEAVES:
        params = {"leaves": len(sheet.leaves), "most": MOST_LEAVES}
        problems.append(Problem("config.verify_too_many", params, severity=Severity.NOTICE))
        return Verified(tuple(problems), 0, 0)
    differing, agreed, by_events = _leaves(sheet, panel)
    return Verified((*problems, *differing), agreed, by_events)


def figures_of(panel: Panel) -> Iterator[Observation]:
    """Give the figures of a panel one by one, each the one that counts."""
    table = panel.frame.collect()
    for unit, series, figure, period, value, preliminary in table.select(*COLUMNS).iter_rows():
        yield Observation(unit, series, figure, period, Decimal(value).scaleb(-panel.decimals[series]), preliminary)


def _leaves(sheet: ScoreSheet, panel: Panel) -> tuple[list[Problem], int, int]:
    plan = Plan(sheet.scheme, sheet.year, panel.decimals)
    points, _ = exact_leaves(plan, figures_of(panel))
    exact = {
        (unit, indicator, part, period_text(sheet.year, at)): found
        for (unit, indicator, part, at), found in points_by_code(plan, points).items()
    }
    rows = list(sheet.leaves.iter_rows(named=True))
    touched = {(row["group"], row["indicator"], row["period"]) for row in rows if row["flags"] & _BY_EVENTS}
    problems: list[Problem] = []
    agreed, by_events = 0, 0
    for row in rows:
        found = exact.get((row["unit"], row["indicator"], row["part"], row["period"]))
        if found == row["points"]:
            agreed += 1
        elif (row["group"], row["indicator"], row["period"]) in touched:
            by_events += 1
        else:
            params = {"found": found, "told": row["points"]}
            spot = f"{row['unit']}/{row['indicator']}{row['part']}/{row['period']}"
            problems.append(Problem("config.verify_leaf", params, Place(field=spot)))
    return problems, agreed, by_events
