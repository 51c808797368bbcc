"""Pages of evaluation: who opens them, counts typed and refused, a workbook, a second person, a unit's own votes."""

from datetime import date
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from baton.assessment.actions.annual.deciding import decide_grades
from baton.assessment.actions.annual.publishing import announce
from baton.assessment.choices import TallyState
from baton.assessment.models import Figure, Tally
from reporting import client_of
from votes import LEADERS, confirmed, county, entered, leaders
from year import YEAR, YearCounty

__all__ = ["county"]

MOST_QUERIES = 25
VOTES = "/years/2025/votes"


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return unescape(answer.content.decode())


def typed(unit: str, row: dict[str, str]) -> dict[str, str]:
    return {f"{unit}:{name}": value for name, value in row.items()}


@pytest.fixture
def office(county: YearCounty) -> Client:
    """Somebody of the office, signed in."""
    return client_of(county.people["office"])


def test_counts_are_typed_come_back_with_what_is_wrong_and_wait_for_a_second_person(
    county: YearCounty, office: Client
) -> None:
    page = read(office, VOTES)
    assert "县级领导评价" in page
    assert "3 张（方案）" in page
    assert "10 张（县定参数）" in page
    assert "还没有登记过计票" in page
    wrong = typed("T01", leaders() | {"优秀": "11"}) | {"key": "a"}
    answer = office.post(f"{VOTES}/enter/{LEADERS}", wrong)
    back = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "第1镇：有效 20 张，不等于 优秀 11 ＋ 良好 6 ＋ 一般 2 ＝ 19 张" in back
    assert 'value="11"' in back
    answer = office.post(f"{VOTES}/enter/{LEADERS}", typed("T01", leaders()) | {"key": "a"}, follow=True)
    row = Tally.objects.get()
    own = unescape(answer.content.decode())
    assert "等考核办另一位同志复核" in own
    assert "90.00" in own, "12 x 100 + 6 x 80 + 2 x 60 of 20 x 100"
    assert office.post(f"{VOTES}/{row.pk}", {"what": "confirm"}).status_code == 422
    chief = client_of(county.people["chief"])
    assert "复核 2025 年度“县级领导评价”计票" in read(chief, "/")
    assert chief.post(f"{VOTES}/{row.pk}", {"what": "decline", "reason-decline": ""}).status_code == 422
    assert chief.post(f"{VOTES}/{row.pk}", {"what": "confirm"}).status_code == 302
    assert "计票登记 1 个" in read(office, VOTES)
    assert office.post(f"{VOTES}/{row.pk}", {"what": "back", "reason-back": "重新清点"}).status_code == 302
    assert Tally.objects.get().state == TallyState.TAKEN_BACK


def test_a_survey_is_chosen_and_entered_by_its_mean(office: Client) -> None:
    assert "群众安全感满意度" in read(office, VOTES)
    answer = office.get(f"{VOTES}/enter?series=SAT")
    assert "平均分" in read(office, answer.headers["Location"])
    assert office.get(f"{VOTES}/enter", follow=True).status_code == 404


def test_a_workbook_goes_there_and_back(county: YearCounty, office: Client) -> None:
    content = office.get(f"{VOTES}/form?survey=SAT").content
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames[:3] == ["县级领导评价", "服务对象评价", "群众安全感满意度"]
    for column, value in enumerate((22, 21, 20, 1, 0, 12, 6, 3), 4):
        book["县级领导评价"].cell(5, column, value)
    for column, value in enumerate((400, 380, 375, 5, 0, 92.35), 4):
        book["群众安全感满意度"].cell(5, column, value)

    def sent() -> str:
        made = BytesIO()
        book.save(made)
        answer = office.post(VOTES, {"file": SimpleUploadedFile("计票.xlsx", made.getvalue())})
        assert answer.status_code == 302
        return str(answer.headers["Location"])

    address = sent()
    page = read(office, address)
    assert "F5" in page
    assert "收下" not in page
    assert office.get(f"{address}/marked").status_code == 200
    book["县级领导评价"].cell(5, 11, 2)
    address = sent()
    page = read(office, address)
    assert "第1镇" in page
    assert "92.35" in page
    agreed = page.split('name="agreed" value="')[1].split('"')[0]
    assert office.post(address, {"agreed": agreed, "key": "a"}).status_code == 302
    assert Tally.objects.count() == 2
    row = Tally.objects.get(series=LEADERS)
    page = read(client_of(county.people["chief"]), f"{VOTES}/{row.pk}")
    kept = page.split('href="/files/')[1].split('"')[0]
    assert client_of(county.people["chief"]).get(f"/files/{kept}").status_code == 200
    for who in ("leader", "t01_head", "d1"):
        assert client_of(county.people[who]).get(f"/files/{kept}").status_code in (403, 404)
    assert office.post(VOTES, {}).status_code == 422


