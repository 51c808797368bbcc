"""One result with the words it is told in: names by code, sentences by language, numbers at the precision of ranks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property

from baton.engine.panel import Observation
from baton.engine.plan import Plan
from baton.engine.result import Adjustment, ScoreSheet
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.nodes import Node
from baton.engine.scheme.units import Group, Unit
from baton.engine.terms import plain
from baton.words import Language, text

_WIDE = Context(prec=60)


@dataclass(frozen=True)
class Results:
    """A score sheet, the language it is told in, and the observations it came from (empty: not given)."""

    sheet: ScoreSheet
    language: Language = Language.CHINESE
    observations: Sequence[Observation] = ()

    def say(self, code: str, **params: object) -> str:
        """Give the words of a code of the catalogue."""
        return text(code, self.language, **params)

    def joined(self, sentences: Iterable[str]) -> str:
        """Join clauses into one text, as the language does."""
        return self.say("reports.clauses_joined_by").join(sentences)

    def run_on(self, sentences: Iterable[str]) -> str:
        """Set whole sentences one after the other: with a space between in English, without in Chinese."""
        return ("" if self.language is Language.CHINESE else " ").join(sentences)

    @cached_property
    def plan(self) -> Plan:
        """The scheme made ready for the year: leaves with their rules."""
        return Plan(self.sheet.scheme, self.sheet.year, {})

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Units by code."""
        return {unit.code: unit for unit in self.sheet.scheme.units}

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Groups that have units with a standing, in the scheme's order."""
        standing = {one.group for one in self.sheet.standings}
        return tuple(group for group in self.sheet.scheme.groups if group.code in standing)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Indicators by code, in the scheme's order."""
        return {indicator.code: indicator for indicator in self.sheet.scheme.indicators}

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Nodes by code, in the scheme's order."""
        return {node.code: node for node in self.sheet.scheme.nodes}

    @cached_property
    def grades(self) -> dict[str, str]:
        """Names of grades by code, best first."""
        return {grade.code: grade.name for grade in self.sheet.scheme.grading.grades}

    @cached_property
    def items(self) -> dict[str, str]:
        """Names of bonus, deduction and veto items, and of indicators, by code."""
        scheme = self.sheet.scheme
        named = {item.code: item.name for item in scheme.bonuses}
        named |= {item.code: item.name for item in scheme.deductions}
        named |= {item.code: item.name for item in scheme.vetoes}
        return named | {code: indicator.name for code, indicator in self.indicators.items()}

    def unit_name(self, code: str) -> str:
        """Give the full name of a unit, or its code."""
        return self.units[code].name if code in self.units else code

    def short_name(self, code: str) -> str:
        """Give the short name of a unit where it has one: for axes and sheet names."""
        unit = self.units[code]
        return unit.short_name or unit.name

    def grade(self, code: str | None) -> str:
        """Give the name of a suggested grade; a dash where none is suggested."""
        return self.say("reports.none") if code is None else self.grades[code]

    def precise(self, number: Decimal) -> Decimal:
        """Round for display at the precision at which ranks are taken, half up."""
        return self.rounded(number, self.sheet.scheme.ranking.decimals)

    @staticmethod
    def rounded(number: Decimal, decimals: int) -> Decimal:
        """Round half up to so many decimals."""
        return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)

    def shown(self, number: Decimal | None) -> str:
        """Write a score at the precision of ranks; a dash where there is none."""
        return self.say("reports.none") if number is None else f"{self.precise(number):f}"

    def period(self, period: str) -> str:
        """Write a period for a column title: a month, a quarter, or the year."""
        year, _, rest = period.partition("-")
        if not rest:
            return self.say("reports.year", year=year)
        if rest.startswith("Q"):
            return self.say("reports.quarter", number=rest[1:])
        return self.say("reports.month", number=int(rest))

    def why_not(self, one: Adjustment) -> str:
        """Say why an event did not count in full; empty where it did."""
        return self.say(one.reason) if one.reason else ""


def bare(number: Decimal) -> Decimal:
    """Give a number without trailing zeros, for cells that show as many decimals as there are."""
    return Decimal(plain(number))
