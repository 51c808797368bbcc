"""The panel of saved views on a list page: save, come back, share, open with, per role."""

import pytest
from django.test import Client

from baton.core.models import SavedView, User
from baton.org.choices import Role
from people import give, make_user

pytestmark = pytest.mark.django_db
PAGE, VIEWS = "/audit", "/views/audit"


@pytest.fixture
def auditor(client: Client, db: None) -> User:
    user = make_user("auditor", "审计甲")
    give(user, Role.AUDITOR)
    client.force_login(user)
    return user


def save(client: Client, name: str = "王芳做的", query: str = "who=%E7%8E%8B%E8%8A%B3", **more: str) -> str:
    answer = client.post(VIEWS, {"name": name, "query": query} | more)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def test_a_view_is_saved_and_leads_back_to_what_was_shown(client: Client, auditor: User) -> None:
    assert "还没有保存的视图" in client.get(PAGE).content.decode()
    page = client.get(PAGE, {"who": "王芳", "page": "3"})
    assert 'name="query" value="who=%E7%8E%8B%E8%8A%B3"' in page.content.decode()
    assert save(client) == f"{PAGE}?who=%E7%8E%8B%E8%8A%B3"
    page = client.get(PAGE).content.decode()
    assert f'href="{PAGE}?who=%E7%8E%8B%E8%8A%B3"' in page


def test_a_shared_view_is_seen_by_another_user_but_not_removed(client: Client, auditor: User) -> None:
    save(client, shared="1")
    save(client, "私人的")
    other = make_user("second", "审计乙")
    give(other, Role.AUDIT_ADMINISTRATOR)
    client.force_login(other)
    page = client.get(PAGE).content.decode()
    assert "审计甲共享" in page
    assert "私人的" not in page
    view = SavedView.objects.get(shared=True)
    assert client.post(VIEWS, {"remove": view.pk}).status_code == 409
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_a_page_opens_with_the_chosen_view_and_can_be_cleared(client: Client, auditor: User) -> None:
    save(client, **{"opens-with": "1"})
    assert client.get(PAGE).headers["Location"] == f"{PAGE}?who=%E7%8E%8B%E8%8A%B3"
    assert client.get(PAGE, {"who": ""}).status_code == 200
    cleared = client.get(PAGE, headers={"Referer": f"http://testserver{PAGE}?who=x"})
    assert cleared.status_code == 200, "who clears the filters is not sent back to them"
    view = SavedView.objects.get()
    client.post(VIEWS, {"closes": view.pk})
    assert client.get(PAGE).status_code == 200
    client.post(VIEWS, {"opens": view.pk})
    assert client.get(PAGE).status_code == 302


def test_a_role_opens_with_a_shared_view(client: Client, auditor: User) -> None:
    save(client, shared="1")
    view = SavedView.objects.get()
    assert client.post(VIEWS, {"role-of": view.pk, "role": "auditor"}).status_code == 409
    admin = make_user("admin", "管理员")
    give(admin, Role.SYSTEM_ADMINISTRATOR)
    client.force_login(admin)
    client.post(VIEWS, {"role-of": view.pk, "role": "auditor"})
    client.force_login(auditor)
    assert client.get(PAGE).status_code == 302
    assert "“审计（只读）”默认打开" in client.get(PAGE, {"who": ""}).content.decode()
    client.force_login(admin)
    client.post(VIEWS, {"role-of": view.pk, "role": "nonsense"})
    client.force_login(auditor)
    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": ""}, "视图还没有名称"),
        ({"remove": "999"}, "不是您保存的"),
        ({"remove": "x"}, "不是您保存的"),
    ],
)
def test_what_is_refused_says_why(client: Client, auditor: User, given: dict[str, str], words: str) -> None:
    answer = client.post(VIEWS, given)
    assert (answer.status_code, words in answer.content.decode()) == (409, True)


def test_a_page_that_is_none_has_no_views(client: Client, auditor: User) -> None:
    for page in ("nowhere", "file"):
        answer = client.post(f"/views/{page}", {"name": "x"})
        assert (answer.status_code, "没有这个列表页面" in answer.content.decode()) == (409, True)


def test_only_posts(client: Client, auditor: User) -> None:
    assert client.get(VIEWS).status_code == 405


def test_the_panel_in_english(client: Client, auditor: User) -> None:
    save(client, "mine", shared="1", **{"opens-with": "1"})
    client.cookies["language"] = "en"
    page = client.get(PAGE, {"who": ""}).content.decode().replace(auditor.name, "").replace("中文", "")
    assert "opens first" in page
    assert not [letter for letter in page if "\u4e00" <= letter <= "\u9fff"]


def test_the_list_of_people_has_views_too(client: Client, user: User) -> None:
    give(user, Role.OFFICE)
    client.force_login(user)
    client.post("/views/people", {"name": "无账号", "query": "state=none&sort=-name", "opens-with": "1"})
    assert client.get("/people").headers["Location"] == "/people?state=none&sort=-name"
    page = client.get("/people", {"state": "none"}).content.decode()
    assert 'href="/people?state=none&amp;sort=-name"' in page
    assert 'name="query" value="state=none"' in page
