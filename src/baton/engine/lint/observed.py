"""What only figures show: indicators in which all units of a group are alike."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from baton.engine.lint.limits import Thresholds
from baton.engine.panel import Observation
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure import Index
from baton.engine.scheme.structure.figures import reported
from baton.words import Place, Problem, Severity


@dataclass(frozen=True, slots=True)
class Observed:
    """How the units of a group differ in an indicator: units with figures, and how many of them report the same."""

    units: int
    alike: int


def observe(scheme: Scheme, observations: Iterable[Observation]) -> dict[tuple[str, str], Observed]:
    """Gather by group and indicator how many units report exactly the same figures in all periods."""
    index = Index(scheme)
    figures: dict[tuple[str, str], list[tuple[str, str, object]]] = defaultdict(list)
    for one in observations:
        if one.value is not None:
            figures[one.unit, one.series].append((one.figure, one.period, one.value))
    found = {}
    for indicator in scheme.indicators:
        read = set(reported(indicator))
        for group in index.carriers(indicator):
            units = [unit for unit in index.members.get(group, ()) if index.carried_by(indicator, unit)]
            rows = (figures.get((unit.code, indicator.series_code), ()) for unit in units)
            kept = [frozenset(row for row in mine if row[0] in read) for mine in rows]
            same = Counter(mine for mine in kept if mine)
            if same:
                found[group, indicator.code] = Observed(same.total(), max(same.values()))
    return found


def lint_observed(
    index: Index, observed: Mapping[tuple[str, str], Observed], thresholds: Thresholds
) -> Iterator[Problem]:
    """Find indicators that cannot tell the units of a group apart."""
    for (group, code), seen in observed.items():
        indicator = index.indicators.get(code)
        if indicator is None or seen.units < thresholds.fewest or seen.alike < thresholds.alike * seen.units:
            continue
        params = {
            "indicator": code,
            "name": indicator.name,
            "group": group,
            "units": seen.units,
            "alike": seen.alike,
        }
        at = Place(field=f"indicators[{code}]")
        yield Problem("engine.lint_cannot_tell_apart", params, at, Severity.WARNING)
