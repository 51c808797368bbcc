"""What was planted in the workbooks, and who has to find it: the key to check a reader by."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class FoundBy(StrEnum):
    """Who has to notice: nobody (it must be understood), the reader (at the cell), the register of receipts."""

    NOBODY = "nobody"
    READER = "reader"
    REGISTER = "register"


class Kind(StrEnum):
    """What was planted. The first eight are ways of writing, the next three are about time, the rest are errors."""

    TEXT_NUMBERS = "text_numbers"
    OTHER_MONEY = "other_money"
    HEADER = "header"
    DATE = "date"
    ABSENT = "absent"
    FORMER_NAME = "former_name"
    PROVISIONAL = "provisional"
    CORRECTED = "corrected"
    CORRECTION = "correction"
    LATE = "late"
    MISSING = "missing"
    NOT_A_NUMBER = "not_a_number"
    PERCENT_IN_DOUBT = "percent_in_doubt"
    UNKNOWN_UNIT = "unknown_unit"
    AMBIGUOUS_UNIT = "ambiguous_unit"
    DUPLICATE_ROW = "duplicate_row"
    TOTAL_MISMATCH = "total_mismatch"
    VOTES_MISMATCH = "votes_mismatch"


SHARES = {
    Kind.TEXT_NUMBERS: 0.06,
    Kind.OTHER_MONEY: 0.012,
    Kind.PERCENT_IN_DOUBT: 0.008,
    Kind.HEADER: 0.09,
    Kind.DATE: 0.04,
    Kind.ABSENT: 0.07,
    Kind.LATE: 0.035,
    Kind.MISSING: 0.008,
    Kind.CORRECTED: 0.022,
    Kind.FORMER_NAME: 0.005,
    Kind.TOTAL_MISMATCH: 0.007,
    Kind.NOT_A_NUMBER: 0.008,
    Kind.UNKNOWN_UNIT: 0.004,
    Kind.DUPLICATE_ROW: 0.003,
    Kind.AMBIGUOUS_UNIT: 0.001,
}
"""Shares of reports with a fault (§8 of the county's page); money and percentages mixed up make 2 % together."""
ERRORS = (
    Kind.TOTAL_MISMATCH,
    Kind.PERCENT_IN_DOUBT,
    Kind.NOT_A_NUMBER,
    Kind.UNKNOWN_UNIT,
    Kind.DUPLICATE_ROW,
    Kind.AMBIGUOUS_UNIT,
)


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted thing. `cell` is empty where a whole sheet or file is meant; `given` is what stands in the cell."""

    file: str
    kind: Kind
    found_by: FoundBy
    sheet: str = ""
    cell: str = ""
    unit: str = ""
    figure: str = ""
    given: str = ""
    note: str = ""


def key_text(planted: Iterable[Planted]) -> str:
    """Write the key as JSON, one thing a line."""
    lines = [json.dumps(asdict(one), ensure_ascii=False) for one in planted]
    return "[\n" + ",\n".join(lines) + "\n]\n"
