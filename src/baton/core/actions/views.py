"""Saving views of lists, sharing them, and saying with which one a page opens."""

from baton.core.acting import Actor, Told, acting
from baton.core.choices import Power
from baton.core.models import SavedView, User
from baton.core.powers import require
from baton.words import Place, Problem, Refused

_LONGEST_NAME = 60
_LONGEST_QUERY = 2000


def save_view(*, by: Actor, page: str, name: str, query: str, shared: bool = False, opens: bool = False) -> SavedView:
    """Save a view of a page under a name; one's own of that name is overwritten. Raises `Refused`."""
    owner, named = _owner(by), " ".join(name.split())
    problems = []
    if not named:
        problems.append(Problem("services.view_name_lacking", {}, Place(field="view-name")))
    if len(named) > _LONGEST_NAME or len(query) > _LONGEST_QUERY:
        problems.append(Problem("services.view_too_long", {"limit": _LONGEST_NAME}, Place(field="view-name")))
    if problems:
        raise Refused(problems)
    with acting(by) as told:
        view = SavedView.objects.filter(owner=owner, page=page, name=named).first()
        if view is None:
            view = SavedView(owner=owner, page=page, name=named)
        view.query, view.shared = query, shared or bool(view.opens_for)
        if opens:
            SavedView.objects.filter(owner=owner, page=page, opens=True).exclude(pk=view.pk).update(opens=False)
        view.opens = opens
        view.save()
        _did(told, "services.view_saved", view)
    return view


def remove_view(*, by: Actor, number: int) -> None:
    """Remove one's own view. Raises `Refused` where it is not one's own."""
    with acting(by) as told:
        view = _own(by, number)
        _did(told, "services.view_removed", view)
        view.delete()


def open_with(*, by: Actor, number: int, opens: bool) -> SavedView:
    """Let a page open with one of one's own views, or no longer."""
    with acting(by) as told:
        view = _own(by, number)
        SavedView.objects.filter(owner=view.owner, page=view.page, opens=True).update(opens=False)
        view.opens = opens
        view.save(update_fields=["opens"])
        _did(told, "services.view_opens_set", view)
    return view


def open_for(*, by: Actor, number: int, role: str) -> SavedView:
    """Let a page open with a shared view for everybody with a role (empty: no longer). By the system administrator."""
    require(by, Power.SYSTEM)
    with acting(by) as told:
        view = SavedView.objects.filter(pk=number, shared=True).first()
        if view is None:
            raise Refused([Problem("services.view_not_shared")])
        if role:
            SavedView.objects.filter(page=view.page, opens_for=role).update(opens_for="")
        view.opens_for = role
        view.save(update_fields=["opens_for"])
        told.did("services.view_role_set", view, page=view.page, role=role)
    return view


def _did(told: Told, code: str, view: SavedView) -> None:
    """Shared views are everybody's affair and stand in the chain; one's own are not."""
    if view.shared:
        told.did(code, view, page=view.page, name=view.name, query=view.query)


def _owner(by: Actor) -> User:
    if by.user is None:
        raise Refused([Problem("services.view_not_yours")])
    return by.user


def _own(by: Actor, number: int) -> SavedView:
    view = SavedView.objects.filter(owner=_owner(by), pk=number).first()
    if view is None:
        raise Refused([Problem("services.view_not_yours")])
    return view
