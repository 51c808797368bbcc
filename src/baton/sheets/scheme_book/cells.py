"""A cell of a scheme workbook: a field shown so that nothing is lost, and read back as a scheme file would say it."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from baton.engine.scheme.text import from_flow, to_flow
from baton.engine.terms import plain
from baton.sheets.scheme_book.layout import Field, Form
from baton.sheets.scheme_book.vocabulary import meanings, nothing, truth, word
from baton.sheets.workbook import Value
from baton.words import Language, Place, Problem, Refused

type Shown = str | Decimal | date | None

_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(\s+0?0:00(:00)?)?", re.ASCII)
_SEPARATOR = re.compile(r"[、，,;；\n]")
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")
_FULL_WIDTH = str.maketrans({"：": ": ", "，": ", ", "；": ", ", "｛": "{", "｝": "}", "【": "[", "】": "]"})
_TRUTH = {"是": True, "yes": True, "true": True, "1": True, "否": False, "no": False, "false": False, "0": False}
_LISTS = (Form.CODES, Form.TEXTS, Form.NUMBERS)


def show(field: Field, value: object, language: Language) -> Shown:
    """Show a field of `text.written` in a cell."""
    if value is None:
        return nothing(language)
    match field.form:
        case Form.NUMBER | Form.WHOLE:
            return Decimal(str(value))
        case Form.TRUTH:
            return truth(bool(value), language)
        case Form.WORD | Form.KIND:
            return word(field.words, str(value), language)
        case Form.DAY if isinstance(value, date):
            return value
        case Form.WEIGHTS if isinstance(value, Mapping) and list(value) == ["*"]:
            return Decimal(str(value["*"]))
        case Form.OPTIONS | Form.TABLE | Form.WEIGHTS if isinstance(value, Mapping):
            return to_flow(value) or None
        case _ if field.form in _LISTS and isinstance(value, list):
            return _joined([str(item) for item in value])
        case _:
            return quoted(str(value))


def _odd(char: str) -> bool:
    return char != "\n" and unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs", "Cn", "Co")


def quoted(value: str) -> str:
    """Give a text as it is, or in JSON quotes where a workbook would change it: spaces at its ends, odd characters."""
    if (
        value == value.strip()
        and not value.startswith('"')
        and not _ESCAPED.search(value)
        and not any(map(_odd, value))
    ):
        return value
    safe = json.dumps(value, ensure_ascii=False).replace("_x", "\\u005fx")
    return "".join(_escaped(char) if _odd(char) else char for char in safe)


def _escaped(char: str) -> str:
    return json.dumps(char, ensure_ascii=True)[1:-1] if ord(char) > 126 else f"\\u{ord(char):04x}"


def _joined(items: list[str]) -> str:
    plain_items = all(item and item == quoted(item) and not _SEPARATOR.search(item) for item in items)
    text = "、".join(items)
    if plain_items and not text.startswith("[") and text not in {nothing(language) for language in Language}:
        return text
    return quoted(to_flow({"x": items}).removeprefix("x: "))


def read(field: Field, raw: Value, values: tuple[str, ...], place: Place) -> object | Problem:
    """Read a cell that is not empty; `values` are the words of its vocabulary. Numbers stay text for the model."""
    given = raw.strip() if isinstance(raw, str) else raw
    if isinstance(given, str) and given in {nothing(language) for language in Language} and field.form is not Form.TEXT:
        return None
    readers: Mapping[Form, Callable[[Value], object | None]] = {
        Form.NUMBER: _number,
        Form.WHOLE: _number,
        Form.DAY: _day,
        Form.TRUTH: _truth,
        Form.TABLE: _table,
        Form.OPTIONS: _table,
        Form.WEIGHTS: _weights,
    }
    if field.form in (Form.WORD, Form.KIND):
        return _meant(field, given, values, place)
    try:
        found = _list(given) if field.form in _LISTS else readers.get(field.form, _text)(given)
    except Refused as refused:
        reason = refused.problems[0]
        return Problem(
            "sheets.scheme_options", {"given": str(raw), "reason": str(reason.params.get("reason", reason.code))}, place
        )
    if found is None:
        return Problem(_WANTED.get(field.form, "sheets.scheme_options"), {"given": str(raw), "reason": "—"}, place)
    return found


_WANTED = {
    Form.NUMBER: "sheets.scheme_number",
    Form.WHOLE: "sheets.scheme_number",
    Form.DAY: "sheets.scheme_day",
    Form.TRUTH: "sheets.scheme_truth",
}


def _meant(field: Field, given: Value, values: tuple[str, ...], place: Place) -> object | Problem:
    known = meanings(field.words, values)
    meant = known.get(unicodedata.normalize("NFKC", str(given)).casefold()) or known.get(str(given).casefold())
    if meant is not None:
        return meant
    words = "、".join(word(field.words, value, Language.CHINESE) for value in values)
    return Problem("sheets.scheme_word", {"given": str(given), "known": words}, place)


def _text(given: Value) -> str:
    if isinstance(given, str):
        if given.startswith('"') and given.endswith('"') and len(given) > 1:
            try:
                return str(json.loads(given))
            except ValueError:
                return given
        return given
    if isinstance(given, datetime):
        return given.date().isoformat()
    return str(given).lower() if isinstance(given, bool) else _number(given) or str(given)


def _number(given: Value) -> str | None:
    if isinstance(given, bool) or not isinstance(given, (int, float, str)):
        return None
    if not isinstance(given, str):
        return plain(Decimal(repr(given)))
    half = unicodedata.normalize("NFKC", given).replace("−", "-")
    if half.endswith("%") and re.fullmatch(r"-?\d+(\.\d+)?", half[:-1].strip(), re.ASCII):
        return plain(Decimal(half[:-1].strip()).scaleb(-2))
    return half


def _day(given: Value) -> str | None:
    if isinstance(given, datetime):
        return given.date().isoformat()
    if isinstance(given, date):
        return given.isoformat()
    match = _DAY.fullmatch(given) if isinstance(given, str) else None
    if match is None:
        return None
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"


def _truth(given: Value) -> bool | None:
    return given if isinstance(given, bool) else _TRUTH.get(str(given).removesuffix(".0").casefold())


def _table(given: Value) -> object | None:
    if not isinstance(given, str):
        return None
    text = str(_text(given))
    if ":" not in text:
        text = text.translate(_FULL_WIDTH)
    text = text.strip()
    return from_flow(text[1:-1] if text.startswith("{") and text.endswith("}") else text)


def _weights(given: Value) -> object | None:
    number = _number(given)
    if number is None or ":" not in number:
        return None if number is None else {"*": number}
    text = str(given) if ":" in str(given) else str(given).translate(_FULL_WIDTH)
    return _table(re.sub(r"(^|,\s*)\*\s*:", r'\1"*": ', text))


def _list(given: Value) -> list[object]:
    text = _text(given)
    if text.startswith("["):
        found = from_flow(f"x: {text}")
        items = found.get("x") if isinstance(found, dict) else None
        return items if isinstance(items, list) else [text]
    return [item.strip() for item in _SEPARATOR.split(text) if item.strip()]
