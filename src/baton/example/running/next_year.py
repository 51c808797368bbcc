"""The scheme of the year after, just begun: what is lived by next, and a hard task that nobody carries yet."""

from baton.assessment.actions.scheme_drafts import add_line, begin_for_year
from baton.assessment.models import SchemeVersion
from baton.core.acting import Actor

_HARD = {
    "code": "main-housing",
    "name": "化解历史遗留问题楼盘",
    "kind": "main_line",
    "document": "云委发〔2026〕31号（虚构文号）",
    "lead": "D30",
}


def begin_next_year(by: Actor, year: int) -> None:
    """Begin the scheme of a year with that of the year before; a new main-line task waits for an indicator."""
    version = SchemeVersion.objects.yearly().filter(year=year - 1).first()
    if version is not None:
        draft = begin_for_year(by=by, version=version.pk, year=year)
        add_line(by=by, draft=draft.pk, section="tasks", line=_HARD)
