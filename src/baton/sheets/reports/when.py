"""Which period a table is about: looked for in the lines above it, the sheet's name and the file's name."""

import re
from collections.abc import Iterable, Iterator

from baton.engine.terms import Frequency
from baton.sheets.cells import Grain, read_period
from baton.sheets.cells.text import chinese_digits, close
from baton.sheets.forms import Field, grain_of
from baton.words import Place, Problem

EXAMPLES = {Frequency.MONTH: "2025-06", Frequency.QUARTER: "2025-Q2", Frequency.YEAR: "2025"}
"""A period of each length, for people."""
_CUMULATIVE = re.compile(r"(\d{4})年?(?:度)?1月?[-—–~至到](\d{1,2})月")
_YEARS_DAYS = re.compile(r"\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?")
_WRITTEN = re.compile(
    r"\d{4}年度?第?[1-4一二三四]季度?|\d{4}[-. ]?[qQ][1-4]|\d{4}年度?\d{1,2}月|(?<!\d)\d{4}[-./]\d{2}(?![-./\d])"
    r"|(?<!\d)(?:19|20)\d{4}(?!\d)|\d{4}年(?:度|全年)?|(?<![\d〔\[(])(?:19|20)\d\d(?![\d〕\])号])"
)
_NUMBER_OF_DOCUMENT = re.compile(r"[〔\[(（]\d{4}[〕\])）]\d*号?")


def periods_in(text: str, grain: Frequency) -> Iterator[str]:
    """Find the periods of one length that a text names; 1—6月 is what is reported for June. Days are no periods."""
    plain = _YEARS_DAYS.sub(" ", _NUMBER_OF_DOCUMENT.sub(" ", chinese_digits(close(text))))
    plain = _CUMULATIVE.sub(lambda match: f"{match[1]}年{match[2]}月 ", plain)
    for written in _WRITTEN.findall(plain):
        found = read_period(written, Grain(grain.value))
        if isinstance(found, str):
            yield found


def period_of(sources: Iterable[tuple[str, Iterable[str]]], grain: Frequency, place: Place) -> str | Problem:
    """Find the one period that all sources name; a source that names none is passed over.

    `sources`: how a source is called in words, and its texts.
    """
    found: dict[str, str] = {}
    for name, lines in sources:
        for line in lines:
            for period in periods_in(line, grain):
                found.setdefault(period, f"{name}：{line.strip()[:40]}")
    if len(found) == 1:
        return next(iter(found))
    if not found:
        return Problem("sheets.no_period", {"example": EXAMPLES[grain]}, place)
    listed = "；".join(f"{period}（{where}）" for period, where in sorted(found.items()))
    return Problem("sheets.period_contradicts", {"found": listed}, place)


def for_field(field: Field, period: str, place: Place) -> str | Problem:
    """Give the period under which a field is held when it stands in a table about `period`.

    An annual figure in a monthly table belongs to the year; a quarterly one to the quarter that the month ends.
    """
    given = grain_of(period)
    if given is field.frequency:
        return period
    if field.frequency is Frequency.YEAR:
        return period[:4]
    if field.frequency is Frequency.QUARTER and given is Frequency.MONTH and int(period[5:]) % 3 == 0:
        return f"{period[:4]}-Q{int(period[5:]) // 3}"
    params = {"field": field.name, "period": period, "example": EXAMPLES[field.frequency]}
    return Problem("sheets.period_not_of_field", params, place)
