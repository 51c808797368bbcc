"""What a file's name says: which version of a report it is."""

import re
from pathlib import PurePath


def stem_of(name: str) -> str:
    """Give a file name without folder and ending."""
    return PurePath(name.replace("\\", "/")).stem


def version_of(name: str, mark: str) -> int:
    """Give the version that a file name claims: 0 a first report, `_更正` 1, `_更正2` 2, `第2版` 1, `第3版` 2."""
    stem = stem_of(name)
    edition = re.search(r"第(\d{1,2})版", stem)
    if edition:
        return max(0, int(edition[1]) - 1)
    corrected = re.search(rf"[_（(\-\s]?{re.escape(mark)}(?:稿|表|版)?(\d{{0,2}})[）)]?\Z", stem) if mark else None
    return int(corrected[1] or 1) if corrected else 0
