"""Pages of results: who sees what, from a rank to a cell in four clicks, and no more queries for 150 units."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from baton.assessment.models import PastResult, UnitResult
from baton.core.models import User
from baton.org.choices import Role
from month import make_figure, make_result, make_units
from people import give, make_user

pytestmark = pytest.mark.django_db
PAGES = [
    ("results-month", ()),
    ("league", ()),
    ("unit-result", ("T001",)),
    ("trace", ("T001", "M01")),
    ("indicator-result", ("M01",)),
]
type Rest = tuple[str, ...]


def page(client: Client, name: str, *rest: str, period: str = "2026-09") -> str:
    answer = client.get(reverse(name, args=(period, *rest)))
    assert answer.status_code == 200, name
    return answer.content.decode()


@pytest.fixture
def head(client: Client, user: User) -> Client:
    """A unit head of T001, signed in."""
    units = make_units(6)
    make_result(user, units)
    give(user, Role.UNIT_HEAD, units[1])
    client.force_login(user)
    return client


@pytest.mark.parametrize(("name", "rest"), PAGES)
def test_a_published_month_is_there_for_whoever_is_assessed(head: Client, name: str, rest: Rest) -> None:
    assert "2026年9月" in page(head, name, *rest)


@pytest.mark.parametrize(("name", "rest"), PAGES)
def test_a_trial_is_not_there_for_whoever_is_assessed(client: Client, user: User, name: str, rest: Rest) -> None:
    units = make_units(6)
    make_result(user, units, published=False)
    give(user, Role.UNIT_HEAD, units[1])
    client.force_login(user)
    assert client.get(reverse(name, args=("2026-09", *rest))).status_code == 404
    assert "还没有您可以查看的考核结果" in client.get(reverse("results")).content.decode()


@pytest.mark.parametrize(("name", "rest"), PAGES)
def test_a_published_month_is_not_there_for_others(client: Client, user: User, name: str, rest: Rest) -> None:
    make_result(user, make_units(6))
    client.force_login(make_user("stranger", "路人"))
    assert client.get(reverse(name, args=("2026-09", *rest))).status_code == 404


@pytest.mark.parametrize(
    "address", ["/results/2026-13/", "/results/2026-09/units/NO", "/results/2026-09/units/T001/NO"]
)
def test_what_is_not_there_is_not_found(head: Client, address: str) -> None:
    assert head.get(address).status_code == 404


def test_from_a_rank_to_the_cell_in_four_clicks(head: Client, user: User) -> None:
    first = make_figure(user, unit_of(user))
    make_figure(user, unit_of(user), value="39460", version=1, supersedes=first, reason="漏报一笔")
    start = page(head, "league")
    to_unit = reverse("unit-result", args=("2026-09", "T001"))
    assert to_unit in start
    to_figure = reverse("trace", args=("2026-09", "T001", "M01"))
    assert to_figure in head.get(to_unit).content.decode()
    end = head.get(to_figure).content.decode()
    for words in ("2026年09月_县发改局_固定资产投资.xlsx › 填报!C7", "39460", "39450", "漏报一笔", "林小满"):
        assert words in end


def unit_of(user: User) -> object:
    return user.assignments.get().unit


def test_the_workbook_has_what_the_page_has(head: Client) -> None:
    answer = head.get(reverse("league", args=("2026-09",)) + "?export=xlsx")
    book = load_workbook(BytesIO(answer.content))
    rows = [row for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)]
    shown = page(head, "league")
    assert len(rows) == 6
    assert all(f"{row[2]:.2f}" in shown and row[1] in shown for row in rows)


@pytest.mark.parametrize(("name", "rest"), PAGES)
def test_150_units_take_no_more_queries(
    client: Client, user: User, name: str, rest: Rest, django_assert_max_num_queries: object
) -> None:
    make_result(user, make_units(150))
    give(user, Role.COUNTY_LEADER)
    client.force_login(user)
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        text = page(client, name, *rest)
    assert len(text.encode()) < 300_000


@pytest.mark.parametrize(("name", "rest"), PAGES)
def test_english_pages_hold_chinese_in_data_only(head: Client, name: str, rest: Rest) -> None:
    head.cookies["language"] = "en"
    text = page(head, name, *rest)
    for chinese in ("名次", "单位", "指标", "得分", "亮灯", "导出", "满分", "来源"):
        assert f">{chinese}<" not in text


def test_how_sure_a_place_is_stands_beside_it(head: Client) -> None:
    few = page(head, "league")
    assert "名次区间要满 4 个月" in few
    assert "名次区间要满 4 个月" in page(head, "unit-result", "T001")
    UnitResult.objects.update(best=1, worst=3, band=1)
    assert "1–3" in page(head, "league")
    text = page(head, "unit-result", "T001")
    assert "九成把握在第 1–3 名" in text
    assert "与第 1～3 名的单位分不出高下" in text
    answer = head.get(reverse("league", args=("2026-09",)) + "?export=xlsx")
    rows = [
        row for sheet in load_workbook(BytesIO(answer.content)) for row in sheet.iter_rows(min_row=2, values_only=True)
    ]
    assert {row[7:9] for row in rows} == {(1, 3)}


def test_earlier_years_stand_in_the_trend_of_a_unit_and_beside_an_indicator(head: Client, user: User) -> None:
    unit = unit_of(user)
    for period in ("2024", "2025", "2025-11", "2025-12"):
        PastResult.objects.create(
            unit=unit, period=period, score=45, full=50, rank=2, grade="良好", document="县委发3号"
        )
    make_figure(user, unit, period="2025-09", value="35100")
    text = page(head, "unit-result", "T001")
    for words in ("往年结果", "2024", "县委发3号", "空心点是补录的往年结果", "2025-12 90.00"):
        assert words in text
    assert "上年同期" in page(head, "indicator-result", "M01")
    assert "35100" in page(head, "indicator-result", "M01")
    assert "35100" in page(head, "trace", "T001", "M01")
    assert "上年同期" not in page(head, "indicator-result", "M09")
