"""Numbers of headings after GB/T 9704-2012, 7.3.3: 一、 （一） 1. （1）; in English 1  1.1  1.1.1  1.1.1.1."""

from baton.words import Language

_DIGITS = "零一二三四五六七八九"
_TEN = 10


def chinese(number: int) -> str:
    """Write 1 to 99 in Chinese numerals (12: 十二, 20: 二十); ValueError outside."""
    if not 1 <= number < _TEN * _TEN:
        raise ValueError(number)
    tens, ones = divmod(number, _TEN)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


class Counter:
    """Counts headings level by level; a heading of a level begins the levels below it anew."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._counts = [0, 0, 0, 0]

    def next(self, level: int) -> str:
        """Give the number of the next heading of `level` (1 to 4), with its punctuation."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (len(self._counts) - level)
        number = self._counts[level - 1]
        if self._language is Language.ENGLISH:
            return ".".join(str(count or 1) for count in self._counts[:level]) + " "
        return (f"{chinese(number)}、", f"（{chinese(number)}）", f"{number}. ", f"（{number}）")[level - 1]
