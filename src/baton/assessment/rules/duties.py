"""Who reports what about whom, and who verifies it, read off a scheme."""

from collections.abc import Iterator
from dataclasses import dataclass

from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure.index import Index
from baton.engine.terms import Reporter


@dataclass(frozen=True, slots=True)
class DutyOf:
    """A duty by codes. `reporter` empty: another module or system; `verifier` empty: nobody is named, so the office."""

    series: str
    indicator: str
    unit: str
    reporter: str
    verifier: str
    source: str

    @property
    def of_itself(self) -> bool:
        """Whether the reporter is itself assessed by what it reports."""
        return self.reporter == self.unit


def duties_of(scheme: Scheme) -> list[DutyOf]:
    """Give the duties of a scheme, one per series and assessed unit; the first indicator that reads a series counts."""
    index = Index(scheme)
    found: dict[tuple[str, str], DutyOf] = {}
    for indicator in scheme.indicators:
        for duty in _of_indicator(index, indicator):
            found.setdefault((duty.series, duty.unit), duty)
    return list(found.values())


def _of_indicator(index: Index, indicator: Indicator) -> Iterator[DutyOf]:
    for unit in index.carrying(indicator):
        reporter = reporter_of(indicator, unit.code)
        verifier = verifier_of(indicator, unit.code)
        yield DutyOf(indicator.series_code, indicator.code, unit.code, reporter, verifier, indicator.source)


def reporter_of(indicator: Indicator, unit: str) -> str:
    """Give the unit that reports an indicator's figures about a unit; empty where no unit does."""
    if indicator.reporter is Reporter.UNIT:
        return unit
    return indicator.lead or "" if indicator.reporter is Reporter.LEAD_DEPARTMENT else ""


def verifier_of(indicator: Indicator, unit: str) -> str:
    """Give the unit that verifies: the lead department, but another one where that is itself assessed.

    云渡县 has 22 such cases: 牵头单位自己也考本项时，由考核办另派复核（考核办所在单位由县委办代核）.
    """
    if indicator.lead == unit:
        return indicator.reviewer if indicator.reviewer and indicator.reviewer != unit else ""
    return indicator.lead or ""
