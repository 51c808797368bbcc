"""What is wrong with a call, in the shape of every problem of the house, in Chinese or English by `Accept-Language`."""

from collections.abc import Iterable

from django.http import HttpRequest
from ninja import Schema

from baton.words import Language, Problem, render


class Told(Schema):
    """One problem: its code, the sentence, how to mend it, and the field or place it belongs to."""

    code: str
    what: str
    mend: str
    place: str


class Refusal(Schema):
    """Nothing was done; every problem at once."""

    problems: list[Told]


def language_of(request: HttpRequest) -> Language:
    """Give the language that a caller asked for by `Accept-Language`; Chinese unless it is English."""
    english = request.headers.get("Accept-Language", "").strip().lower().startswith("en")
    return Language.ENGLISH if english else Language.CHINESE


def told(request: HttpRequest, problems: Iterable[Problem]) -> dict[str, list[dict[str, str]]]:
    """Render problems for the caller."""
    language, rows = language_of(request), []
    for problem in problems:
        sentence = render(problem, language)
        rows.append(
            {"code": problem.code, "what": sentence.what, "mend": sentence.mend, "place": problem.place.label()}
        )
    return {"problems": rows}
