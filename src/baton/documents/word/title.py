"""Breaking a long title into lines of like length, at places where its sense allows (GB/T 9704-2012, 7.3.1)."""

from functools import cache
from typing import Final

from baton.documents.measure import ems

_GOOD_AFTER: Final = ("关于", "的", "和", "与", "及", "暨", "、", "，", "）", "》", "”", "年度", "印发")
_GOOD_BEFORE: Final = ("（", "《", "“", "关于", "考核结果", "工作")
_BAD_BEFORE: Final = frozenset("的、，。；：！？）》”年月日号度等")
_BAD_AFTER: Final = frozenset("（《“第")
_PRICE_OF_WORD: Final = 9.0
_NEVER: Final = 1e6


def broken(title: str, room: float) -> str:
    """Break a title, given the room of a line in em, into as few lines as it needs; given newlines are kept.

    Lines are chosen so that the sum of squared differences from their mean length, plus a price for every break that
    is not at a natural place, is least. Digits and Latin words are never broken.
    """
    if "\n" in title or ems(title) <= room:
        return title
    count = -int(-ems(title) // room)
    while count < len(title):
        lines = _best(title, count, room)
        if lines:
            return "\n".join(lines)
        count += 1
    return title


def _best(title: str, count: int, room: float) -> tuple[str, ...]:
    mean = ems(title) / count

    @cache
    def rest(start: int, lines: int) -> tuple[float, tuple[str, ...]]:
        tail = title[start:]
        if lines == 1:
            return ((ems(tail) - mean) ** 2, (tail,)) if ems(tail) <= room else (_NEVER, ())
        choices: list[tuple[float, tuple[str, ...]]] = [(_NEVER, ())]
        for end in range(start + 1, len(title)):
            line = title[start:end]
            if ems(line) > room:
                break
            cost, following = rest(end, lines - 1)
            if following and (price := _price(title, end)) < _NEVER:
                choices.append(((ems(line) - mean) ** 2 + price + cost, (line, *following)))
        return min(choices, key=lambda choice: choice[0])

    return rest(0, count)[1]


def _price(title: str, end: int) -> float:
    before, after = title[:end], title[end:]
    latin = before[-1].isascii() and before[-1].isalnum() and after[0].isascii() and after[0].isalnum()
    if latin or after[0] in _BAD_BEFORE or before[-1] in _BAD_AFTER:
        return _NEVER
    return 0.0 if before.endswith(_GOOD_AFTER) or after.startswith(_GOOD_BEFORE) else _PRICE_OF_WORD
