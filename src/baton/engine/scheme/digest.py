"""The canonical form of a scheme, its SHA-256, and the JSON Schema of the language for editors."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from baton.engine.rules import RuleBase
from baton.engine.scheme.model import Scheme
from baton.engine.terms import Record, plain

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
ADDED = ("treatment",)
"""Fields that the language got later: left out of the canonical form while empty, so that digests stay what they were.
"""


_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
"""Most of a large scheme: told by their own type, before the kinds of parts are asked one after the other."""


@cache
def _fields(kind: type[Record]) -> tuple[tuple[str, str], ...]:
    """Name of each field of a part, and the name it is written by."""
    return tuple((name, field.alias or name) for name, field in kind.model_fields.items())


def _plain(value: object, ordered: bool = False) -> object:
    """Give every field, written or left to its default, with numbers as plain decimals in text."""
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, Record):
        inside = ordered or isinstance(value, RuleBase)
        held = value.__dict__
        return {written: _plain(held[name], inside) for name, written in _fields(type(value))}
    if isinstance(value, Mapping):
        pairs = value.items() if ordered else sorted(value.items())
        return [[str(key), _plain(inner, ordered)] for key, inner in pairs]
    if isinstance(value, (tuple, list)):
        return [_plain(inner, ordered) for inner in value]
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def canonical(scheme: Scheme) -> bytes:
    """Write a scheme in its canonical form: JSON in UTF-8, keys sorted, no spaces, every default written out.

    Two schemes that say the same give the same bytes, whether a default is written or left out and however a number is
    written (`0.30`, `.3`). Lists keep their order, for it is the order of the official document. So do the tables of a
    rule, where the order says something (levels from best to worst, options as on the ballot); other tables have none.
    A part that a later language added is written once a scheme uses it.
    """
    plain_form = _plain(scheme)
    assert isinstance(plain_form, dict)
    said = {name: value for name, value in plain_form.items() if name not in ADDED or value}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(scheme: Scheme) -> str:
    """Give the SHA-256 of the canonical form as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(scheme)).hexdigest()


def schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of a scheme document, for editors; published as docs/scheme.schema.json.

    A `kind` is asked for wherever there are several, so that an editor offers the options of that kind only.
    """
    found = Scheme.model_json_schema()
    for definition in found["$defs"].values():
        if "kind" in definition.get("properties", {}):
            definition["required"] = sorted({*definition.get("required", ()), "kind"})
    return {"$schema": SCHEMA, **found}
