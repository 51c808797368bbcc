"""What a person keeps about themselves: password, second factor, sign-ins; in both languages."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.core.models import SignedIn, User
from baton.org.choices import Role
from people import PASSWORD, give, make_user
from signing import code_of, sign_in, signed_in, with_second_factor

pytestmark = pytest.mark.django_db
NEW = "Seven Rivers 70"
PAGES = ("account", "password", "second-factor", "sign-ins")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_speaks_english_and_asks_little_of_the_database(
    user: User, page: str, django_assert_max_num_queries: Any
) -> None:
    user.name = "Lin"
    user.save()
    client = signed_in(user)
    client.post(reverse("language"), {"language": "en"})
    with django_assert_max_num_queries(25):
        said = client.get(reverse(page)).content.decode()
    assert not re.findall(r"[\u4e00-\u9fff]+", said.replace("中文", ""))


def test_a_changed_password_keeps_this_sign_in_and_ends_the_others(user: User) -> None:
    here, there = signed_in(user), signed_in(user)
    answer = here.post(reverse("password"), {"current": PASSWORD, "new": NEW, "again": NEW}, follow=True)
    assert "其他 1 处登录已退出" in answer.content.decode()
    assert here.get(reverse("units")).status_code == 200
    assert there.get(reverse("units")).status_code == 302
    assert SignedIn.objects.get().session_key == here.session.session_key


def test_what_is_wrong_stands_at_its_field_and_no_password_comes_back(user: User) -> None:
    answer = signed_in(user).post(reverse("password"), {"current": "x", "new": "Short 7", "again": "other"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert set(answer.context["messages"]) == {"current", "new", "again"}
    assert "密码太短：7 位，至少 10 位" in page
    assert "Short 7" not in page
    for field in ("current", "new", "again"):
        assert f'href="#{field}"' in page
        assert f'id="{field}-message"' in page


def test_an_expired_password_comes_first(user: User) -> None:
    user.must_change_password = True
    user.save()
    client = signed_in(user)
    assert client.get(reverse("home")).headers["Location"] == reverse("password")
    page = client.get(reverse("password")).content.decode()
    assert "密码到期" in page
    assert 'id="current"' in page
    assert client.post(reverse("sign-out")).status_code == 302


def test_a_second_factor_is_drawn_without_style_or_script(user: User) -> None:
    client = signed_in(user)
    client.post(reverse("second-factor"), {"do": "offer"})
    page = client.get(reverse("second-factor")).content.decode()
    drawing = page[page.index("<svg") : page.index("</svg>")]
    assert not re.search(r"style|script|href|url\(", drawing)
    assert drawing in client.get(reverse("second-factor")).content.decode()


def test_the_second_factor_page_renews_and_gives_up_against_a_code(user: User) -> None:
    seed = with_second_factor(user)
    client = Client()
    sign_in(client, user)
    client.post(reverse("sign-in-code"), {"code": code_of(seed)})
    refused = client.post(reverse("second-factor"), {"do": "renew", "code": "000000"})
    assert refused.status_code == 422
    used = client.post(reverse("second-factor"), {"do": "give-up", "code": code_of(seed)})
    assert used.status_code == 422, "the code that signed in is used up"
    assert "data-print" not in used.content.decode()


def test_an_administrator_is_shown_no_way_to_do_without(user: User) -> None:
    give(user, Role.AUDIT_ADMINISTRATOR)
    seed = with_second_factor(user)
    client = Client()
    sign_in(client, user)
    client.post(reverse("sign-in-code"), {"code": code_of(seed)})
    assert 'value="give-up"' not in client.get(reverse("second-factor")).content.decode()


def test_sign_ins_are_listed_in_words_and_ended_one_by_one(user: User) -> None:
    here = signed_in(user, **{"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko Firefox/128.0"})
    there = signed_in(user, **{"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/120 MicroMessenger/8.0"})
    page = here.get(reverse("sign-ins")).content.decode()
    assert "火狐浏览器 · Linux 系统" in page
    assert "微信 · 安卓" in page
    assert page.index("火狐") < page.index("微信")
    other = SignedIn.objects.exclude(session_key=here.session.session_key).get()
    assert here.post(reverse("end-sign-in", args=[other.pk])).status_code == 302
    assert there.get(reverse("units")).status_code == 302
    assert "end-others" not in here.get(reverse("sign-ins")).content.decode()


def test_all_others_are_ended_at_once(user: User) -> None:
    here = signed_in(user)
    others = [signed_in(user), signed_in(user)]
    assert "已终止 2 处登录" in here.post(reverse("end-others"), follow=True).content.decode()
    assert [one.get(reverse("units")).status_code for one in others] == [302, 302]
    assert here.get(reverse("units")).status_code == 200


def test_another_persons_sign_in_is_not_at_ones_address(user: User) -> None:
    theirs = signed_in(make_user("wangfang", "王芳"))
    row = SignedIn.objects.get()
    assert signed_in(user).post(reverse("end-sign-in", args=[row.pk])).status_code == 404
    assert theirs.get(reverse("units")).status_code == 200
