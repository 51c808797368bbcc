"""What is known of how figures were entered: from records of entry, and from the register of arrivals."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from baton.config.inputs import Data
from baton.engine.integrity import Series
from baton.engine.integrity.checks import Entries
from baton.engine.integrity.reported import ACTUAL, Reported
from baton.engine.scheme.model import Scheme
from baton.sheets.records import Record
from baton.words import Problem, Severity

type Key = tuple[str, str, str]
"""Unit, series code, month."""
_MONTH = re.compile(r"\d{4}-\d\d")


@dataclass(frozen=True)
class Known:
    """By unit, series and month: when the figure was first entered and until when it was due, and its evidence.

    `evidence` holds SHA-256; "" as a time stands for unknown. `by_register` counts figures whose times the register of
    arrivals told; `records` are the rows that were read.
    """

    times: Mapping[Key, tuple[str, str]] = field(default_factory=dict)
    evidence: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    by_register: int = 0
    records: Sequence[Record] = ()

    def entries(self, series: Iterable[Series]) -> Entries:
        """Count what reached the series."""
        found = list(series)
        entered = sum(bool(a and b) for one in found for a, b in zip(one.entered, one.deadline, strict=True))
        return Entries(entered, self.by_register, sum(map(bool, (name for one in found for name in one.evidence))))


NOTHING_KNOWN = Known()


def known_of(
    data: Sequence[Data],
    accounts: Sequence[Mapping[str, tuple[str, str]]],
    records: Sequence[Record] = (),
    digests: Mapping[str, str] | None = None,
) -> Known:
    """Put together what is known; a record goes before the register of arrivals.

    `accounts`: for each reading, arrival and due day by file as an earlier import told them. A figure's first entry
    counts: a correction that was sent later is no late entry.
    """
    arrived = _arrivals(data, accounts)
    times = dict(arrived)
    evidence: dict[Key, tuple[str, ...]] = {}
    told: dict[Key, tuple[str, str]] = {}
    for one in records:
        key = one.unit, one.series, one.period
        before = told.get(key, ("", ""))
        told[key] = min(filter(None, (before[0], one.entered)), default=""), before[1] or one.due
        behind = tuple(digests[name] for name in one.evidence if name in digests) if digests else ()
        if behind:
            evidence[key] = tuple(dict.fromkeys((*evidence.get(key, ()), *behind)))
    for key, (entered, due) in told.items():
        earlier = arrived.get(key, ("", ""))
        times[key] = (entered, due or earlier[1]) if entered else (earlier[0], due or earlier[1])
    times = {key: value for key, value in times.items() if any(value)}
    by_register = sum(times.get(key) == value for key, value in arrived.items())
    return Known(times, evidence, by_register, records)


def _arrivals(data: Sequence[Data], accounts: Sequence[Mapping[str, tuple[str, str]]]) -> dict[Key, tuple[str, str]]:
    """Give arrival and due day of the first file that held each figure, where a register names the file."""
    found: dict[Key, tuple[str, str]] = {}
    for one, account in zip(data, accounts, strict=True):
        receipts = one.imported.receipts if one.imported else ()
        came = dict(account)
        came |= {
            receipt.file: (receipt.received.isoformat(), receipt.due.isoformat())
            for receipt in receipts
            if receipt.received and receipt.due
        }
        if not came:
            continue
        for seen in one.observations:
            told = seen.figure == ACTUAL and seen.value is not None and seen.origin.file in came
            if told and _MONTH.fullmatch(seen.period):
                key = seen.unit, seen.series, seen.period
                found[key] = min(found.get(key, came[seen.origin.file]), came[seen.origin.file])
    return found


def with_records(series: Iterable[Series], scheme: Scheme, known: Known) -> list[Series]:
    """Give series what is known of their months."""
    codes = {indicator.code: indicator.series_code for indicator in scheme.indicators}
    timed = {key[:2] for key in known.times}
    behind = {key[:2] for key in known.evidence}
    users = _users(known)
    found = []
    for one in series:
        place = one.unit, codes[one.indicator]
        if place in timed:
            pairs = [known.times.get((*place, month), ("", "")) for month in one.months]
            one = replace(one, entered=tuple(a for a, _ in pairs), deadline=tuple(b for _, b in pairs))  # noqa: PLW2901
        if place in behind:
            one = replace(one, evidence=_evidence(known, place, one.months, users))  # noqa: PLW2901
        found.append(one)
    return found


def _users(known: Known) -> Counter[str]:
    """Count the series that each file stands behind."""
    return Counter(digest for _, digest in {(key[:2], one) for key, files in known.evidence.items() for one in files})


def _evidence(known: Known, place: tuple[str, str], months: Sequence[str], users: Mapping[str, int]) -> tuple[str, ...]:
    """Name one file a month: of several the one to ask about.

    That is a file which stands behind other months of the series too, rather the one that fewest others hand in (what
    many hand in is a bulletin), then the one behind most months.
    """
    by_month = [known.evidence.get((*place, month), ()) for month in months]
    times = Counter(digest for files in by_month for digest in files)
    return tuple(
        min(files, key=lambda one: (times[one] == 1, users[one], -times[one], one)) if files else ""
        for files in by_month
    )


def without_figure(records: Sequence[Record], reported: Reported) -> tuple[Problem, ...]:
    """Tell of records that no check reads: of quarters and years, and of figures that are not in the data."""
    lost = [
        one
        for one in records
        if not _MONTH.fullmatch(one.period)
        or one.period not in reported.figures.get((one.unit, one.series, ACTUAL), {})
    ]
    if not lost:
        return ()
    params = {"rows": len(lost), "of": len(records)}
    return (Problem("config.records_without_figure", params, lost[0].place, Severity.WARNING),)
