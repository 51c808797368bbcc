"""One reported figure, and the cell it came from."""

from dataclasses import dataclass
from decimal import Decimal

PERIOD = r"^[12][0-9]{3}(-(0[1-9]|1[0-2])|-Q[1-4])?$"
"""How a period is written: `2025-06`, `2025-Q2` or `2025`."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure came from: file name, SHA-256 of the file, sheet, A1 cell, and what was converted on reading."""

    file: str = ""
    digest: str = ""
    sheet: str = ""
    cell: str = ""
    conversion: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """A reported figure.

    `series` is an indicator's series code, `figure` its name in the rule (`actual`, `target`, `due`, ...), `period`
    `2025-06`, `2025-Q2` or `2025`, `value` None where it was reported as not there.

    `preliminary` marks a first figure that a final one will replace. Of several observations with the same key the one
    with the highest `version` counts (a correction); two of the same version are an error.
    """

    unit: str
    series: str
    figure: str
    period: str
    value: Decimal | None
    preliminary: bool = False
    version: int = 0
    origin: Origin = Origin()
