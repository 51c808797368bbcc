"""Records of the engine as plain values for JSON."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from baton.engine.explain import Line
from baton.engine.terms import plain
from baton.words import Language


def plain_values(value: Any, language: Language) -> Any:
    """Give a record as tables and lists: decimals as text, so that nothing is rounded; sentences with their words."""
    if isinstance(value, Line):
        params = plain_values(value.params, language)
        return {"code": value.code, "params": params, "text": value.text(language)}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain_values(getattr(value, field.name), language) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain_values(one, language) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_values(one, language) for one in value]
    if isinstance(value, Enum):
        return value.value
    return plain(value) if isinstance(value, Decimal) else value
