"""The units of the example county: one root, and below it the 85 units of the scheme with two former ones."""

from baton.core.acting import SYSTEM, Actor
from baton.example.yundu import scheme_text
from baton.org.actions.imports import take_import, try_import
from baton.org.actions.units import add_unit
from baton.org.choices import ImportKind
from baton.org.models import Unit

ROOT = "YD"
"""The county's own code."""


def load_units(*, by: Actor = SYSTEM) -> int:
    """Write the county's units down, as an office would: from its scheme; tells how many there are.

    What is there already stays as it is, so that it may be loaded twice.
    """
    if not Unit.objects.filter(code=ROOT).exists():
        add_unit(code=ROOT, name="云渡县", kind="县", by=by)
    name = "yundu.yaml"
    tried = try_import(kind=ImportKind.UNITS, content=scheme_text().encode(), file_name=name, by=by)
    if tried.changes:
        take_import(imported=tried, by=by)
    return Unit.objects.count()
