"""What the fields of the scheme language are called in a scheme workbook: its sheets and headings."""

from collections.abc import Mapping
from functools import cache

from baton.sheets.scheme_book.layout import BASICS, TABS, Form, Tab


def terms_at(field: str) -> Mapping[str, str]:
    """Name sheets and headings by field, as codes of the catalogue: those of the field's own sheet before all others.

    `field` is a path such as `indicators[M01].hooks`; gives `{"hooks": "vocabulary.heading_hooks", ...}`.
    """
    part = field.partition("[")[0]
    return _terms(next((tab for tab in TABS if ".".join(tab.route) == part), BASICS))


@cache
def _terms(own: Tab) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for tab in (own, BASICS, *TABS):
        for field in tab.fields:
            if field.form is not Form.OPTIONS:
                found.setdefault(".".join(field.route), f"vocabulary.heading_{field.heading}")
    return found | {".".join(tab.route): f"vocabulary.sheet_{tab.name}" for tab in TABS}
