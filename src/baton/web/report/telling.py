"""What a grid says: the words of its script, messages at cells, figures that somebody else entered meanwhile."""

import json
from collections.abc import Iterable

from baton.assessment.queries.desk.cells import Grid, GridCell
from baton.assessment.queries.desk.typing import overtaken
from baton.assessment.rules.figures import Read
from baton.web.problems import by_field, shown
from baton.web.report.typed import seen_of
from baton.web.templatetags.words import page_language
from baton.words import Problem, text

_SCRIPT = {
    "saving": "reporting.saving",
    "saved": "reporting.saved",
    "offline": "reporting.offline",
}


def grid_words() -> str:
    """Give the words of the grid's script."""
    language = page_language()
    words = {name: text(code, language) for name, code in _SCRIPT.items()}
    # These are filled in by the script, which knows the count.
    words["undone"] = text("reporting.undone", language, count="{count}")
    words["outside"] = text("reporting.outside", language, count="{count}")
    words["recalled"] = text("reporting.recalled", language, count="{count}")
    return json.dumps(words, ensure_ascii=False)


def overtaken_problems(cells: Iterable[GridCell]) -> list[Problem]:
    """Say of each cell what somebody else entered and what this person typed."""
    found = []
    for cell in cells:
        read = cell.read
        problem = overtaken(cell.figure, seen_of(cell), read) if isinstance(read, Read) else None
        if problem is not None:
            found.append(Problem(problem.code, problem.params, cell.place))
    return found


def cell_messages(grid: Grid, problems: Iterable[Problem]) -> dict[str, str]:
    """Give the message of each cell: what a form was refused for, else what its draft says."""
    drafts = [cell.read for cell in grid.cells if isinstance(cell.read, Problem)]
    late = overtaken_problems(cell for cell in grid.cells if cell.overtaken)
    return by_field(shown([*problems, *(one for one in drafts if isinstance(one, Problem)), *late]))
