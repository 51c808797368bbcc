"""Receipts of a unit's check: their number, and the digest of what the unit saw."""

import hashlib
from collections.abc import Iterable


def receipt_number(month: str, unit: str, round_: int) -> str:
    """Give the number of a receipt: month, unit, and which round it is: `HD-202609-T04-1`."""
    return f"HD-{month.replace('-', '')}-{unit}-{round_}"[:32]


def digest_of_figures(rows: Iterable[tuple[str, str, str, int, str]]) -> str:
    """SHA-256 over series, figure, period, version and value of the figures about a unit, sorted, one a line."""
    lines = sorted(",".join(map(str, row)) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
