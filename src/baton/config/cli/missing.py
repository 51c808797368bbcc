"""Missing figures for people: a line for each lead department and indicator, so that one sees whom to ring."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from baton.words import Language, Problem, text

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Line:
    """What the terminal says in one line, and how many problems it stands for."""

    problem: Problem
    stands_for: int = 1


def gathered(problems: Iterable[Problem], language: Language | str) -> list[Line]:
    """Gather required figures that are missing by lead department, then indicator; they follow all other problems.

    A figure that is alone in its line keeps its own sentence.
    """
    others: list[Line] = []
    leads: dict[str, dict[object, list[Problem]]] = {}
    for problem in problems:
        if problem.code == "engine.figure_required":
            of_lead = leads.setdefault(str(problem.params["lead"]), {})
            of_lead.setdefault(problem.params["indicator"], []).append(problem)
        else:
            others.append(Line(problem))
    found = [many for of_lead in leads.values() for many in of_lead.values()]
    return others + [Line(many[0] if len(many) == 1 else _together(many, language), len(many)) for many in found]


def _together(problems: Sequence[Problem], language: Language | str) -> Problem:
    """Say several missing figures of one indicator at once."""
    lead, indicator = problems[0].params["lead"], problems[0].params["indicator"]
    units = dict.fromkeys(str(problem.params["unit"]) for problem in problems)
    periods = sorted({str(problem.params["period"]) for problem in problems})
    params = {
        "lead": lead,
        "indicator": indicator,
        "count": len(problems),
        "unit_count": len(units),
        "units": _named(list(units), language),
        "period_count": len(periods),
        "periods": _named(periods, language),
    }
    return Problem("config.figures_required", params)


def _named(names: Sequence[str], language: Language | str) -> str:
    """Name the first few; a word says that there are more."""
    shown = text("config.list_comma", language).join(names[:MOST_NAMED])
    return shown if len(names) <= MOST_NAMED else text("config.list_and_more", language, names=shown)
