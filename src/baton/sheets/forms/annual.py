"""Annual targets of a scheme: the figures that a unit has set for a whole year, and what is held against them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from baton.engine.once import once_for_each
from baton.engine.plan.leaf import entries, feed_frequency, feeds_of
from baton.engine.scheme.model import Scheme
from baton.engine.terms import Aggregation, Frequency
from baton.sheets.cells import measure
from baton.sheets.cells.measure import SHARE
from baton.sheets.forms.field import Field
from baton.sheets.forms.fields import fields_of

_ACTUAL = "actual"
_NO_TOTAL = frozenset({"分", "位", "名次"})
"""Units of measure of which a total over units says nothing."""


@dataclass(frozen=True, slots=True)
class AnnualTarget:
    """A target that is set unit by unit for a year; `actual`: the figure of its series that is held against it.

    `actual` is empty where that is worked out of several figures, so that no history of one figure tells it.
    """

    field: Field
    actual: str

    @property
    def title(self) -> str:
        """Its indicator and its own printed name: an indicator may have several, and its name may be that of a rate."""
        return f"{self.field.indicator.name} · {self.field.name}"


@once_for_each
def annual_targets(scheme: Scheme) -> Mapping[tuple[str, str], AnnualTarget]:
    """Give the annual targets by series and figure, in the scheme's order; a target the scheme sets itself is none."""
    fields = fields_of(scheme)
    found: dict[tuple[str, str], AnnualTarget] = {}
    for indicator in scheme.indicators:
        for entry in entries(indicator):
            feeds = feeds_of(indicator, entry.rule, entry.value, entry.figures)
            values = [feed.figure for feed in feeds if feed.role == "value"]
            for feed in feeds:
                key = indicator.series_code, feed.figure
                yearly = feed.role == "target" and feed_frequency(indicator, feeds, feed) is Frequency.YEAR
                if yearly and key in fields and fields[key].frequency is Frequency.YEAR:
                    found.setdefault(key, AnnualTarget(fields[key], values[0] if len(values) == 1 else ""))
    return MappingProxyType(found)


def rates_of(scheme: Scheme) -> frozenset[str]:
    """List indicators whose total over units means nothing: shares, points, ranks, means and extremes of months."""
    fields = fields_of(scheme)
    units = {
        one.code: field.unit if (field := fields.get((one.series_code, _ACTUAL))) else one.unit
        for one in scheme.indicators
    }
    kept = (Aggregation.MEAN, Aggregation.MAXIMUM, Aggregation.MINIMUM)
    return frozenset(
        one.code
        for one in scheme.indicators
        if one.aggregation in kept or units[one.code] in _NO_TOTAL or _is_share(units[one.code])
    )


def _is_share(unit: str) -> bool:
    known = measure(unit)
    return known is not None and known.dimension == SHARE
