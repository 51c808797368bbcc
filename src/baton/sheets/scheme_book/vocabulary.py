"""The words of the scheme language as people read and write them, in both languages, and back."""

from functools import cache

from baton.words import Language, text


def heading(name: str, language: Language) -> str:
    """Give the heading of a column."""
    return text(f"vocabulary.heading_{name}", language)


def hint(name: str, language: Language) -> str:
    """Give the note on a heading; empty where the heading says it all."""
    try:
        return text(f"vocabulary.hint_{name}", language)
    except KeyError:
        return ""


def tab_name(name: str, language: Language) -> str:
    """Give the name of a sheet."""
    return text(f"vocabulary.sheet_{name}", language)


def word(vocabulary: str, value: str, language: Language) -> str:
    """Give the word for a value of a vocabulary of the scheme language."""
    return text(f"vocabulary.word_{vocabulary}_{value}", language)


@cache
def meanings(vocabulary: str, values: tuple[str, ...]) -> dict[str, str]:
    """Map what may stand in a cell to the value it means: words of both languages and the values themselves."""
    found = {value: value for value in values}
    for language in Language:
        found |= {word(vocabulary, value, language).casefold(): value for value in values}
    return found


def truth(value: bool, language: Language) -> str:
    """Give the word for yes or no."""
    return text("vocabulary.word_truth_yes" if value else "vocabulary.word_truth_no", language)


def nothing(language: Language) -> str:
    """Give the word that stands for `none` where an empty cell means the default."""
    return text("vocabulary.word_none", language)
