"""A lagging item from its red light to its closure, by unit and office, in real Chromium."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from baton.assessment.actions.tracking import follow_up, remind
from baton.assessment.models import Month, TrackedItem
from baton.org.choices import Role
from chromium import PHONE, Open, accessible, follow, no_sideways
from cycle import on
from month import make_result, make_units
from people import give, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_light_to_closure(open_page: Open, settings: Any) -> None:
    on(date(2026, 10, 26))
    office, head = make_user("zhouhe", "周禾"), make_user("sheng", "盛远川")
    make_result(office, make_units(6))
    Month.objects.update(state="published")
    follow_up(period="2026-09")
    item = TrackedItem.objects.order_by("pk").first()
    assert item is not None
    give(head, Role.UNIT_HEAD, item.unit)
    give(office, Role.OFFICE_HEAD)
    page = open_page(reverse("tracking"), head, PHONE)
    no_sideways(page)
    accessible(page)
    follow(page.get_by_role("link", name=item.title).first)
    assert page.get_by_text("■ 红灯 滞后").is_visible()
    page.get_by_role("link", name="报送原因和措施").click()
    page.get_by_label("原因").fill("资金未到位")
    page.get_by_label("措施").fill("倒排工期")
    page.get_by_label("新的完成日期").fill("2026-12-20")
    follow(page.get_by_role("button", name="报送原因和措施"))
    assert page.get_by_text("▲ 黄灯 偏慢").is_visible()
    accessible(page)
    no_sideways(page)
    on(date(2026, 12, 31))
    remind()
    desk = open_page(reverse("tracked-item", args=[item.pk]), office)
    accessible(desk)
    desk.get_by_role("link", name="作出决定 约谈").click()
    desk.get_by_label("不予处理", exact=True).check()
    desk.get_by_label("不予处理的理由").fill("已约谈过")
    accessible(desk)
    desk.get_by_role("button", name="作出决定").click()
    desk.get_by_role("link", name="决定销号").click()
    desk.get_by_label("理由", exact=True).fill("上级已取消该项目")
    follow(desk.get_by_role("button", name="决定销号"))
    assert desk.get_by_text("● 绿灯 正常").is_visible()
    accessible(desk)
    item.refresh_from_db()
    assert (item.state, item.closed_by) == ("decided", office)
