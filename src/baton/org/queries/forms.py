"""Forms that go out with what is known, so that nobody types it again."""

from baton.core import clock
from baton.core.models import User
from baton.org.models import Unit, UnitName
from baton.org.workbooks.form import Look, form
from baton.org.workbooks.units import COLUMNS as UNIT_COLUMNS
from baton.words import Language

_UNIT_LOOKS = {
    "code": Look(14),
    "name": Look(34),
    "short_name": Look(18),
    "aliases": Look(28),
    "kind": Look(16),
    "parent": Look(24),
    "valid_from": Look(14, "day"),
    "valid_to": Look(14, "day"),
    "note": Look(36),
}


def units_form(user: User, language: Language) -> bytes:
    """Give the form of units with those that exist today."""
    today = clock.today()
    aliases: dict[int, list[str]] = {}
    for name in UnitName.objects.visible_to(user).filter(alias=True):
        aliases.setdefault(name.unit_id, []).append(name.name)
    units = Unit.objects.visible_to(user).on(today).select_related("parent")
    rows = [
        (
            unit.code,
            unit.name,
            unit.short_name,
            "、".join(sorted(aliases.get(unit.pk, ()))),
            unit.kind,
            unit.parent.code if unit.parent else "",
            unit.valid_from.isoformat() if unit.valid_from else "",
            unit.valid_to.isoformat() if unit.valid_to else "",
            unit.note,
        )
        for unit in units
    ]
    kinds = sorted({unit.kind for unit in units} - {""})
    looks = _UNIT_LOOKS | {"kind": Look(16, "words", kinds, strict=False)}
    return form(UNIT_COLUMNS, looks, "org.title_units", "org.line_units", rows, language)
