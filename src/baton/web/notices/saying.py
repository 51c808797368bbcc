"""A notice in the language of the page."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from baton.core import clock
from baton.core.models import Notice
from baton.web.templatetags.words import page_language
from baton.words import Problem, Word, render, text


@dataclass(frozen=True, slots=True)
class Said:
    """A notice as the page shows it; `due` is empty where there is no date."""

    notice: Notice
    words: str
    due: str
    overdue: bool


def said(notice: Notice) -> Said:
    """Say a notice; one whose sentence the house no longer has shows its code."""
    due, overdue = "", False
    if notice.due is not None:
        overdue = notice.due < clock.now()
        code = "services.notice_overdue" if overdue else "services.notice_due"
        due = text(code, page_language(), moment=timezone.localtime(notice.due).strftime("%Y-%m-%d %H:%M"))
    return Said(notice, _words(notice), due, overdue)


def _words(notice: Notice) -> str:
    params = {name: _param(value) for name, value in notice.params.items()}
    try:
        return render(Problem(notice.code, params), page_language()).what.strip()
    except KeyError:
        return notice.code


def _param(value: Any) -> Any:
    return Word(value["word"]) if isinstance(value, dict) and set(value) == {"word"} else value
