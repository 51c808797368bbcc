"""What a workbook would change, as plain values that can be kept, shown and taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from baton.words import Place, Problem, Severity, Word


@dataclass(frozen=True, slots=True)
class Change:
    """What a row changes: `fields` have the value before and after, as text; a new thing has nothing before."""

    key: str
    label: str
    new: bool
    fields: Mapping[str, tuple[str, str]]

    def after(self) -> dict[str, str]:
        """Give the values that it would leave."""
        return {name: after for name, (_, after) in self.fields.items()}

    def before(self) -> dict[str, str]:
        """Give the values that it found."""
        return {name: before for name, (before, _) in self.fields.items()}


@dataclass(frozen=True, slots=True)
class Plan:
    """A workbook tried: what it would change, how many rows say what is known, and everything wrong with it."""

    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    headers: Mapping[str, int] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether something is wrong that stops it."""
        return any(one.severity is Severity.ERROR for one in self.problems)


def compared(key: str, label: str, before: Mapping[str, str] | None, after: Mapping[str, str]) -> Change | None:
    """Give what changes from `before` (None: there was nothing) to `after`; None where nothing does."""
    if before is None:
        return Change(key, label, True, {name: ("", value) for name, value in after.items()})
    changed = {name: (before[name], value) for name, value in after.items() if before.get(name, "") != value}
    return Change(key, label, False, changed) if changed else None


def kept_changes(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Write changes as JSON."""
    return [
        {"key": one.key, "label": one.label, "new": one.new, "fields": {k: list(v) for k, v in one.fields.items()}}
        for one in changes
    ]


def changes_of(kept: Iterable[Mapping[str, Any]]) -> list[Change]:
    """Read changes back."""
    return [
        Change(one["key"], one["label"], one["new"], {k: (v[0], v[1]) for k, v in one["fields"].items()})
        for one in kept
    ]


def kept_problems(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Write problems as JSON; what is a code itself stays one."""
    return [
        {
            "code": one.code,
            "params": {k: {"word": str(v)} if isinstance(v, Word) else _plain(v) for k, v in one.params.items()},
            "place": [one.place.file, one.place.sheet, one.place.cell, one.place.field],
            "severity": one.severity.value,
        }
        for one in problems
    ]


def problems_of(kept: Iterable[Mapping[str, Any]]) -> list[Problem]:
    """Read problems back."""
    found = []
    for one in kept:
        params = {k: Word(v["word"]) if isinstance(v, dict) else v for k, v in one["params"].items()}
        found.append(Problem(one["code"], params, Place(*one["place"]), Severity(one["severity"])))
    return found


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | str) else str(value)
