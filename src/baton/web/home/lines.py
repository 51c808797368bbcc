"""The inbox as the page shows it: a sentence, where it is done, until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.urls import reverse

from baton.assessment.choices import Verb
from baton.assessment.models import SchemeVersion, SubmissionStep
from baton.assessment.queries.inbox import Do, ToDo
from baton.assessment.queries.working import works
from baton.core import clock
from baton.core.models import User
from baton.engine.adjust.items import items_of
from baton.org.models import Unit
from baton.web.countdown import Countdown, countdown
from baton.web.home.places import place_of
from baton.web.templatetags.results import period
from baton.web.templatetags.words import page_language
from baton.words import text

_FEW = 3
"""Reports to verify that are listed one by one; more are one line that leads to the desk."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do. `due` None: no day; `returned`: why a report came back, empty where it did not."""

    words: str
    address: str
    due: Countdown | None
    returned: str = ""


def lines_of(user: User, todos: Iterable[ToDo], mine: frozenset[int]) -> list[Line]:
    """Give the lines of a person's inbox; `mine` are the units whose own reports the person carries."""
    found = list(todos)
    codes = dict(
        Unit.objects.visible_to(user).filter(pk__in={one.unit_number for one in found}).values_list("pk", "code")
    )
    verified = _to_verify(found, mine)
    several = {key for key, count in verified.items() if count > _FEW}
    back, names, worked = _returned(found), _items(found), works()
    lines = [
        Line(
            words=text("reporting.do_verify", page_language(), period=period(month), title=title, count=verified[key]),
            address=reverse("verify-month", args=[month]),
            due=next((countdown(one.due, worked) for one in found if _key(one) == key and one.due), None),
        )
        for key in several
        for month, title in [key]
    ]
    for one in found:
        if one.do is Do.OWN_REPORT and one.unit_number not in mine and _key(one) in several:
            continue
        named = replace(one, title=names.get(one.title, one.title))
        due = countdown(one.due, worked) if one.due else None
        lines.append(Line(_words(named), place_of(one, codes), due, back.get(one.number, "") if _own(one) else ""))
    return sorted(lines, key=lambda line: (line.due is None, line.due.day if line.due else clock.today()))


def _own(one: ToDo) -> bool:
    return one.do is Do.OWN_REPORT


def _key(one: ToDo) -> tuple[str, str]:
    return (one.period, one.title) if _own(one) else ("", "")


def _to_verify(todos: list[ToDo], mine: frozenset[int]) -> dict[tuple[str, str], int]:
    """Count the reports of other units by month and indicator."""
    counts: dict[tuple[str, str], int] = {}
    for one in todos:
        if _own(one) and one.unit_number not in mine:
            counts[_key(one)] = counts.get(_key(one), 0) + 1
    return counts


def _words(one: ToDo) -> str:
    unit = one.unit or text("plans.verify_office", page_language())
    given = {"unit": unit, "period": period(one.period), "count": one.count, "title": one.title}
    return text(f"assessment.do_{one.do.value}", page_language(), **given)


def _returned(todos: list[ToDo]) -> Mapping[int, str]:
    """Give by report the reason for which it came back, where that was the last thing done with it."""
    numbers = [one.number for one in todos if _own(one)]
    if not numbers:
        return {}
    steps = SubmissionStep.objects.filter(submission__in=numbers).order_by("pk")
    last = {number: (verb, reason) for number, verb, reason in steps.values_list("submission", "verb", "reason")}
    return {number: reason for number, (verb, reason) in last.items() if verb == Verb.RETURN}


def _items(todos: list[ToDo]) -> Mapping[str, str]:
    """Give names of the items of the ledger by code, where any is named."""
    if not any(one.do in (Do.REPLY, Do.CLAIM, Do.ANNOUNCE, Do.CONFIRM) for one in todos):
        return {}
    version = SchemeVersion.objects.on(clock.today()).first()
    return {} if version is None else {code: item.name for code, (_, _, item) in items_of(version.scheme).items()}
