"""Decide a text file's encoding, always the same way: byte order mark, then UTF-8, then GB 18030, then cp1252.

GB 18030 accepts nearly every byte sequence, so a Western file would decode as Chinese nonsense. The rule: in real
Chinese text nearly all two-byte characters lie in the GB 2312 plane (both bytes from A1 on), while an accented letter
of cp1252 is mostly followed by plain ASCII. At least `CHINESE_SHARE` of the characters beyond ASCII have to lie there.
"""

import codecs
from dataclasses import dataclass

CHINESE_SHARE = 0.8
"""Share of characters beyond ASCII that must lie in GB 2312 for a file to count as Chinese."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding it was read in; `certain` is false where the encoding was concluded from its bytes."""

    text: str
    encoding: str
    certain: bool


def decode(data: bytes) -> Decoded | None:
    """Decode a text file; None when no encoding fits."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as(data[len(mark) :], encoding, True)
    if b"\x00" in data:
        return _without_mark(data)
    return _as(data, "utf-8", True) or _chinese(data) or _as(data, "cp1252", False)


def _as(data: bytes, encoding: str, certain: bool) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding, certain)
    except UnicodeDecodeError:
        return None


def _without_mark(data: bytes) -> Decoded | None:
    """Read UTF-16 without a mark: commas, digits and line ends leave zero bytes on one side only."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 or not max(even, odd) > 20 * min(even, odd):
        return _as(data, "utf-8", True)
    return _as(data, "utf-16-le" if odd > even else "utf-16-be", False)


def _chinese(data: bytes) -> Decoded | None:
    decoded = _as(data, "gb18030", False)
    if decoded is None:
        return None
    wide = [sign for sign in decoded.text if sign > "\x7f"]
    common = sum(1 for sign in wide if _in_gb2312(sign))
    return decoded if common >= CHINESE_SHARE * len(wide) else None


def _in_gb2312(sign: str) -> bool:
    try:
        code = sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return code[0] <= 0xF7
