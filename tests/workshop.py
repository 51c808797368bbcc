"""Schemes that are being made in the small county, for tests of the workshop."""

from baton.assessment.actions.scheme_drafts import begin_for_year, save_file
from baton.assessment.models import DraftRevision, SchemeDraft, SchemeVersion
from baton.assessment.rules.scheme_edits import with_line, with_new_line
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import from_yaml
from county import SCHEME, County

TASKS = (
    {"code": "main-1", "name": "工业强县", "kind": "main_line", "document": "县委发〔2026〕1号"},
    {"code": "up-1", "name": "市对县考核", "kind": "higher_assessment"},
)


def on_tasks(scheme: Scheme, codes: tuple[str, ...] = ("M01", "M02", "M03")) -> Scheme:
    """Hang indicators of the small county's scheme on tasks, so that nothing stands against publishing it."""
    for task in TASKS:
        scheme = with_new_line(scheme, "tasks", task)
    for code in codes:
        scheme = with_line(scheme, "indicators", code, {"hooks": ["main-1" if code == "M01" else "up-1"]})
    return scheme


def whole() -> Scheme:
    """The small county's scheme with its indicators hung on tasks."""
    return on_tasks(from_yaml(SCHEME, "")[0])


def hung(county: County) -> SchemeDraft:
    """A draft for 2027 that nothing stands against, in its second revision."""
    version = SchemeVersion.objects.order_by("pk")[0]
    row = begin_for_year(by=county.by("office"), version=version.pk, year=2027)
    scheme = on_tasks(DraftRevision.objects.get(draft=row).scheme)
    save_file(by=county.by("office"), draft=row.pk, seen=1, scheme=scheme)
    row.refresh_from_db()
    return row
