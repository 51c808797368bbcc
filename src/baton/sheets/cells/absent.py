"""Cells that hold no figure, each with its kind: none of them is zero."""

from enum import StrEnum

from baton.sheets.cells.text import close


class Absent(StrEnum):
    """Why a cell has no figure: left empty, marked as none, marked as not applicable, or marked as lacking."""

    BLANK = "blank"
    NONE = "none"
    NOT_APPLICABLE = "not_applicable"
    LACKING = "lacking"


_MARKS = {
    Absent.NONE: "- -- --- – — —— ——— ─ ― / // \\ 无 没有 nil none",
    Absent.NOT_APPLICABLE: "不适用 不涉及 不考核 n/a na n.a.",
    Absent.LACKING: "缺 缺失 缺报 暂缺 暂无 未报 未上报 待定 待报 null missing",
}
_KINDS = {mark: kind for kind, marks in _MARKS.items() for mark in marks.split()} | {"": Absent.BLANK}


def absent(text: str) -> Absent | None:
    """Tell which kind of "no figure" a text stands for; None when it stands for something else."""
    return _KINDS.get(close(text)) if len(text) < 12 or not text.strip() else None
