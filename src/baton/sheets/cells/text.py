"""Text as people type it, brought to one form: full-width signs, odd blanks, Chinese minus signs."""

from functools import lru_cache

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SIGNS = {
    "\u2212": "-",
    "\ufe63": "-",
    "\u2010": "-",
    "\u2011": "-",
    "\u3000": " ",
    "\u00a0": " ",
    "\t": " ",
    "\n": " ",
}
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u2060\r"))
_TABLE = str.maketrans({**{chr(a): chr(b) for a, b in _FULL_WIDTH.items()}, **_SIGNS}) | _NOTHING
_ZEROS = str.maketrans({"零": "〇", "○": "〇", "Ｏ": "〇"})
_DIGITS = "〇一二三四五六七八九"


def plain(text: str) -> str:
    """Give the text with half-width signs and without outer blanks.

    Only signs of the same shape are exchanged. Unicode's own compatibility form (NFKC) is not used: it would make
    39² into 392 and ① into 1.
    """
    if text.isascii():
        return text.strip()
    return text.translate(_TABLE).strip()


@lru_cache(maxsize=1 << 15)
def close(text: str) -> str:
    """Give the text as names and headers are compared: `plain`, lower case, without any blank inside."""
    return "".join(plain(text).lower().split())


def chinese_digits(text: str) -> str:
    """Give the text with Chinese numerals up to 99 and digit by digit (二〇二二年三月) written in Arabic digits."""
    text = text.translate(_ZEROS)
    result = ""
    run = ""
    for sign in text + " ":
        if sign in _DIGITS or sign == "十":
            run += sign
            continue
        result += _number(run) + sign
        run = ""
    return result[:-1]


def _number(run: str) -> str:
    if "十" not in run:
        return "".join(str(_DIGITS.index(sign)) for sign in run)
    tens, _, ones = run.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return run
    return str((_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0))