def test_only_listed_readers_open_it_and_units_see_their_own_once_it_is_known(county: YearCounty) -> None:
    confirmed(county, {"T01": leaders(), "T02": leaders(1, 2, 17)})
    row = entered(county, {"T03": leaders()})
    for who in ("leader", "t01_head", "d1", "nobody"):
        client = client_of(county.people[who])
        for address in (VOTES, f"{VOTES}/enter/{LEADERS}", f"{VOTES}/form", f"{VOTES}/{row.pk}"):
            assert client.get(address).status_code in (403, 404), (who, address)
    confirmed_by = client_of(county.people["chief"])
    confirmed_by.post(f"{VOTES}/{row.pk}", {"what": "confirm"})
    run = county.scored()
    given = {"body": "县委常委会", "document": "云委〔2026〕3号", "on": date(2026, 1, 10)}
    decide_grades(by=county.by("chief"), year=YEAR, run=run.pk, grades={}, reasons={}, **given)  # type: ignore[arg-type]
    announce(by=county.by("chief"), year=YEAR, opens=date(2026, 1, 12), contact="县考核办")
    head = client_of(county.people["t01_head"])
    own = read(head, "/years/2025/units/T01")
    assert "只有各类票的张数和票数" in own
    assert "90.00" in own
    assert "只有各类票的张数和票数" not in read(head, "/years/2025/units/T02")
    assert "县级领导评价" in read(head, "/years/2025/units/T02"), "its points are public, its votes are not"
    assert "没有您可以查看" in read(head, "/years/2025/units/T02/DA")
    page = read(client_of(county.people["office"]), VOTES)
    assert "先撤回结果，再更正计票" in page
    assert "下载计票模板" not in page


def test_figures_from_elsewhere_are_shown_with_where_they_came_from(county: YearCounty, office: Client) -> None:
    for name, value in {"优秀": "12", "良好": "6", "一般": "2"}.items():
        county.figure("T01", value, series=LEADERS, figure=name)
    assert "随报送进来 1 个" in read(office, VOTES)
    page = read(office, f"{VOTES}/enter/{LEADERS}")
    assert "已随报送进来" in page
    assert 'name="T01:优秀"' not in page, "what the house has is not asked again"
    counts = {name: leaders()[name] for name in ("issued", "returned", "valid", "spoilt", "abstained")}
    assert office.post(f"{VOTES}/enter/{LEADERS}", typed("T01", counts) | {"key": "a"}).status_code == 302
    row = Tally.objects.get()
    assert row.lines.get().votes == {"优秀": 12, "良好": 6, "一般": 2}
    assert Figure.objects.filter(series=LEADERS).count() == 3


def test_the_pages_ask_few_questions(
    county: YearCounty, office: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    row = confirmed(county, {f"T{number:02d}": leaders() for number in range(1, 11)})
    for address in (VOTES, f"{VOTES}/enter/{LEADERS}", f"{VOTES}/{row.pk}", "/years/2025/"):
        with django_assert_max_num_queries(MOST_QUERIES):
            read(office, address)


def test_the_pages_speak_english(county: YearCounty) -> None:
    assert "Groups of voters" in read(client_of(county.people["office"], "en"), VOTES)
