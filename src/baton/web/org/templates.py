"""The forms of this room's workbooks, filled with what is known today."""

from collections.abc import Callable, Mapping

from baton.core.models import User
from baton.org.choices import ImportKind
from baton.org.queries.forms import accounts_form, days_form, units_form
from baton.words import Language

_FORMS: Mapping[ImportKind, Callable[[User, Language], bytes]] = {
    ImportKind.UNITS: units_form,
    ImportKind.ACCOUNTS: accounts_form,
    ImportKind.DAYS: days_form,
}


def template_of(kind: ImportKind, user: User, language: Language) -> bytes:
    """Give the form of a kind of workbook."""
    return _FORMS[kind](user, language)
