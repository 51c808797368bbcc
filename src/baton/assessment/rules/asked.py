"""How much a scheme asks of the units themselves in a year: figures that they fill in, and files that go with them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from baton.assessment.rules.expected import Ask, Form
from baton.engine.terms import Evidence, Frequency, Reporter

_TIMES = {Frequency.MONTH: 12, Frequency.QUARTER: 4, Frequency.YEAR: 1}


@dataclass(slots=True)
class AskedOf:
    """What is asked of a unit in a year: so many figures, so many files of evidence, of which series."""

    figures: int = 0
    files: int = 0
    series: dict[str, int] = field(default_factory=dict)

    def fresh(self, before: "AskedOf | None") -> int:
        """Give how many figures a year are of series that were not asked for before."""
        known = set() if before is None else set(before.series)
        return sum(count for series, count in self.series.items() if series not in known)


def asked_of_units(forms: Iterable[Form]) -> dict[str, AskedOf]:
    """Give by unit (code) what it fills in itself for a year under some schemes; what others report for it is left out.

    A series that several of the schemes ask for is asked for once.
    """
    found: dict[str, AskedOf] = {}
    for form in forms:
        for (series, unit), duty in form.duties.items():
            fields = [one for one in form.fields_in(series) if unit in one.units and not one.optional]
            if not duty.of_itself or not fields or fields[0].reporter is not Reporter.UNIT:
                continue
            asked = found.setdefault(unit, AskedOf())
            if series in asked.series:
                continue
            asked.series[series] = sum(_TIMES[one.frequency] for one in fields)
            asked.figures += asked.series[series]
            if fields[0].indicator.evidence is Evidence.REQUIRED:
                asked.files += max(_TIMES[one.frequency] for one in fields)
    return found


def add_asks(found: dict[str, AskedOf], asks: Iterable[tuple[str, Ask]]) -> None:
    """Add single figures that units (by code) fill in once, as a special assessment asks for them."""
    for unit, ask in asks:
        asked = found.setdefault(unit, AskedOf())
        asked.figures += 1
        asked.series[ask.field.series] = asked.series.get(ask.field.series, 0) + 1
        asked.files += ask.field.indicator.evidence is Evidence.REQUIRED
