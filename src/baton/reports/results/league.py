"""The league table of a group: what workbook and report both print, row by row."""

from collections.abc import Iterator
from dataclasses import dataclass

from baton.engine.result import Standing
from baton.engine.scheme.units import Group
from baton.reports.results.results import Results


@dataclass(frozen=True)
class League:
    """A group's standings, best first; `parts` are code and name of what the total is made of."""

    group: Group
    parts: tuple[tuple[str, str], ...]
    standings: tuple[Standing, ...]
    has_adjustments: bool

    def reasons(self, results: Results, standing: Standing) -> str:
        """Say in words why a suggested grade is what it is."""
        return results.joined([results.say(code, **params) for code, params in standing.reasons])


def leagues(results: Results) -> Iterator[League]:
    """Go through the groups in the scheme's order."""
    for group in results.groups:
        standings = tuple(one for one in results.sheet.standings if one.group == group.code)
        codes = dict.fromkeys(code for one in standings for code in one.parts)
        names = {code: node.name for code, node in results.nodes.items()}
        names |= {code: indicator.name for code, indicator in results.indicators.items()}
        adjusted = any(one.bonus or one.deduction for one in standings)
        yield League(group, tuple((code, names[code]) for code in codes), standings, adjusted)
