"""Why scores changed: parts add up for every unit, who sees which results, and how much it takes for a full county."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from baton.assessment.actions.corrections import ask_for_correction, decide_correction
from baton.assessment.actions.scores import publish_month, rescore_changed, score_month, withdraw_publication
from baton.assessment.choices import RunKind
from baton.assessment.models import Figure, LeafResult, NodeResult, ResultReader, UnitResult
from baton.assessment.queries.looking.editions import edition_of, editions
from baton.assessment.queries.looking.why import moved
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from county import County
from month import make_result, make_units
from people import give

pytestmark = pytest.mark.django_db


def corrected(county: County) -> None:
    """Put a figure of 甲镇 right after September was published; nothing is put out anew."""
    stands = Figure.objects.current().get(unit=county.units["T1"], series="HOT")
    row = ask_for_correction(by=county.by("d2"), figure=stands.pk, typed="80", reason="漏扣十件")
    decide_correction(by=county.by("office"), correction=row.pk, confirmed=True)
    rescore_changed()


def reissued(county: County) -> None:
    """Withdraw September and put it out anew."""
    withdraw_publication(by=county.by("chief"), period="2026-09", reason="数据更正")
    score_month(by=county.by("office"), period="2026-09", kind=RunKind.OFFICIAL)
    publish_month(by=county.by("chief"), period="2026-09")


def let_the_office_read(county: County) -> None:
    """Put the office on the list of those who read results before they are out."""
    ResultReader.objects.create(role=Role.OFFICE, valid_from=clock.today(), reason="名单")


def keys(county: County, who: str) -> list[str]:
    return [one.key for one in editions(county.people[who])]


def test_an_issue_that_was_replaced_is_seen_beside_the_new_one_and_never_alone(county: County) -> None:
    corrected(county.published())
    let_the_office_read(county)
    assert keys(county, "t1_head") == ["2026-09.1"]
    assert [key[0] for key in keys(county, "office")] == ["2", "r"]
    withdraw_publication(by=county.by("chief"), period="2026-09", reason="数据更正")
    assert keys(county, "t1_head") == []
    score_month(by=county.by("office"), period="2026-09", kind=RunKind.OFFICIAL)
    publish_month(by=county.by("chief"), period="2026-09")
    assert keys(county, "t1_head") == ["2026-09.2", "2026-09.1"]
    assert keys(county, "nobody") == []


def test_a_corrected_figure_is_own_figures_of_its_unit_and_nothing_of_others(county: County, client: Client) -> None:
    corrected(county.published())
    reissued(county)
    known = editions(county.people["t2_head"])
    found = {row.unit.code: row for row in moved(*(edition_of(known, f"2026-09.{issue}") for issue in (1, 2)))}
    # 10 below the line of 90: 10 x 0.05 of the points
    assert found["T1"].change.difference < 0
    assert found["T1"].change.parts == (found["T1"].change.difference, 0, 0, 0)
    assert {row.change.difference for code, row in found.items() if code != "T1"} == {Decimal(0)}
    client.force_login(county.people["t2_head"])
    page = client.get(reverse("why")).content.decode()
    assert "0 个单位上升，1 个下降，4 个不变" in page
    assert "2026年9月第1版（已撤回） → 2026年9月第2版" in page
    unit = client.get(reverse("why-unit", args=["T1"])).content.decode()
    assert unit.index("M02 热线办理") < unit.index("M01 投资完成率"), "the largest change first"


def test_another_scheme_is_for_readers_of_results(county: County, client: Client) -> None:
    let_the_office_read(county.published())
    version = county.month().scheme
    address = reverse("why") + f"?under={version.pk}"
    client.force_login(county.people["t1_head"])
    assert client.get(address).status_code == 404
    client.force_login(county.people["office"])
    page = client.get(address).content.decode()
    assert "0 个单位上升，0 个下降，5 个不变" in page


@pytest.mark.parametrize("name", ["t1_head", "leader", "nobody"])
def test_without_two_results_it_says_so(county: County, client: Client, name: str) -> None:
    county.published()
    client.force_login(county.people[name])
    assert "还没有可以比较的两份结果" in client.get(reverse("why")).content.decode()


@pytest.mark.parametrize("asked", ["?first=2026-01", "?second=r999999", "?under=x"])
def test_what_is_not_there_is_not_found(county: County, client: Client, asked: str) -> None:
    county.published()
    client.force_login(county.people["office"])
    assert client.get(reverse("why") + asked).status_code == 404
    assert client.get(reverse("why-unit", args=["NO"]) + "?first=2026-09").status_code == 404


@pytest.fixture
def months(user: User, client: Client) -> Client:
    """August and September of 150 units, for a leader of the county; the tenth unit did better in September."""
    units = make_units(150)
    for period in ("2026-08", "2026-09"):
        make_result(user, units, period)
    for model, names in ((LeafResult, {"points": 49, "value": "40180"}),):
        rows = model.objects.filter(run__month__period="2026-09", unit__code="T009", indicator="M01")
        old = rows.get().points
        rows.update(**names)
    for of, field in ((UnitResult, "score"), (NodeResult, "score")):
        row = of.objects.get(run__month__period="2026-09", unit__code="T009")
        of.objects.filter(pk=row.pk).update(**{field: getattr(row, field) + 49 - old})
    give(user, Role.COUNTY_LEADER)
    client.force_login(user)
    return client


def test_150_units_add_up_and_take_few_queries(months: Client, user: User, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(25):
        page = months.get(reverse("why")).content
    assert len(page) < 300_000
    known = editions(user)
    rows = moved(edition_of(known, "2026-08"), edition_of(known, "2026-09"))
    assert len(rows) == 150
    for row in rows:
        assert sum(row.change.parts) == row.change.difference
        assert all(sum(piece.parts) == piece.difference for piece in row.change.pieces)
    assert {row.unit.code for row in rows if row.change.difference} == {"T009"}


def test_the_workbook_has_every_unit_and_indicator_with_all_decimals(months: Client) -> None:
    answer = months.get(reverse("why") + "?export=xlsx")
    book = load_workbook(BytesIO(answer.content))
    units, lines = (list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book.worksheets)
    assert (len(units), len(lines)) == (150, 300)
    for row in units:
        assert round(sum(row[4:8]), 6) == round(row[3], 6) == round(row[2] - row[1], 6)


def test_english_pages_hold_chinese_in_data_only(months: Client) -> None:
    months.cookies["language"] = "en"
    page = months.get(reverse("why-unit", args=["T009"])).content.decode()
    assert "Own figures" in page
    assert "自身数据" not in page
