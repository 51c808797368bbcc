"""pydantic's findings as problems in the user's language: which field of which line, and what was expected there."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from baton.engine.scheme.text.shape import child, fields_at, kinds_at, words_at
from baton.engine.scheme.text.yaml_tree import Route
from baton.words import Place, Problem

_EXPECTED = {
    "decimal": "engine.scheme_expected_number",
    "finite": "engine.scheme_expected_number",
    "int": "engine.scheme_expected_whole_number",
    "bool": "engine.scheme_expected_true_or_false",
    "date": "engine.scheme_expected_date",
    "string": "engine.scheme_expected_text",
    "tuple": "engine.scheme_expected_list",
    "list": "engine.scheme_expected_list",
    "dict": "engine.scheme_expected_table",
    "model": "engine.scheme_expected_table",
}
_BOUNDS = {
    "greater_than": ("engine.scheme_must_exceed", "gt"),
    "greater_than_equal": ("engine.scheme_at_least", "ge"),
    "less_than": ("engine.scheme_must_be_below", "lt"),
    "less_than_equal": ("engine.scheme_at_most", "le"),
    "string_too_long": ("engine.scheme_text_too_long", "max_length"),
    "too_long": ("engine.scheme_list_too_long", "max_length"),
}


def label(data: object, route: Route) -> str:
    """Write a route as people read it: `indicators[M01].rule.cap`; an entry without a code by its place, `[#3]`."""
    text = ""
    for key in route:
        inner = child(data, key)
        if isinstance(key, int):
            code = inner.get("code") if isinstance(inner, Mapping) else None
            text += f"[{code}]" if isinstance(code, str) else f"[#{key + 1}]"
        else:
            text += f".{key}" if text else key
        data = inner
    return text


def _route(data: object, found: tuple[str | int, ...], missing: bool) -> tuple[Route, bool]:
    """Drop what pydantic adds to its route: tags of kinds, branches of alternatives, the mark of a key."""
    route: list[str | int] = []
    of_key = False
    for i, key in enumerate(found):
        inside = (isinstance(data, Mapping) and key in data) or (isinstance(data, list) and isinstance(key, int))
        if key == "[key]":
            of_key = True
        elif inside or (missing and i == len(found) - 1):
            route.append(key)
            data = child(data, key)
    return tuple(route), of_key


def _near(code: str, given: str, known: Iterable[str], **params: object) -> tuple[str, dict[str, object]]:
    words = [str(word) for word in known]
    near = get_close_matches(given, words, n=3, cutoff=0.6)
    params |= {"given": given, "known": "、".join(words)}
    return (f"{code}_near", params | {"near": "、".join(near)}) if near else (code, params)


def _unknown_field(data: object, route: Route) -> tuple[str, dict[str, object]]:
    owner = data
    for key in route[:-1]:
        owner = child(owner, key)
    known = [name for name in fields_at(data, route[:-1]) if name != "kind"]
    if "kind" in fields_at(data, route[:-1]) and isinstance(owner, Mapping):
        return _near("engine.scheme_unknown_option", str(route[-1]), known, kind=owner.get("kind"))
    return _near("engine.scheme_unknown_field", str(route[-1]), known)


def _sentence(kind: str, context: Mapping[str, Any], data: object, route: Route, given: object) -> tuple[str, Any]:
    """Choose the code and the parameters for one finding."""
    if kind.startswith("engine."):
        return kind, dict(context)
    if kind.startswith("rule_"):
        return f"engine.rule_{kind.removeprefix('rule_')}", dict(context)
    if kind == "extra_forbidden":
        return _unknown_field(data, route)
    if kind == "missing":
        return "engine.scheme_missing_field", {"name": str(route[-1])}
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        known = kinds_at(data, route)
        if kind == "union_tag_invalid":
            return _near("engine.scheme_unknown_kind", str(context["tag"]), known)
        return "engine.scheme_missing_kind", {"known": "、".join(known)}
    if kind in ("enum", "literal_error"):
        return _near("engine.scheme_unknown_word", str(given), words_at(data, route))
    if kind == "string_pattern_mismatch":
        return "engine.scheme_bad_code", {"given": given}
    if kind in ("string_too_short", "too_short"):
        return "engine.scheme_empty", {}
    if kind in _BOUNDS:
        code, name = _BOUNDS[kind]
        return code, {"given": given, "bound": context[name]}
    if kind == "value_error":
        return "engine.scheme_value_refused", {"reason": str(context.get("error", ""))}
    return _EXPECTED.get(kind.partition("_")[0], "engine.scheme_expected_otherwise"), {"given": _shown(given)}


def _shown(given: object) -> str:
    if isinstance(given, Mapping):
        return "{…}"
    return "[…]" if isinstance(given, (list, tuple)) else str(given)[:60]


def _grouped(error: ValidationError, data: object) -> Iterator[tuple[Route, bool, list[Any]]]:
    """Gather findings of one place: a field that may be a number or a word is refused once per alternative."""
    groups: dict[tuple[Route, bool], list[Any]] = {}
    for finding in error.errors(include_url=False):
        if finding["type"] == "too_short" and len(finding["input"]) >= finding["ctx"]["min_length"]:
            continue  # Entries are there; each has a finding of its own.
        route, of_key = _route(data, finding["loc"], finding["type"] == "missing")
        groups.setdefault((route, of_key), []).append(finding)
    for (route, of_key), findings in groups.items():
        yield route, of_key, findings


def problems_of(error: ValidationError, data: object, lines: Mapping[Route, int], name: str) -> list[Problem]:
    """Turn every finding of a refused scheme into a problem with file, line and field path."""
    problems = []
    for route, of_key, findings in _grouped(error, data):
        first = findings[0]
        given = route[-1] if of_key else first["input"]
        words = words_at(data, route) if len(findings) > 1 else ()
        if words and any(finding["type"].startswith(("decimal", "int", "finite")) for finding in findings):
            code = "engine.scheme_expected_number_or_word"
            params: dict[str, object] = {"given": _shown(given), "known": "、".join(words)}
        elif words:
            code, params = _near("engine.scheme_unknown_word", _shown(given), words)
        else:
            code, params = _sentence(first["type"], first.get("ctx", {}), data, route, given)
        near = next(route[:end] for end in range(len(route), -1, -1) if route[:end] in lines or end == 0)
        place = Place(file=name, field=label(data, route), line=lines.get(near, 0))
        problems.append(Problem(code, params, place))
    return sorted(problems, key=lambda problem: problem.place.line)
