"""Forbidden items of assessment (减负规定): a dated, sourced list of words, and sentences that only exclude them."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from baton.engine.scheme.model import Scheme
from baton.words import Place, Problem, Severity, Word

_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_CLAUSE = re.compile(r"[，,：:（）()]")
_COLON = re.compile(r"[：:]\s*$")


class Certainty(StrEnum):
    """How something is known: from the original, a republished text, second-hand, or from memory (not verified)."""

    ORIGINAL = "C1"
    REPUBLISHED = "C2"
    SECOND_HAND = "C3"
    MEMORY = "M"

    @property
    def word(self) -> Word:
        """Its words in the catalogue."""
        return Word(f"engine.certainty_{self.name.lower()}")


@dataclass(frozen=True)
class Forbidden:
    """Something that must not be assessed: its name, the words it shows by, the document, and since when.

    `certainty` is that of the document's rule, `since_certainty` that of the day.
    """

    code: str
    name: str
    words: tuple[re.Pattern[str], ...]
    source: str
    since: date
    certainty: Certainty
    since_certainty: Certainty


@dataclass(frozen=True)
class Context:
    """Which clauses exclude what they name, which turn that round, and which exclude what stood before them."""

    excluding: re.Pattern[str]
    reversing: re.Pattern[str]
    following: re.Pattern[str]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("forbidden.toml").read_text("utf-8"))


@cache
def forbidden_items() -> tuple[Forbidden, ...]:
    """Give the list kept beside this module."""
    return tuple(
        Forbidden(
            item["code"],
            item["name"],
            tuple(map(re.compile, item["words"])),
            item["source"],
            item["since"],
            Certainty(item["certainty"]["rule"]),
            Certainty(item["certainty"]["since"]),
        )
        for item in _data()["item"]
    )


@cache
def _context() -> Context:
    found = _data()["context"]
    return Context(
        re.compile("|".join(found["excluding"])),
        re.compile("|".join(found["reversing"])),
        re.compile(found["following"]),
    )


def mentions(text: str, item: Forbidden) -> str:
    """Give the words by which a text asks for a forbidden item; empty if it does not, or only to exclude it."""
    for sentence in _SENTENCE.findall(text):
        clauses = _clauses(sentence)
        for number, clause in enumerate(clauses):
            found = next((match.group() for word in item.words if (match := word.search(clause))), "")
            if found and not _excluded(clauses, number):
                return found
    return ""


def _clauses(sentence: str) -> list[str]:
    """Cut a sentence at its commas, colons and brackets; the mark stays with the clause before it."""
    starts = [0, *(mark.end() for mark in _CLAUSE.finditer(sentence)), len(sentence)]
    return [sentence[a:b] for a, b in pairwise(starts) if sentence[a:b].strip()]


def _excluded(clauses: list[str], number: int) -> bool:
    context = _context()
    clause = clauses[number]
    if context.reversing.search("".join(clauses[number : number + 2])):
        return False
    if context.excluding.search(clause):
        return True
    before = clauses[number - 1] if number else ""
    if _COLON.search(before) and context.excluding.search(before):
        return True
    after = clauses[number + 1] if number + 1 < len(clauses) else ""
    return bool(context.following.search(after))


def _texts(scheme: Scheme) -> Iterator[tuple[str, str, str, bool]]:
    """Give every text that says what is assessed: code, field path, text, and whether it is the name itself."""
    for indicator in scheme.indicators:
        at = f"indicators[{indicator.code}]"
        yield indicator.code, f"{at}.name", indicator.name, True
        yield indicator.code, f"{at}.definition", indicator.definition, False
        yield indicator.code, f"{at}.source", indicator.source, False
        for figure, name in indicator.figures.items():
            yield indicator.code, f"{at}.figures.{figure}", name, True
        for part in indicator.rule.parts():
            yield indicator.code, f"{at}.rule.parts[{part.code}].name", part.name, True
    for kind in ("bonuses", "deductions", "vetoes"):
        for adjustment in getattr(scheme, kind):
            at = f"{kind}[{adjustment.code}]"
            yield adjustment.code, f"{at}.name", adjustment.name, True
            yield adjustment.code, f"{at}.note", adjustment.note, False
    for node in scheme.nodes:
        yield node.code, f"nodes[{node.code}].name", node.name, True
        yield node.code, f"nodes[{node.code}].note", node.note, False


def lint_forbidden(scheme: Scheme, items: tuple[Forbidden, ...] | None = None) -> Iterator[Problem]:
    """Find items that must not be assessed; in a name an error, in a description a warning to look at the wording.

    An entry of the list holds for schemes in force on or after its date.
    """
    last = scheme.effective_to or date.max
    held = [item for item in (forbidden_items() if items is None else items) if item.since <= last]
    any_word = re.compile("|".join(f"(?:{word.pattern})" for item in held for word in item.words) or r"(?!)")
    for code, field, text, is_name in _texts(scheme):
        for item in held if any_word.search(text) else ():
            found = mentions(text, item)
            if found:
                params = {
                    "item": code,
                    "found": found,
                    "name": item.name,
                    "source": item.source,
                    "since": item.since.isoformat(),
                    "certainty": item.certainty.word,
                    "since_certainty": item.since_certainty.word,
                    "text": text[:60],
                }
                severity = Severity.ERROR if is_name else Severity.WARNING
                if is_name:
                    yield Problem("engine.lint_forbidden_item", params, Place(field=field), severity)
                else:
                    yield Problem("engine.lint_forbidden_wording", params, Place(field=field), severity)
                break
