"""What the scheme language expects at a place: a walk down the JSON Schema of the model along a route of the data."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text.yaml_tree import Route

type Shape = Mapping[str, Any]


@cache
def _schema() -> Shape:
    return Scheme.model_json_schema()


def _resolved(shape: Shape, data: object) -> Shape:
    """Follow references, and of alternatives take the one the data is: by its `kind`, or the one that is not null."""
    while True:
        if "$ref" in shape:
            shape = _schema()["$defs"][shape["$ref"].rsplit("/", 1)[1]]
        elif "discriminator" in shape:
            kind = data.get("kind") if isinstance(data, Mapping) else None
            reference = shape["discriminator"]["mapping"].get(kind)
            if reference is None:
                return shape
            shape = {"$ref": reference}
        elif len(options := [o for o in shape.get("anyOf", ()) if o.get("type") != "null"]) == 1:
            shape = options[0]
        else:
            return shape


def child(data: object, key: str | int) -> object:
    """Give what stands under a key of a table or at a place of a list; None if nothing does."""
    if isinstance(data, Mapping):
        return data.get(key)
    return data[key] if isinstance(data, (list, tuple)) and isinstance(key, int) and key < len(data) else None


def shape_at(data: object, route: Route) -> Shape:
    """Give the JSON Schema of the place `route` leads to in `data`; empty if the language knows no such place."""
    shape = _resolved(_schema(), data)
    for key in route:
        data = child(data, key)
        if isinstance(key, int):
            shape = shape.get("items", {})
        else:
            patterns = list(shape.get("patternProperties", {}).values())
            other = shape.get("additionalProperties") or (patterns[0] if patterns else {})
            shape = shape.get("properties", {}).get(key, other)
        shape = _resolved(shape, data) if isinstance(shape, Mapping) else {}
    return shape


def fields_at(data: object, route: Route) -> tuple[str, ...]:
    """Name the fields that a table at this place may have, in the order of the model."""
    return tuple(shape_at(data, route).get("properties", ()))


def words_at(data: object, route: Route) -> tuple[str, ...]:
    """Name the words allowed at this place; empty where the language does not list them."""
    shape = shape_at(data, route)
    shapes = [_resolved(option, data) for option in shape.get("anyOf", [shape])]
    found = [word for s in shapes for word in (*s.get("enum", ()), *([s["const"]] if "const" in s else ()))]
    either = ("true", "false") if any(s.get("type") == "boolean" for s in shapes) else ()
    return (*either, *(str(word) for word in found))


def kinds_at(data: object, route: Route) -> tuple[str, ...]:
    """Name the kinds a table at this place may be."""
    shape = shape_at(data, route)
    return tuple(shape.get("discriminator", {}).get("mapping", ()))
