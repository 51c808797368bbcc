"""Forms that go out with what is known, so that nobody types it again."""

from baton.core import clock
from baton.core.models import User
from baton.org.models import Unit, UnitName
from baton.org.workbooks.accounts import ASKED_FOR
from baton.org.workbooks.accounts import COLUMNS as ACCOUNT_COLUMNS
from baton.org.workbooks.days import COLUMNS as DAY_COLUMNS
from baton.org.workbooks.days import REST, WORK
from baton.org.workbooks.form import Look, form
from baton.org.workbooks.units import COLUMNS as UNIT_COLUMNS
from baton.words import Language, text

_ACCOUNT_LOOKS = {
    "name": Look(14),
    "username": Look(20),
    "title": Look(28),
    "email": Look(28),
}
_DAY_LOOKS = {
    "first": Look(14, "day"),
    "last": Look(14, "day"),
    "arrangement": Look(10, "choice", (REST, WORK)),
    "name": Look(16),
    "source": Look(40),
}
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


def accounts_form(user: User, language: Language) -> bytes:
    """Give the form of accounts, with drop-downs for the units of today and for roles; more than one role is typed."""
    units = Unit.objects.visible_to(user).on(clock.today())
    roles = [text(f"org.role_{role.value}", language) for role in ASKED_FOR]
    looks = _ACCOUNT_LOOKS | {
        "unit": Look(30, "words", [unit.name for unit in units], strict=False),
        "roles": Look(30, "words", roles, strict=False),
    }
    return form(ACCOUNT_COLUMNS, looks, "org.title_accounts", "org.line_accounts", (), language)


def days_form(user: User, language: Language) -> bytes:
    """Give the form of official days."""
    return form(DAY_COLUMNS, _DAY_LOOKS, "org.title_days", "org.line_days", (), language)
