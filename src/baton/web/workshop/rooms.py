"""What the pages of one draft share: the draft or nothing, and who may do what with it."""

from typing import Any

from django.http import Http404, HttpRequest

from baton.assessment.models.sight import UNIT_ROLES, sight_of
from baton.assessment.queries.workshop.drafts import DraftPage, draft_page
from baton.org.choices import Role
from baton.org.models import Unit
from baton.web.asking import powers_of, user_of
from baton.web.office.board import OFFICE
from baton.web.org.forming import Form
from baton.web.telling import told


def draft_for(request: HttpRequest, number: int, revision: int | None = None) -> DraftPage:
    """Give a draft by its number, as one of its revisions says it; there may be none."""
    found = draft_page(user_of(request), number, revision)
    if found is None:
        raise Http404
    return found


def is_office(request: HttpRequest) -> bool:
    """Whether the assessment office asks."""
    return powers_of(request).has(*OFFICE)


def units_spoken_for(request: HttpRequest) -> list[Unit]:
    """Give the units for which a person may comment and put targets forward, in the order of the county's list."""
    mine = powers_of(request).units_of(*UNIT_ROLES)
    return list(Unit.objects.visible_to(user_of(request)).filter(pk__in=mine).order_by("order", "code"))


def around(request: HttpRequest, found: DraftPage, **context: Any) -> dict[str, Any]:
    """Give what the frame of a draft's pages wants."""
    office = is_office(request)
    return {
        "found": found,
        "row": found.row,
        "office": office,
        "edits": office and found.row.editable,
        "reads_all": sight_of(user_of(request)).everything,
        "heads": powers_of(request).has(Role.OFFICE_HEAD),
        "form": Form(),
        "told": told(request),
        **context,
    }


def seen_in(form: Form) -> int:
    """Give the revision that a form was made of; 0, which is none, where it does not say."""
    given = form.text("seen")
    return int(given) if given.isdecimal() and len(given) < 8 else 0
