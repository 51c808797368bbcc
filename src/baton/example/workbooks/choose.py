"""Which report gets which fault: fixed shares of all reports, chosen by chance among those that can have it."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from baton.engine.terms import Missing
from baton.example.figures.draw import Draw
from baton.example.workbooks.house import MONEY, House
from baton.example.workbooks.layout import ADDED_UP, Variation
from baton.example.workbooks.planted import ERRORS, SHARES, Kind
from baton.example.workbooks.reports import FINAL, OWN_REPORTS, TARGETS, Report
from baton.sheets.forms import Field, Sort

FORMER = ("D26", "县乡村振兴局")
"""A department that some still write by the name of the office it took over."""
SPLIT = ("D23", "县科技和工业信息化局")
"""A former name that two departments could mean."""
type Styled = tuple[Report, House]
_DISJOINT = (*ERRORS, Kind.MISSING, Kind.CORRECTED)


def chosen(styled: list[Styled], seed: int) -> dict[str, set[Kind]]:
    """Give the faults of each report by its key."""
    faults: dict[str, set[Kind]] = {report.key: set() for report, _ in styled}
    for kind, able in ABLE.items():
        candidates = [(report, house) for report, house in styled if able(report, house)]
        if kind in _DISJOINT:
            candidates = [(r, h) for r, h in candidates if not faults[r.key] & set(_DISJOINT)]
        elif kind is not Kind.LATE:
            candidates = [(r, h) for r, h in candidates if not faults[r.key] & {Kind.MISSING, Kind.CORRECTED}]
        else:
            candidates = [(r, h) for r, h in candidates if Kind.MISSING not in faults[r.key]]
        for report, _ in Draw(seed, "faults", kind).some_of(candidates, round(SHARES[kind] * len(styled))):
            faults[report.key].add(kind)
    return faults


def variation_of(kinds: set[Kind], report: Report, house: House, draw: Draw) -> tuple[Variation, House]:
    """Turn faults of writing into a sheet's departures from its house; 亿元 and 万元 change the house itself."""
    if Kind.OTHER_MONEY in kinds:
        house = replace(house, money="亿元" if house.money == MONEY else MONEY)
    if Kind.HEADER in kinds:
        house = replace(house, other_names=house.other_names + 1)
    variation = Variation(
        texts=Kind.TEXT_NUMBERS in kinds,
        header=Kind.HEADER in kinds,
        date=other_date(report.period, draw) if Kind.DATE in kinds else "",
        absent=("—", "无", "/", "-") if Kind.ABSENT in kinds else (),
        former_names=dict([FORMER]) if Kind.FORMER_NAME in kinds else {},
    )
    return variation, house


def other_date(period: str, draw: Draw) -> str:
    """Write a month in another way."""
    year, month = period[:4], period[5:]
    return draw.one_of((f"{year}.{month}", f"{year}{month}", f"{year}-{month}", f"{year}/{month}"))


def _fields(report: Report) -> Iterable[Field]:
    return report.fields


def _regular(report: Report) -> bool:
    return report.mark != FINAL and report.subject != TARGETS


def _numbers(report: Report, house: House) -> bool:
    plain = [f for f in report.fields if f.sort is Sort.NUMBER and (f.unit != "%" or house.percent == "points")]
    return _regular(report) and bool(plain) and house.encoding == ""


def _money(report: Report, house: House) -> bool:
    return _regular(report) and not house.encoding and any(field.unit == MONEY for field in _fields(report))


def _in_doubt(report: Report, house: House) -> bool:
    rates = any(f.unit == "%" and f.sort is Sort.NUMBER for f in report.fields)
    return _regular(report) and rates and house.percent != "points" and _no_totals(report, house)


def _month(report: Report, house: House) -> bool:
    return _regular(report) and "-" in report.period and "Q" not in report.period


def _with_blanks(report: Report, house: House) -> bool:
    cells = len(report.units) * len(report.fields)
    return _regular(report) and len(report.figures) < cells


def _may_be_missing(report: Report, house: House) -> bool:
    """Only what no policy requires: a required figure that never comes stops the scoring."""
    indicators = [indicator for field in report.fields for indicator in field.indicators]
    allowed = {Missing.EXCLUDE, Missing.PEER_MEAN, Missing.FULL}
    return _month(report, house) and all(one.missing in allowed for one in indicators) and len(indicators) < 3


def _correctable(report: Report, house: House) -> bool:
    plain = [f for f in report.fields if f.sort is Sort.NUMBER and f.figure in {"actual", "on_time", "rater1"}]
    return _month(report, house) and bool(plain) and not report.provisional


def _has(unit: str) -> Callable[[Report, House], bool]:
    def able(report: Report, house: House) -> bool:
        return _month(report, house) and unit in report.units

    return able


def _has_clean(unit: str) -> Callable[[Report, House], bool]:
    def able(report: Report, house: House) -> bool:
        return _has(unit)(report, house) and _no_totals(report, house)

    return able


def _totals(report: Report, house: House) -> bool:
    added = [f for f in report.fields if f.unit in ADDED_UP and f.sort is Sort.NUMBER]
    return _regular(report) and bool(added) and house.totals and len(report.units) > 1 and not house.encoding


def _no_totals(report: Report, house: House) -> bool:
    return _regular(report) and report.subject != OWN_REPORTS and len(report.units) > 3 and not _totals(report, house)


def _plain_column(report: Report, house: House) -> bool:
    return _no_totals(report, house) and any(field.sort is Sort.NUMBER for field in report.fields)


ABLE: dict[Kind, Callable[[Report, House], bool]] = {
    Kind.TOTAL_MISMATCH: _totals,
    Kind.PERCENT_IN_DOUBT: _in_doubt,
    Kind.NOT_A_NUMBER: _plain_column,
    Kind.UNKNOWN_UNIT: _no_totals,
    Kind.DUPLICATE_ROW: _no_totals,
    Kind.AMBIGUOUS_UNIT: _has_clean(SPLIT[0]),
    Kind.MISSING: _may_be_missing,
    Kind.CORRECTED: _correctable,
    Kind.FORMER_NAME: _has(FORMER[0]),
    Kind.TEXT_NUMBERS: _numbers,
    Kind.OTHER_MONEY: _money,
    Kind.HEADER: lambda report, house: _regular(report),
    Kind.DATE: _month,
    Kind.ABSENT: _with_blanks,
    Kind.LATE: lambda report, house: True,
}
"""What a report needs so that it can have a fault; errors, missing and corrected reports never fall on the same one."""
