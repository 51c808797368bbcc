"""Problems of a workbook as its trial lists them: sheet, cell, what stands there, what is allowed."""

from collections.abc import Iterable
from dataclasses import dataclass

from baton.web.templatetags.words import page_language
from baton.words import Problem, Severity, render, text

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}


@dataclass(frozen=True, slots=True)
class Line:
    """One problem: its severity, place, the value that stands there, what is wrong, and how to mend it.

    Of a text `cell` is the line.
    """

    severity: str
    sheet: str
    cell: str
    given: str
    what: str
    mend: str


def lines_of(problems: Iterable[Problem]) -> list[Line]:
    """Give the problems of a trial in the language of the page, errors first."""
    found = []
    for problem in sorted(problems, key=lambda one: _ORDER[one.severity]):
        sentence = render(problem, page_language())
        place, given = problem.place, problem.params.get("given", "")
        cell = place.cell or (text("reporting.text_line", page_language(), line=place.line) if place.line else "")
        found.append(Line(problem.severity.value, place.sheet, cell, str(given), sentence.what, sentence.mend))
    return found
