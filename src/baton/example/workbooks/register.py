"""The register of receipts: when each workbook was due and when it came."""

import csv
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from io import StringIO

from baton.engine.scheme.model import Scheme
from baton.example.figures.draw import Draw
from baton.example.workbooks.files import CORRECTION, File
from baton.example.workbooks.planted import Kind

NAME = "收件登记.csv"
HEADS = ("文件名", "报送单位", "应报日期", "收到时间", "说明")
MONTHLY_DAY, STATISTICS_DAY, YEARLY_DAY = 5, 22, 20
"""Days on which monthly, statistical and annual figures are due (§5 of the county's page)."""
_STATISTICS = ("固定资产投资", "规上工业增加值")
_SETTLED = date(2026, 2, 20)


def register_text(files: Iterable[File], scheme: Scheme, seed: int) -> str:
    """Write the register as CSV text; a workbook that never came has no time of receipt."""
    names = {unit.code: unit.name for unit in scheme.units}
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(HEADS)
    for one in files:
        due = _due(one)
        kinds = {planted.kind for planted in one.planted}
        note = (
            "未报" if one.data is None else "迟报" if Kind.LATE in kinds else CORRECTION if _is_correction(one) else ""
        )
        writer.writerow([one.path, names[one.who], due.isoformat(), _received(one, due, kinds, seed), note])
    return buffer.getvalue()


def _is_correction(one: File) -> bool:
    return f"_{CORRECTION}" in one.path


def _due(one: File) -> date:
    if "核定数" in one.path:
        return _SETTLED
    year, _, rest = one.period.partition("-")
    last = 12 if not rest else int(rest[1:]) * 3 if rest.startswith("Q") else int(rest)
    day = YEARLY_DAY if not rest else STATISTICS_DAY if any(word in one.path for word in _STATISTICS) else MONTHLY_DAY
    return date(int(year) + last // 12, last % 12 + 1, day)


def _received(one: File, due: date, kinds: set[Kind], seed: int) -> str:
    if one.data is None:
        return ""
    draw = Draw(seed, "received", one.path)
    days = draw.whole(1, 5) if Kind.LATE in kinds else draw.whole(6, 12) if _is_correction(one) else -draw.whole(0, 3)
    moment = datetime.combine(due, datetime.min.time()) + timedelta(days=days, minutes=draw.whole(8 * 60, 18 * 60))
    return moment.isoformat(sep=" ", timespec="minutes")
