"""How words become what an index holds: single Chinese characters and pairs of neighbours, other words as they are.

Chinese is written without spaces and most of its words have two characters, so pairs find them; no dictionary is
needed, and a place name is found as well as a word. (SQLite's own trigram index finds nothing of two characters.)
"""

import re
import unicodedata

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_LONGEST = 64
_MOST_TERMS = 32


def normal(words: str) -> str:
    """Write words in one way: full-width digits and letters as plain ones, capitals small, one blank between."""
    return " ".join(unicodedata.normalize("NFKC", words).lower().split())


def runs(words: str) -> list[str]:
    """Cut words into runs of Chinese characters and other words, in order."""
    return [run[:_LONGEST] for run in _RUN.findall(normal(words))]


def grams(words: str) -> list[str]:
    """Give what is put into the index for a text, each once, in order."""
    found: dict[str, None] = {}
    for run in _RUN.findall(normal(words)):
        if _is_han(run):
            found |= dict.fromkeys([*run, *pairs(run)])
        else:
            found[run[:_LONGEST]] = None
    return list(found)


def terms(words: str) -> list[tuple[str, bool]]:
    """Give what is looked up for a question, all of which must be there; True: it may go on (`lin` finds `linxia`)."""
    found: dict[tuple[str, bool], None] = {}
    for run in runs(words):
        if not _is_han(run):
            found[run, True] = None
        else:
            found |= dict.fromkeys((gram, False) for gram in (pairs(run) or [run]))
    return list(found)[:_MOST_TERMS]


def pairs(run: str) -> list[str]:
    """Give each two neighbours."""
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _is_han(run: str) -> bool:
    return bool(re.match(rf"[{_HAN}]", run))
