"""An option as the text of a field, and back as a scheme file says it; numbers stay text, so that none is rounded."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from baton.sheets.line_form.options import Hold, Option
from baton.sheets.scheme_book.cells import read as read_cell
from baton.sheets.scheme_book.layout import Field, Form
from baton.sheets.scheme_book.vocabulary import nothing, word
from baton.words import Language, Place, Problem

_COLON = re.compile(r"\s*[:：=＝]\s*")
_PLACES = re.compile(r"(\d+)\s*(?:[-—–~～至到]+\s*(\d*))?(\s*(?:名?以后|起|\+))?\s*名?")
_NUMBER, _CODES = Field((), Form.NUMBER), Field((), Form.CODES)


def word_of(option: Option, value: str, language: Language) -> str:
    """Say a word that an option may be."""
    for vocabulary in (f"{option.route[-1]}_{option.kind}", option.route[-1], "option"):
        try:
            return word(vocabulary, value, language)
        except KeyError:
            continue
    return value


def shown(option: Option, value: Any, language: Language) -> str:
    """Write an option as its field shows it; `value` as the scheme file says it."""
    if value is None:
        return nothing(language)
    match option.hold:
        case Hold.CHOICE:
            return str(value).lower() if isinstance(value, bool) else str(value)
        case Hold.NUMBER_OR_WORD if str(value) in option.words:
            return word_of(option, str(value), language)
        case Hold.PAIRS:
            return "\n".join(f"{name}：{number}" for name, number in value.items())
        case Hold.KNOTS:
            return "\n".join(f"{x}：{share}" for x, share in value)
        case Hold.PLACES:
            return "\n".join(f"{_span(one)}：{one['share']}" for one in value)
        case Hold.FROM:
            return "\n".join(f"{one['at_least']}：{one['share']}" for one in value)
        case Hold.NUMBERS | Hold.CODES:
            return "、".join(str(one) for one in value)
        case _:
            return str(value)


def _span(one: Mapping[str, Any]) -> str:
    first, last = one["from"], one.get("to")
    if last is None:
        return f"{first}-"
    return str(first) if first == last else f"{first}-{last}"


def read(option: Option, given: str) -> object | Problem:
    """Read a field that is not empty; None says that there is to be none. What is no number is left to the model."""
    place = Place(field=option.name)
    if option.hold is not Hold.TEXT and given in {nothing(language) for language in Language}:
        return None
    match option.hold:
        case Hold.TEXT:
            return given
        case Hold.CHOICE:
            return {"true": True, "false": False}.get(given, given)
        case Hold.NUMBER:
            return read_cell(_NUMBER, given, (), place)
        case Hold.NUMBER_OR_WORD:
            return _words(option).get(given.casefold()) or read_cell(_NUMBER, given, (), place)
        case Hold.NUMBERS:
            items = read_cell(_CODES, given, (), place)
            return [_number(str(one)) for one in items] if isinstance(items, list) else items
        case Hold.CODES:
            return read_cell(_CODES, given, (), place)
        case _:
            return _lines(option, given, place)


def _words(option: Option) -> dict[str, str]:
    found = {value: value for value in option.words}
    for language in Language:
        found |= {word_of(option, value, language).casefold(): value for value in option.words}
    return found


def _number(given: str) -> str:
    found = read_cell(_NUMBER, given, (), Place())
    return given if found is None or isinstance(found, Problem) else str(found)


def _lines(option: Option, given: str, place: Place) -> object | Problem:
    """Read lines such as `1-3：1`, one entry each."""
    pairs: list[tuple[str, str]] = []
    for line in filter(None, (one.strip() for one in given.splitlines())):
        sides = _COLON.split(line)
        if len(sides) != 2 or not all(sides):
            return Problem("vocabulary.line_without_colon", {"given": line}, place)
        pairs.append((sides[0], _number(sides[1])))
    match option.hold:
        case Hold.PAIRS:
            twice = next((name for name, _ in pairs if sum(name == other for other, _ in pairs) > 1), None)
            return dict(pairs) if twice is None else Problem("vocabulary.line_twice", {"given": twice}, place)
        case Hold.KNOTS:
            return [[_number(x), share] for x, share in pairs]
        case Hold.FROM:
            return [{"at_least": _number(least), "share": share} for least, share in pairs]
        case _:
            return _placed(pairs, place)


def _placed(pairs: list[tuple[str, str]], place: Place) -> object | Problem:
    found = []
    for span, share in pairs:
        match = _PLACES.fullmatch(unicodedata.normalize("NFKC", span))
        if match is None:
            return Problem("vocabulary.line_no_places", {"given": span}, place)
        one: dict[str, object] = {"from": match[1], "share": share}
        if match[2]:
            one["to"] = match[2]
        elif not match[3] and not re.search(r"[-—–~～至到]", span):
            one["to"] = match[1]
        found.append(one)
    return found


def default_words(option: Option, language: Language) -> str:
    """Say what holds where a field stays empty; empty where nothing does."""
    if option.default is None or option.default in ([], {}):
        return ""
    if option.hold is Hold.CHOICE:
        return word_of(option, shown(option, option.default, language), language)
    return shown(option, option.default, language).replace("\n", "；")
