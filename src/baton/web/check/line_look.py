"""What a line of a unit's sheet looks like, and what is written there: what its template asks, what is filled in."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.defaultfilters import date as written_date
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from baton.assessment.queries.office.check import CheckSheet, Line
from baton.web.stencil import Stencil

_VALUE = ("said", "measure", "before")
_LINE = (
    *_VALUE,
    "indicator",
    "name",
    "said_before",
    "reporter",
    "at",
    "until",
    "contests",
    "withdraw_at",
    "contest_at",
)
_NONE = "—"


def written_value(line: Line) -> SafeString:
    """Give the figure of a line as it stands in a page."""
    return Stencil("web/check/value.html", _VALUE, {}).filled(_value_look(line), _value(line))


def written_lines(request: HttpRequest, sheet: CheckSheet, *, may_contest: bool) -> Iterator[SafeString]:
    """Give each line of a sheet as it stands in the page."""
    open_until = sheet.open_until
    given = {"may_contest": may_contest, "open_until": open_until, "csrf_token": get_token(request)}
    stencil = Stencil("web/check/line.html", _LINE, given)
    for line in sheet.lines:
        look = {
            **_value_look(line),
            "reported": line.asked.duty.reporter is not None,
            "contested": line.contested,
        }
        yield stencil.filled(look, _values(line, sheet))


def _value_look(line: Line) -> dict[str, Any]:
    figure = line.asked.figure
    return {
        "there": figure is not None,
        "measured": bool(figure is not None and figure.value and line.asked.field.unit),
        "early": figure is not None and figure.preliminary,
        "corrected": line.corrected is not None,
    }


def _value(line: Line) -> dict[str, str]:
    return {"said": line.said or _NONE, "measure": line.asked.field.unit, "before": line.corrected or _NONE}


def _values(line: Line, sheet: CheckSheet) -> dict[str, str]:
    asked, contest = line.asked, line.contest
    figure, reporter = asked.figure, asked.duty.reporter
    at = [sheet.month.period, sheet.unit.code]
    return {
        **_value(line),
        "indicator": asked.field.indicator.name,
        "name": asked.field.name,
        "said_before": line.said_before or _NONE,
        "reporter": "" if reporter is None else reporter.name,
        "at": "" if figure is None else written_date(localtime(figure.batch.at), "m-d H:i"),
        "until": _NONE if line.until is None else line.until.closes.isoformat(),
        "contests": render_to_string("web/check/said.html", {"line": line}) if line.contests else "",
        "withdraw_at": reverse("contest-withdraw", args=[contest.pk]) if contest is not None else "",
        "contest_at": "" if figure is None else reverse("contest", args=[*at, figure.pk]),
    }
