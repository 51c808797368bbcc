"""The style sheet compiles without Node, and an old Chromium understands it."""

import re
from pathlib import Path

from baton.web.styles.compile import compile_styles


def outside_supports(sheet: str) -> str:
    """Take the blocks of @supports out of a style sheet."""
    while start := re.search(r"@supports[^{]*\{", sheet):
        depth, at = 1, start.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(sheet[at], 0)
            at += 1
        sheet = sheet[: start.start()] + sheet[at:]
    return sheet


def test_the_sheet_is_made_for_chromium_100(tmp_path: Path) -> None:
    sheet = outside_supports(compile_styles(tmp_path).read_text("utf-8"))
    assert ".menu-link" in sheet
    assert not re.findall(r"oklch|color-mix|oklab", sheet)
    assert not re.findall(r"&[:\s.\[>]", sheet), "nesting"
    assert [path.name for path in tmp_path.iterdir()] == ["baton.css"]
