"""Numbers as the house ships them, and what a new value must be."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from baton.core.choices import Certainty
from baton.words import Place, Problem


@dataclass(frozen=True, slots=True)
class Number:
    """What holds from a day on. `least` and `most`: between what a whole number makes sense at all, None: any."""

    code: str
    value: Any
    effective_from: date
    source: str
    certainty: Certainty
    least: int | None = None
    most: int | None = None


def read_shipped(files: Iterable[Path]) -> dict[str, tuple[Number, ...]]:
    """Read the files of all apps: `[[area.name]]` with value, from, source, certainty; oldest first by code.

    A code is one of the catalogue, whose sentence says what the number is and in what unit.
    """
    found: dict[str, list[Number]] = {}
    for file in files:
        for area, names in tomllib.loads(file.read_text("utf-8")).items():
            for name, rows in names.items():
                found.setdefault(f"{area}.{name}", []).extend(_number(f"{area}.{name}", row) for row in rows)
    return {code: tuple(sorted(rows, key=lambda one: one.effective_from)) for code, rows in found.items()}


def _number(code: str, row: Mapping[str, Any]) -> Number:
    return Number(
        code,
        row["value"],
        row["from"],
        row["source"],
        Certainty(row["certainty"]),
        row.get("least"),
        row.get("most"),
    )


def value_problems(shipped: Number, value: Any) -> list[Problem]:
    """Say what is wrong with a new value: it is of the kind that was shipped, and within its bounds."""
    place = Place(field="value")
    if type(value) is not type(shipped.value):
        return [Problem("account.value_of_another_kind", {}, place)]
    if isinstance(value, int) and not isinstance(value, bool):
        least = value if shipped.least is None else shipped.least
        most = value if shipped.most is None else shipped.most
        if not least <= value <= most:
            return [Problem("account.value_out_of_bounds", {"least": shipped.least, "most": shipped.most}, place)]
    return []
