"""Problems on a page: a summary on top with links to the fields, and each message at its field."""

from collections.abc import Iterable
from dataclasses import dataclass

from baton.web.templatetags.words import page_language
from baton.words import Problem, render


@dataclass(frozen=True, slots=True)
class Shown:
    """A problem in the language of the page; `field` is the id of the field it belongs to, empty for none."""

    field: str
    what: str
    mend: str


def shown(problems: Iterable[Problem]) -> list[Shown]:
    """Render problems for `web/problems.html`."""
    found = []
    for problem in problems:
        sentence = render(problem, page_language())
        found.append(Shown(problem.place.field, sentence.what, sentence.mend))
    return found


def by_field(problems: Iterable[Shown]) -> dict[str, str]:
    """Give the first message of each field."""
    messages: dict[str, str] = {}
    for one in problems:
        messages.setdefault(one.field, one.what)
    return messages
