"""The page on the API names every call, and none that is not there."""

import re
from pathlib import Path

from baton.api.house import api

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "api.md"


def test_the_page_names_every_call() -> None:
    described = api.get_openapi_schema(path_prefix="")["paths"]
    calls = {f"{method.upper()} {path}" for path, methods in described.items() for method in methods}
    assert set(re.findall(r"^\| `((?:GET|POST) /[^`]+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)) == calls
