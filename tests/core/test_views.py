"""Saved views: one's own or shared, one that opens, one for a role."""

import pytest

from baton.core.acting import SYSTEM, Actor
from baton.core.actions.views import open_for, open_with, remove_view, save_view
from baton.core.models import AuditRow, SavedView, User
from baton.core.queries.views import opening, views_of
from baton.org.choices import Role
from baton.words import Refused
from people import give, make_user

pytestmark = pytest.mark.django_db


def saved(by: User, name: str = "退回的", **given: object) -> SavedView:
    return save_view(**{"by": Actor(by), "page": "audit", "name": name, "query": "who=王"} | given)  # type: ignore[arg-type]


def test_one_sees_ones_own_views_and_shared_ones(user: User) -> None:
    other = make_user("other", "别人")
    mine, theirs = saved(user), saved(other, "共享的", shared=True)
    saved(other, "私人的")
    saved(user, "别的页面", page="units")
    assert views_of(user, "audit") == [mine, theirs]
    user.is_active = False
    assert views_of(user, "audit") == []


def test_the_same_name_is_overwritten_and_names_are_tidied(user: User) -> None:
    one, two = saved(user), saved(user, " 退回的\n", query="who=李")
    assert one.pk == two.pk
    assert SavedView.objects.get().query == "who=李"


@pytest.mark.parametrize(("name", "query"), [("", "a=1"), ("  ", "a=1"), ("长" * 61, "a=1"), ("名", "a" * 2001)])
def test_what_is_refused(user: User, name: str, query: str) -> None:
    with pytest.raises(Refused):
        saved(user, name, query=query)
    with pytest.raises(Refused):
        save_view(by=SYSTEM, page="audit", name="x", query="")


def test_shared_views_stand_in_the_chain_and_private_ones_do_not(user: User) -> None:
    saved(user)
    assert not AuditRow.objects.exists()
    saved(user, "共享", shared=True)
    row = AuditRow.objects.get()
    assert (row.action, row.detail["query"], row.by) == ("services.view_saved", "who=王", user)


def test_a_page_opens_with_one_view(user: User) -> None:
    one, two = saved(user, opens=True), saved(user, "二")
    assert opening(user, "audit", []) == one
    open_with(by=Actor(user), number=two.pk, opens=True)
    assert opening(user, "audit", []) == two
    open_with(by=Actor(user), number=two.pk, opens=False)
    assert opening(user, "audit", []) is None
    assert opening(make_user("other", "别人"), "audit", []) is None


def test_nobody_touches_somebody_elses_view(user: User) -> None:
    view = saved(user, shared=True)
    other = Actor(make_user("other", "别人"))
    with pytest.raises(Refused, match=r"services\.view_not_yours"):
        remove_view(by=other, number=view.pk)
    with pytest.raises(Refused, match=r"services\.view_not_yours"):
        open_with(by=other, number=view.pk, opens=True)
    remove_view(by=Actor(user), number=view.pk)
    assert not SavedView.objects.exists()


def test_a_role_has_one_view_set_by_the_system_administrator(user: User) -> None:
    admin = make_user("admin", "管理员")
    give(admin, Role.SYSTEM_ADMINISTRATOR)
    one, two, private = saved(user, shared=True), saved(user, "二", shared=True), saved(user, "三")
    with pytest.raises(Refused):
        open_for(by=Actor(user), number=one.pk, role="office")
    with pytest.raises(Refused, match=r"services\.view_not_shared"):
        open_for(by=Actor(admin), number=private.pk, role="office")
    open_for(by=Actor(admin), number=one.pk, role="office")
    open_for(by=Actor(admin), number=two.pk, role="office")
    clerk = make_user("clerk", "办事员")
    assert opening(clerk, "audit", ["office", "official"]) == two
    assert opening(clerk, "audit", ["official"]) is None
    own = saved(clerk, "我的", opens=True)
    assert opening(clerk, "audit", ["office"]) == own, "one's own choice comes first"
    saved(user, "二", query="who=赵")
    assert SavedView.objects.get(pk=two.pk).shared, "what a role opens with stays shared"
    open_for(by=Actor(admin), number=two.pk, role="")
    assert opening(make_user("fourth", "丁"), "audit", ["office"]) is None
    actions = list(AuditRow.objects.filter(by=admin).values_list("action", flat=True))
    assert actions == ["services.view_role_set"] * 3
