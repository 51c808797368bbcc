"""Two results side by side add up; chosen units are ranked among themselves."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from baton.assessment.models import LeafResult, UnitResult
from baton.assessment.queries import looking
from baton.core.models import SavedView, User
from baton.org.choices import Role
from month import make_result, make_units
from people import give, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(client: Client, user: User) -> Client:
    units = make_units(6)
    for period in ("2026-08", "2026-09"):
        make_result(user, units, period)
    give(user, Role.COUNTY_LEADER)
    client.force_login(user)
    return client


def test_differences_of_all_lines_and_the_rest_are_the_difference_of_the_scores(leader: Client, user: User) -> None:
    LeafResult.objects.filter(run__month__period="2026-09", unit__code="T002", indicator="M01").update(points=40)
    LeafResult.objects.filter(run__month__period="2026-09", unit__code="T002", indicator="M09").delete()
    UnitResult.objects.filter(run__month__period="2026-09", unit__code="T002").update(score=Decimal("80"))
    months = [looking.shown_month(user, period) for period in ("2026-08", "2026-09")]
    first, second = (looking.side(shown, "T002") for shown in months if shown)
    assert first
    assert second
    found = looking.compare(first, second)
    known = [pair.difference for pair in found.pairs]
    assert None in known
    assert sum(one for one in known if one is not None) + (found.rest or 0) == found.difference
    page = leader.get(reverse("compare") + "?unit=T002&month=2026-08&month2=2026-09").content.decode()
    assert "剔除归一等引起" in page


def test_two_units_of_one_month(leader: Client) -> None:
    page = leader.get(reverse("compare") + "?unit=T001&unit2=T003&month=2026-09&month2=2026-09").content.decode()
    assert "柳林驿1镇 2026年9月 → 柳林驿3镇 2026年9月" in page
    assert "−1.02469" in page
    assert [name in page for name in (">柳林驿1镇</th>", ">柳林驿3镇</th>")] == [True, True], "sides by what differs"


def test_two_months_of_a_unit_stand_under_their_names(leader: Client) -> None:
    page = leader.get(reverse("compare") + "?unit=T001&month=2026-08&month2=2026-09").content.decode()
    assert [name in page for name in (">2026年8月</th>", ">2026年9月</th>")] == [True, True]


@pytest.mark.parametrize("asked", ["?unit=NO", "?unit=T001&unit2=NO"])
def test_what_has_no_result_is_told(leader: Client, asked: str) -> None:
    assert "没有结果" in leader.get(reverse("compare") + asked).content.decode()


def test_a_month_that_may_not_be_seen_is_not_found(leader: Client) -> None:
    assert leader.get(reverse("compare") + "?unit=T001&month=2025-01").status_code == 404


def test_peers_are_ranked_among_themselves_and_equals_share_a_place(leader: Client, user: User) -> None:
    UnitResult.objects.filter(run__month__period="2026-09", unit__code__in=["T003", "T004"]).update(
        score=Decimal("97.001")
    )
    UnitResult.objects.filter(run__month__period="2026-09", unit__code="T005").update(score=None)
    shown = looking.shown_month(user, "2026-09")
    assert shown
    found = looking.peers(shown, ["T002", "T003", "T004", "T005", "T000", "NO"])
    assert [(place, row.unit.code) for place, row in found.rows] == [
        (1, "T000"),
        (2, "T002"),
        (3, "T003"),
        (3, "T004"),
        (None, "T005"),
    ]
    page = leader.get(reverse("peers", args=("2026-09",)) + "?units=T002&units=T003").content.decode()
    assert "2 个单位放在一起" in page


def kept(leader: Client, *units: str, name: str = "邻近乡镇") -> str:
    given = {"units": list(units), "name": name}
    return leader.post(reverse("my-peers", args=("2026-09",)), given, follow=True).content.decode()


def test_my_peers_are_kept_and_stand_on_the_pages_that_compare(leader: Client, user: User) -> None:
    unit_page = reverse("unit-result", args=("2026-09", "T001"))
    assert "还没有设对标单位" in leader.get(unit_page).content.decode()
    page = kept(leader, "T002", "T003")
    assert "已存下 2 个对标单位" in page
    assert "邻近乡镇" in page
    text = leader.get(unit_page).content.decode()
    assert "unit=T001&amp;unit2=T003&amp;month=2026-09&amp;month2=2026-09" in text
    assert "unit2=T004" not in text
    assert '<optgroup label="我的对标单位">' in leader.get(reverse("compare")).content.decode()
    opened = leader.get(reverse("peers", args=("2026-09",))).content.decode()
    assert "2 个单位放在一起" in opened
    leader.force_login(make_user("other", "别人"))
    give(User.objects.get(username="other"), Role.COUNTY_LEADER)
    assert "还没有设对标单位" in leader.get(unit_page).content.decode()


def test_of_several_lists_one_is_in_use_and_any_can_be_removed(leader: Client, user: User) -> None:
    kept(leader, "T002")
    kept(leader, "T003", name="先进乡镇")
    first, second = SavedView.objects.order_by("pk")
    assert (first.opens, second.opens, second.shared) == (False, True, False)
    address = reverse("my-peers", args=("2026-09",))
    leader.post(address, {"use": first.pk})
    first.refresh_from_db()
    assert first.opens
    leader.post(address, {"remove": first.pk})
    assert list(SavedView.objects.all()) == [second]
    assert leader.post(address, {"remove": first.pk}).status_code == 409


def test_no_unit_or_no_name_is_told(leader: Client) -> None:
    address = reverse("my-peers", args=("2026-09",))
    assert "还没有挑单位" in leader.post(address, {"name": "甲"}).content.decode()
    assert leader.post(address, {"name": " ", "units": ["T002"]}).status_code == 409
    assert not SavedView.objects.exists()
