"""What the scheme language says of a field of a line, placed at the field of the form."""

from collections.abc import Iterable, Mapping

from baton.sheets.line_form import at_field, options_of
from baton.sheets.line_form.labels import terms_of
from baton.sheets.scheme_book.terms import terms_at
from baton.words import Place, Problem

_ALWAYS = ("code", "hooks", "units", "points", "rule-kind", "value-kind", "document", "basis", "kind")


def at_fields(problems: Iterable[Problem], given: Mapping[str, str], posted: Mapping[str, object]) -> list[Problem]:
    """Place problems at fields, and let them call options as the form does."""
    known = {*_ALWAYS, *given, *posted}
    options = [
        option
        for vocabulary in ("rule", "value")
        for option in options_of(vocabulary, given.get(f"{vocabulary}-kind", "")) or ()
    ]
    known |= {option.name for option in options}
    return [_placed(one, known, terms_of(options)) for one in problems]


def _placed(problem: Problem, known: set[str], terms: Mapping[str, str]) -> Problem:
    path = problem.place.field
    if problem.code == "workshop.code_taken":
        field = "code"
    elif "]" in path:
        field = at_field(path.partition("].")[2], known)
    else:
        field = path
    # A line, and not its part, is named by no field.
    called = {**terms_at(path), **terms} if "]" in path else problem.terms
    return Problem(problem.code, problem.params, Place(field=field), problem.severity, called)
