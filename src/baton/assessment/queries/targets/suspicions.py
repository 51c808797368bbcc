"""What of the year before is worth checking before a target is built on it: the detectors over the monthly figures."""

from collections.abc import Callable, Collection, Iterator

from baton.assessment.models import Figure, SchemeVersion
from baton.assessment.queries.targets.judging import Key
from baton.engine.integrity import Flag, find
from baton.engine.integrity.reported import each_once, reported_from, series_of
from baton.engine.panel import Observation
from baton.words import Refused


def flags_before(
    version: SchemeVersion,
    keys: Collection[Key],
    year: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[tuple[str, str], list[Flag]]:
    """Give the flags about the year before by unit (code) and series; the strongest of each kind.

    Empty where there are too few units or no months to tell it from: nothing is guessed.
    """
    scheme = version.scheme
    series = series_of(scheme, reported_from([_observations({key[0] for key in keys}, year)]))
    try:
        flags = find(each_once(scheme, series), progress=progress) if series else ()
    except Refused:
        return {}
    codes = {one.code: one.series_code for one in scheme.indicators}
    found: dict[tuple[str, str], dict[str, Flag]] = {}
    for flag in flags:
        if any(month.startswith(f"{year - 1}-") for month in flag.months):
            found.setdefault((flag.unit, codes[flag.indicator]), {}).setdefault(flag.kind, flag)
    return {place: list(kinds.values()) for place, kinds in found.items()}


def _observations(series: Collection[str], year: int) -> Iterator[Observation]:
    """Every version of every figure before a year: what was restated is told by the versions."""
    rows = Figure.objects.filter(series__in=series, period__lt=str(year)).select_related("unit")
    for one in rows.order_by("period", "series", "figure", "unit", "version").iterator():
        yield one.observation(one.unit.code)
