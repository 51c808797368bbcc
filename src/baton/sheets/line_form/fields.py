"""The fields of an indicator's form, in sections: the columns that its sheet of the scheme workbook has."""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.text import written
from baton.engine.terms import plain
from baton.sheets.line_form.options import options_of
from baton.sheets.line_form.texts import shown
from baton.sheets.scheme_book.layout import TABS, Field, Form
from baton.words import Language

SHEET = next(tab for tab in TABS if tab.name == "indicators")
_BY_NAME = {"-".join(field.route): field for field in SHEET.fields if field.form not in (Form.KIND, Form.OPTIONS)}

FIELDS: Mapping[str, tuple[str, ...]] = {
    "what": ("name", "definition", "parent", "unit", "direction"),
    "target": ("target-value", "target-frequency", "target-spread", "target-profile"),
    "data": (
        *("frequency", "aggregation", "window", "lead", "reporter", "evidence"),
        *("reviewer", "source", "series", "decimals", "accepts_preliminary"),
    ),
    "gaps": ("missing", "assumed", "zero_denominator", "decimals_of_points", "full"),
}
"""The plain fields by section. Code, points, rule, value, names of figures, hooks and units have forms of their own."""


def field_of(name: str) -> Field:
    """Give the column that a field of the form is."""
    return _BY_NAME[name]


def plain_fields() -> Iterable[str]:
    """Name the plain fields."""
    return (name for names in FIELDS.values() for name in names)


def texts_of(one: Indicator | None, language: Language) -> dict[str, str]:
    """Give what the fields show of an indicator; of none, the defaults of the scheme language."""
    found = {name: _text(_BY_NAME[name], _value(one, _BY_NAME[name].route)) for name in plain_fields()}
    if one is None:
        return found | {"value-kind": "direct"}
    found |= {f"points-{group}": plain(points) for group, points in one.points.items()}
    found |= {f"figures-{figure}": name for figure, name in one.figures.items()}
    for vocabulary in ("rule", "value"):
        data = written(getattr(one, vocabulary))
        assert isinstance(data, dict)
        found |= _options(vocabulary, data, language)
    return found


def _value(one: Indicator | None, route: tuple[str, ...]) -> Any:
    if one is not None:
        return reduce(getattr, route, one)
    default = Indicator.model_fields[route[0]]
    return "" if default.is_required() else reduce(getattr, route[1:], default.get_default(call_default_factory=True))


def _text(field: Field, value: Any) -> str:
    if value is None:
        return ""
    said = written(value)
    if field.form is Form.TRUTH:
        return str(bool(said)).lower()
    return "、".join(map(str, said)) if isinstance(said, list) else str(said)


def _options(vocabulary: str, data: Mapping[str, Any], language: Language) -> dict[str, str]:
    found = {f"{vocabulary}-kind": str(data["kind"])}
    for option in options_of(vocabulary, str(data["kind"])) or ():
        inner: Any = data
        for key in option.route:
            inner = inner.get(key, _LACKS) if isinstance(inner, Mapping) else _LACKS
        if inner is not _LACKS:
            found[option.name] = shown(option, inner, language)
    return found


_LACKS = object()


def at_field(path: str, known: Iterable[str]) -> str:
    """Give the field of the form to which a field of a line belongs: `rule.table[#2].share` is `rule-table`.

    `path` without the line; a part that no field holds alone belongs to the field of what it is a part of.
    """
    names = set(known)
    parts = [part.partition("[")[0] for part in path.split(".")]
    for end in range(len(parts), 0, -1):
        name = "-".join(parts[:end])
        for found in (name, f"{name}-kind"):
            if found in names:
                return found
    return parts[0]
