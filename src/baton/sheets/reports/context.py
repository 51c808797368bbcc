"""What every file is read with: the scheme's fields, its units by name, and the mapping."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import cached_property, lru_cache

from baton.engine.plan.calendar import last_month, texts
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.units import Unit
from baton.sheets.cells.text import close
from baton.sheets.forms import Field, fields_of
from baton.sheets.reports.mapping.model import NO_MAPPING, ReportMapping
from baton.sheets.units import UnitNames
from baton.words import Place, Problem, Severity


class Context:
    """The scheme made ready for reading reports."""

    def __init__(self, scheme: Scheme, mapping: ReportMapping = NO_MAPPING) -> None:
        self.scheme, self.mapping = scheme, mapping
        self.fields = fields_of(scheme)
        self.by_key = {field.key: field for field in self.fields.values()}
        self.units = {unit.code: unit for unit in scheme.units}
        self.names = UnitNames(scheme.units)
        self._asked = {key: frozenset(field.units) for key, field in self.fields.items()}

    def asked(self, field: Field, unit: str) -> bool:
        """Tell whether a unit is assessed by a field."""
        return unit in self._asked[field.series, field.figure]

    @cached_property
    def indicators(self) -> dict[str, list[Indicator]]:
        """Indicators by code and by name, as `close` writes them."""
        found: dict[str, list[Indicator]] = {}
        for indicator in self.scheme.indicators:
            for name in {close(indicator.code), close(indicator.name)}:
                found.setdefault(name, []).append(indicator)
        return found

    @cached_property
    def _heirs(self) -> dict[str, str]:
        """Former units that have exactly one successor in the end, by every name they had."""
        found: dict[str, str] = {}
        for unit in self.scheme.units:
            last = self._last(unit)
            if last is not None:
                found |= dict.fromkeys(_names(unit), last)
        return found

    def _last(self, unit: Unit) -> str | None:
        """Follow a former unit to the one that exists, None where it was split or just ended."""
        seen = set()
        while unit.valid_to is not None and unit.code not in seen:
            seen.add(unit.code)
            if len(unit.successors) != 1 or unit.successors[0] not in self.units:
                return None
            unit = self.units[unit.successors[0]]
        return unit.code if seen else None

    def unit(self, given: str, period: str, place: Place) -> tuple[str | None, list[Problem]]:
        """Find a unit by any of its names at the end of a period (empty: whenever).

        The name of a former unit with exactly one successor stands for that one, with a notice; None where there is a
        problem.
        """
        found = self.names.find(given, last_day(period), place)
        if not isinstance(found, Problem):
            return found.code, []
        heir = self._heirs.get(close(given))
        if heir is None:
            return None, [found]
        params = {"given": given, "name": self.units[heir].name}
        return heir, [Problem("sheets.unit_renamed", params, place, Severity.NOTICE)]

    def label(self, code: str) -> str:
        """Give a unit's name."""
        return self.units[code].name if code in self.units else code


def _names(unit: Unit) -> Iterable[str]:
    return (close(name) for name in (unit.name, unit.short_name, *unit.aliases) if name)


@lru_cache(maxsize=512)
def last_day(period: str) -> date | None:
    """Give the last day of a period text; None for an empty one."""
    if not period:
        return None
    year = int(period[:4])
    month = last_month(texts(year)[period])
    return date(year, month, monthrange(year, month)[1])
