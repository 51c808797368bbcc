"""A row of the audit chain in words."""

import json

from baton.core.models import AuditRow
from baton.web.templatetags.words import page_language
from baton.words import text


def action_in_words(code: str) -> str:
    """Give the words of an action; the code itself where the catalogue no longer has it, or wants to be told more."""
    try:
        return text(code, page_language())
    except (KeyError, ValueError):
        return code


def row_in_words(row: AuditRow) -> str:
    """Say what was done, with what the row tells of it."""
    try:
        return text(row.action, page_language(), **row.detail)
    except (KeyError, ValueError, TypeError):
        return action_in_words(row.action)


def detail_of(row: AuditRow) -> str:
    """Give the detail as it stands in the chain, empty where there is none."""
    return json.dumps(row.detail, ensure_ascii=False, sort_keys=True) if row.detail else ""


def who(row: AuditRow) -> str:
    """Give the person's name, or the system's."""
    return row.by.name if row.by else text("services.the_system", page_language())
