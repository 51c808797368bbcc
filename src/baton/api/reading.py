"""What a call brings, as far as anybody could store it: JSON without characters that no database keeps as text."""

import json
from typing import Any, cast, override

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from baton.words import Place, Problem, Refused


class PlainParser(Parser):
    """Refuses bodies that are no JSON, and NUL and halves of surrogate pairs wherever they stand."""

    @override
    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        try:
            found = json.loads(request.body)
        except (ValueError, RecursionError) as error:
            raise Refused([Problem("api.not_json")]) from error
        _refuse_odd(found)
        return cast("dict[str, Any]", found)

    @override
    def parse_querydict(
        self, data: "MultiValueDict[str, Any]", list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        found = super().parse_querydict(data, list_fields, request)
        _refuse_odd({name: value for name, value in found.items() if isinstance(value, str)})
        return found


def _refuse_odd(given: object, at: str = "") -> None:
    if isinstance(given, str):
        if is_odd(given):
            raise Refused([Problem("api.odd_character", {}, Place(field=at))])
    elif isinstance(given, dict):
        for name, value in given.items():
            _refuse_odd(name, at)
            _refuse_odd(value, f"{at}.{name}" if at else name)
    elif isinstance(given, list):
        for number, value in enumerate(given, 1):
            _refuse_odd(value, f"{at}[{number}]")


def is_odd(text: str) -> bool:
    """Whether a text holds NUL or half of a surrogate pair, which no database keeps."""
    return "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text)
