"""Render a problem or a label in Chinese or English from the TOML files beside this module.

A file per area; an entry is `[name]` with `zh` and `en`, and for problems `mend_zh` and `mend_en`:
how to put it right. Placeholders are `{name}` of the problem's parameters.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import cast

from baton.words.problem import Problem, Word

type Entry = Mapping[str, str]

_IDENTIFIER = re.compile(r"(?<![A-Za-z0-9_.{/])[a-z][a-z_.]*[a-z](?![A-Za-z0-9_}/])")
"""A word of the scheme language in a sentence, not a placeholder and not a part of a path."""


class Language(StrEnum):
    """The two languages of the catalogue."""

    CHINESE = "zh"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A rendered problem: what is wrong, and how to mend it (empty if the catalogue does not say)."""

    what: str
    mend: str


@cache
def _area(area: str) -> Mapping[str, Entry]:
    source = files(__name__).joinpath(f"{area}.toml")
    return cast("Mapping[str, Entry]", tomllib.loads(source.read_text("utf-8")))


def text(code: str, language: Language | str = Language.CHINESE, **params: object) -> str:
    """Give the words of `code` (`area.name`) in a language; raises KeyError for a code the catalogue lacks."""
    area, _, name = code.partition(".")
    return _area(area)[name][str(language)].format_map(params)


def render(problem: Problem, language: Language | str = Language.CHINESE) -> Sentence:
    """Render a problem: its sentence and its mend; raises KeyError for a code the catalogue lacks."""
    area, _, name = problem.code.partition(".")
    entry = _area(area)[name]
    mend = _in_terms(entry.get(f"mend_{language}", ""), problem.terms, language)
    params = {
        name: text(value, language) if isinstance(value, Word) else value for name, value in problem.params.items()
    }
    return Sentence(entry[str(language)].format_map(params), mend.format_map(params))


def _in_terms(sentence: str, terms: Mapping[str, str], language: Language | str) -> str:
    """Call words of the scheme language by other names; in English only those that are no plain words (`at_least`)."""

    def called(match: re.Match[str]) -> str:
        word = match[0]
        if word not in terms or (language == Language.ENGLISH and not {"_", "."} & set(word)):
            return word
        name = text(terms[word], language)
        return f"{edge}“{name}”{edge}"

    # Chinese has no blank beside a quotation mark, where a Latin word stood between blanks.
    edge = "\0"
    return re.sub(f" ?{edge} ?" if language == Language.CHINESE else edge, "", _IDENTIFIER.sub(called, sentence))
