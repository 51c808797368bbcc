"""Villages and communities (村、社区) of the example county, some below each township; a township's own offices."""

from importlib import resources

from baton.core.acting import SYSTEM, Actor
from baton.org.actions.imports import take_import, try_import
from baton.org.choices import ImportKind
from baton.org.models import Unit

_FILE = "villages.csv"


def load_villages(*, by: Actor = SYSTEM) -> int:
    """Write them down below their townships (`load_units`), by the workbook of units that an office would use.

    Tells how many there are. What is there already stays as it is, so that it may be loaded twice.
    """
    content = resources.files("baton.example.county").joinpath(_FILE).read_bytes()
    tried = try_import(kind=ImportKind.UNITS, content=content, file_name=_FILE, by=by)
    if tried.changes:
        take_import(imported=tried, by=by)
    return Unit.objects.filter(parent__parent__isnull=False).count()
