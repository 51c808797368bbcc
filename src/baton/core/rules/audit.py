"""How rows of the audit chain are linked."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

START = "0" * 64
"""What stands for the digest before the first row."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row of the chain says, beside its digests. `by`: the user's number, None for the system itself."""

    sequence: int
    at: datetime
    by: int | None
    behalf_of: str
    action: str
    object_type: str
    object_id: str
    object_name: str
    detail: Mapping[str, Any]
    address: str


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold: at which row, and why (a code of the catalogue)."""

    sequence: int
    code: str


def linked(entry: Entry, previous: str) -> str:
    """Give the digest of a row as 64 hexadecimal digits: SHA-256 over the previous digest and the canonical JSON.

    Times are written in UTC with microseconds; keys are sorted, texts in UTF-8, no spaces.
    """
    said = {
        "sequence": entry.sequence,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": entry.by,
        "behalf_of": entry.behalf_of,
        "action": entry.action,
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "object_name": entry.object_name,
        "detail": entry.detail,
        "address": entry.address,
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def first_break(rows: Iterable[tuple[Entry, str, str]], head: tuple[int, str]) -> Break | None:
    """Go along the chain (entry, previous digest, digest, by number); give the first place where it does not hold.

    `head` is number and digest of the newest row as it was written down apart; so rows cut off at the end are found.
    """
    number, digest = 0, START
    for entry, previous, given in rows:
        if entry.sequence != number + 1:
            return Break(number + 1, "core.audit_row_missing")
        if previous != digest or linked(entry, previous) != given:
            return Break(entry.sequence, "core.audit_row_changed")
        number, digest = entry.sequence, given
    if (number, digest) != head:
        return Break(number + 1, "core.audit_end_cut_off")
    return None
