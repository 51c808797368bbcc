"""The bulletin as Word: only of what is out, the numbers of the page, the county's own template, refusals in words."""

import io
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from baton.assessment.models import Publication
from baton.core.models import StoredFile, User
from baton.org.choices import Role
from month import make_result, make_units
from people import give, make_user

pytestmark = pytest.mark.django_db
PERIOD = "2026-09"
GIVEN = {"title": "关于2026年9月月度考核情况的通报", "number": "云考办〔2026〕9号", "on": "2026-10-25"}


@pytest.fixture
def office(client: Client, user: User) -> Client:
    """The office of a county whose September is out, signed in."""
    make_result(user, make_units(6))
    give(user, Role.OFFICE)
    client.force_login(user)
    return client


def address(name: str = "bulletin") -> str:
    return reverse(name, args=(PERIOD,))


def words_of(content: bytes) -> str:
    word = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in word.paragraphs), *cells])


def template(*lines: str) -> SimpleUploadedFile:
    word = docx.Document()
    for line in lines:
        word.add_paragraph(line)
    made = io.BytesIO()
    word.save(made)
    return SimpleUploadedFile("云渡县通报.docx", made.getvalue())


def test_the_house_form_has_the_numbers_of_the_page(office: Client) -> None:
    answer = office.post(address(), {**GIVEN, "authority": "云渡县年度考核工作领导小组办公室"})
    text = words_of(answer.content)
    for words in (
        GIVEN["title"],
        GIVEN["number"],
        "本月共考核6个单位，分2组",
        "绿灯4个",
        "柳林驿1镇",
        "99.49",
        "滞后指标",
    ):
        assert words in text
    assert "区间" not in text
    assert "filename" in answer.headers["Content-Disposition"]
    assert 'value="云渡县年度考核工作领导小组办公室"' in office.get(address()).content.decode()


def test_what_was_put_out_without_a_title_is_offered_the_usual_one(office: Client) -> None:
    Publication.objects.update(title="")
    assert 'value="关于2026年9月月度考核情况的通报"' in office.get(address()).content.decode()


def test_the_county_template_is_filled(office: Client) -> None:
    file = template("云渡县考核通报", "{{标题}}（{{ 文号 }}）", "{{排名表}}", "{{亮灯情况}}", "{{滞后清单}}")
    assert "模板已保存" in office.post(address("bulletin-template"), {"file": file}, follow=True).content.decode()
    text = words_of(office.post(address(), {**GIVEN, "form": "county"}).content)
    assert f"{GIVEN['title']}（{GIVEN['number']}）" in text
    assert "云渡县考核通报" in text
    assert "柳林驿1镇" in text
    assert "{{" not in text
    own = words_of(office.post(address(), {**GIVEN, "form": "own"}).content)
    assert "云渡县考核通报" not in own


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("{{标题}}", "{{落款人}}"), "不认识的占位 落款人"),
        (("排名：{{排名表}}",), "不能和别的文字写在同一段"),
        (("没有占位",), "模板里没有任何占位"),
    ],
)
def test_a_template_that_cannot_be_filled_is_refused_in_words(
    office: Client, lines: tuple[str, ...], said: str
) -> None:
    answer = office.post(address("bulletin-template"), {"file": template(*lines)})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    assert 'href="#file"' in text
    assert not StoredFile.objects.exists()


def test_no_file_and_no_day_are_said_at_their_fields(office: Client) -> None:
    assert 'href="#file"' in office.post(address("bulletin-template"), {}).content.decode()
    answer = office.post(address(), {**GIVEN, "on": "x"})
    assert answer.status_code == 422
    assert GIVEN["title"] in answer.content.decode()


def test_what_is_not_out_has_no_bulletin(client: Client, user: User) -> None:
    make_result(user, make_units(6), published=False)
    give(user, Role.OFFICE)
    client.force_login(user)
    assert client.get(address()).status_code == 404


@pytest.mark.parametrize("role", [None, Role.COUNTY_LEADER, Role.AUDITOR])
def test_only_the_office_makes_bulletins(client: Client, office: Client, role: Role | None) -> None:
    someone = make_user("a", "甲")
    if role is not None:
        give(someone, role)
    client.force_login(someone)
    for name in ("bulletin", "bulletin-template"):
        assert client.get(address(name)).status_code == 403
        assert client.post(address(name), GIVEN).status_code == 403


def test_english_pages_hold_chinese_in_data_only(office: Client, django_assert_max_num_queries: Any) -> None:
    office.cookies["language"] = "en"
    for name in ("bulletin", "bulletin-template"):
        with django_assert_max_num_queries(25):
            text = office.get(address(name)).content.decode()
        for chinese in ("模板", "发文", "版式", "占位", "通报"):
            assert chinese not in text
