"""What differs between two versions of a scheme, spot by spot."""

import json
from collections.abc import Iterator

from baton.engine.compare.comparison import SchemeChange
from baton.engine.scheme.model import Scheme

_NOT_COMPARED = {
    *("language", "code", "name", "organisation", "document_number", "version", "effective_from", "effective_to"),
    *("note", "units", "tasks"),
}


def scheme_changes(before: Scheme, after: Scheme, whole: bool = False) -> tuple[SchemeChange, ...]:
    """List what differs: rules, points, weights, quotas, caps, groups, wording, in the order of the scheme language.

    Entries of lists are matched by their code, so that a mere change of order is none; an entry that only one side has
    is one change and shows its name. Heading, units and tasks are left aside, unless `whole`.
    """
    aside = set[str]() if whole else _NOT_COMPARED
    sides = [scheme.model_dump(mode="json", exclude=aside) for scheme in (before, after)]
    return tuple(_differing("", sides[0], sides[1]))


def _differing(path: str, before: object, after: object) -> Iterator[SchemeChange]:
    if before == after:
        return
    one, other = _by_code(before), _by_code(after)
    if one is not None and other is not None and (one or other):
        yield from _entries(path, one, other)
    elif isinstance(before, dict) and isinstance(after, dict) and before.get("kind") == after.get("kind"):
        for name in {**before, **after}:
            yield from _differing(f"{path}.{name}" if path else name, before.get(name), after.get(name))
    else:
        yield SchemeChange(path, _shown(before), _shown(after))


def _by_code(value: object) -> dict[str, object] | None:
    """Give the entries of a list by their code; None for anything else."""
    if not isinstance(value, list) or not all(isinstance(entry, dict) and "code" in entry for entry in value):
        return None
    return {entry["code"]: entry for entry in value}


def _entries(path: str, before: dict[str, object], after: dict[str, object]) -> Iterator[SchemeChange]:
    for code in {**before, **after}:
        spot = f"{path}[{code}]"
        if code in before and code in after:
            yield from _differing(spot, before[code], after[code])
        else:
            yield SchemeChange(spot, _name(before.get(code)), _name(after.get(code)))


def _name(entry: object) -> str | None:
    return str(entry.get("name", entry["code"])) if isinstance(entry, dict) else None


def _shown(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
