"""A scheme begun with an office's own table of indicators; how the table was understood is kept for next time."""

from baton.assessment.actions.below.doors import require_office
from baton.assessment.models import TableMapping
from baton.core import clock
from baton.core.acting import Actor, acting
from baton.sheets.scheme_table import read_scheme_table_mapping
from baton.words import Place, Problem, Refused

_LONGEST = 100


def keep_table_mapping(*, by: Actor, name: str, text: str) -> TableMapping:
    """Keep a mapping file under a name; one that is there already under it is replaced.

    Raises `Refused` for no name, one that is too long, and a text that is no mapping.
    """
    require_office(by)
    plain = name.strip()
    if not plain or len(plain) > _LONGEST:
        raise Refused([Problem("workshop.mapping_name", {"most": _LONGEST}, Place(field="keep"))])
    read_scheme_table_mapping(text, plain)
    with acting(by) as told:
        row = TableMapping.objects.select_for_update(no_key=True).filter(name=plain).first()
        if row is not None and row.text == text:
            return row
        row = row or TableMapping(name=plain)
        row.text, row.by, row.at = text, by.user, clock.now()
        row.save()
        told.did("workshop.table_mapping_kept", row)
    return row
