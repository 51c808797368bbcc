"""Reads of saved views, each starting at who asks."""

from collections.abc import Iterable

from baton.core.models import SavedView, User


def views_of(user: User, page: str) -> list[SavedView]:
    """Give the views of a page that a person may use: their own first, then shared ones."""
    rows = SavedView.objects.visible_to(user).filter(page=page).select_related("owner")
    return sorted(rows, key=lambda view: (view.owner_id != user.pk, view.name))


def opening(user: User, page: str, roles: Iterable[str]) -> SavedView | None:
    """Give the view with which a page opens: one's own choice, else that of one's roles."""
    rows = SavedView.objects.visible_to(user).filter(page=page)
    mine = rows.filter(owner=user, opens=True).first()
    return mine or rows.filter(opens_for__in=[role for role in roles if role]).order_by("opens_for").first()
