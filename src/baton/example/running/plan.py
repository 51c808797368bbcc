"""The scheme of the year in progress: that of the year before with new dates."""

from functools import cache

from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import from_yaml
from baton.example.yundu import scheme_text

YEAR = 2026
MERGED = "D39"
"""县公路建设养护中心, merged into 县交通运输局 (D29) on 2026-07-01; the scheme says so too."""
_RENEWED = (
    ("YUNDU-2025", "YUNDU-2026"),
    ("2025年", "2026年"),
    ("〔2025〕", "〔2026〕"),
    ("effective_from: 2025-01-01", "effective_from: 2026-01-01"),
    ("effective_to: 2025-12-31", "effective_to: 2026-12-31"),
)


def text_of_2026() -> str:
    """Give 云渡县2026年度考核方案 as YAML."""
    text = scheme_text()
    for before, after in _RENEWED:
        text = text.replace(before, after)
    return text


@cache
def scheme_of_2026() -> Scheme:
    """Give the same as a scheme."""
    (only,) = from_yaml(text_of_2026(), "yundu-2026.yaml")
    return only
