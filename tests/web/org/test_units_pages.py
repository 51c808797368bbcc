"""Pages of units: the tree, one unit, the forms that change them, and workbooks that come in."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Import, Person, Unit, UnitName
from people import give, make_unit, make_user
from small_books import workbook

pytestmark = pytest.mark.django_db
HEAD = ("代码", "名称", "上级单位")
HAN = re.compile(r"[\u4e00-\u9fff]+")


@pytest.fixture
def keeper(client: Client, user: User) -> Client:
    """The system administrator, signed in."""
    give(user, Role.SYSTEM_ADMINISTRATOR)
    client.force_login(user)
    return client


@pytest.fixture
def county() -> Unit:
    """A county with 150 units that have long names."""
    root = make_unit("C", "云渡县", kind="县")
    Unit.objects.bulk_create(
        Unit(code=f"D{n:03}", name=f"第{n}现代农业产业园管理委员会办公室", kind="园区", parent=root, order=n)
        for n in range(150)
    )
    return root


def upload(client: Client, *rows: tuple[object, ...], kind: str = "units") -> Any:
    file = SimpleUploadedFile("单位.xlsx", workbook(HEAD, *rows))
    return client.post(reverse("imports", args=[kind]), {"file": file}, follow=True)


def test_the_tree_is_paged_and_cheap(
    client: Client, user: User, county: Unit, django_assert_max_num_queries: Any
) -> None:
    client.force_login(user)
    with django_assert_max_num_queries(25):
        first = client.get(reverse("units")).content.decode()
    assert "共 151 个单位" in first
    assert first.count("pl-4 md:pl-6") == 49
    last = client.get(reverse("units"), {"page": "4"}).content.decode()
    assert "第149现代农业产业园管理委员会办公室" in last
    assert "新增单位" not in first


def test_a_list_is_narrowed_by_any_name_a_kind_or_the_unit_above(client: Client, user: User, county: Unit) -> None:
    client.force_login(user)
    UnitName.objects.create(unit=county, name="云渡州", valid_to=date(2000, 1, 1))
    for asked, count in (({"q": "云渡州"}, 1), ({"kind": "园区"}, 150), ({"below": "C"}, 150), ({"q": "d007"}, 1)):
        assert f"共 {count} 条" in client.get(reverse("units"), asked).content.decode()
    answer = client.get(reverse("units"), {"kind": "园区", "export": "xlsx"})
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet.max_row == 151


def test_an_empty_tree_says_how_units_come(client: Client, user: User) -> None:
    client.force_login(user)
    assert "还没有单位" in client.get(reverse("units")).content.decode()


def test_a_unit_shows_its_history_and_its_people(
    keeper: Client, user: User, county: Unit, django_assert_max_num_queries: Any
) -> None:
    keeper.post(
        reverse("unit-rename", args=["C"]),
        {"name": "云渡市", "on": "2026-01-01", "document": "国函〔2026〕1号"},
    )
    Person.objects.create(name="盛远川", unit=county, title="书记")
    give(make_user("sheng", "盛远川"), Role.UNIT_HEAD, county)
    with django_assert_max_num_queries(25):
        shown = keeper.get(reverse("unit", args=["C"])).content.decode()
    for words in ("云渡市", "2025-12-31", "国函〔2026〕1号", "盛远川", "单位主要负责人", "下级单位（150）"):
        assert words in shown
    assert "<del" not in shown
    stranger = Client()
    stranger.force_login(make_user("a", "甲"))
    shown = stranger.get(reverse("unit", args=["C"])).content.decode()
    assert "盛远川" not in shown
    assert reverse("unit-edit", args=["C"]) not in shown
    assert stranger.get(reverse("unit", args=["none"])).status_code == 404


@pytest.mark.parametrize("name", ["unit-add", "unit-merge", "unit-edit", "unit-rename", "unit-split", "imports"])
@pytest.mark.parametrize("role", [None, Role.OFFICE, Role.SECURITY_ADMINISTRATOR])
def test_only_the_system_administrator_opens_the_forms(
    client: Client, user: User, name: str, role: Role | None
) -> None:
    make_unit()
    if role is not None:
        give(user, role)
    client.force_login(user)
    given = {"unit-add": [], "unit-merge": [], "imports": ["units"]}.get(name, ["T04"])
    assert client.get(reverse(name, args=given)).status_code == 403
    assert client.post(reverse(name, args=given), {"name": "x"}).status_code == 403
    assert Unit.objects.get().name == "柳林驿镇"


def test_a_form_keeps_what_was_typed_and_tells_at_the_field(keeper: Client, county: Unit) -> None:
    answer = keeper.post(reverse("unit-add"), {"code": "C", "name": "新镇", "parent": "云度县", "valid_from": "x"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in shown
    assert 'value="新镇"' in shown
    for field in ("parent", "valid_from"):
        assert f'href="#{field}"' in shown
        assert f'id="{field}-message"' in shown
    assert "云渡县（C）" in shown
    answer = keeper.post(reverse("unit-add"), {"code": "C", "name": "新镇", "parent": "云渡县"})
    assert 'id="code-message"' in answer.content.decode()
    answer = keeper.post(reverse("unit-add"), {"code": "N", "name": "新镇", "parent": "云渡县"}, follow=True)
    assert "已新增单位“新镇”" in answer.content.decode()
    assert "已新增" not in keeper.get(reverse("unit", args=["N"])).content.decode()


def test_units_are_merged_and_split_by_name(keeper: Client, county: Unit) -> None:
    merged = {"units": "D001、D002", "into": "D003", "on": "2026-07-01", "document": "云编〔2026〕8号"}
    assert keeper.post(reverse("unit-merge"), merged).status_code == 302
    assert {str(unit.valid_to) for unit in Unit.objects.filter(code__in=["D001", "D002"])} == {"2026-06-30"}
    assert keeper.post(reverse("unit-merge"), merged | {"into": "D001"}).status_code == 422
    parts = {"part-1-code": "N1", "part-1-name": "一局", "part-2-code": "N2", "part-2-name": "二局"}
    split = {**parts, "on": "2026-07-01", "document": "云编〔2026〕9号"}
    assert keeper.post(reverse("unit-split", args=["D004"]), split).status_code == 302
    assert Unit.objects.get(code="N2").name == "二局"


def test_a_workbook_is_tried_taken_and_taken_back(keeper: Client, django_assert_max_num_queries: Any) -> None:
    tried = upload(keeper, ("C", "云渡县", ""), *((f"V{n:03}", f"第{n}村", "C") for n in range(150)))
    shown = tried.content.decode()
    assert "将新增 151 项" in shown
    assert Unit.objects.count() == 0
    address = reverse("import", args=[Import.objects.get().pk])
    with django_assert_max_num_queries(25):
        keeper.get(address)
    assert "已导入 151 项变化" in keeper.post(address, {"take": "1"}, follow=True).content.decode()
    assert Unit.objects.count() == 151
    make_unit("X", "别处", parent=Unit.objects.get(code="V001"))
    refused = keeper.post(address, {"undo": "1"})
    assert refused.status_code == 422
    assert "第1村" in refused.content.decode()
    Unit.objects.get(code="X").delete()
    assert "已整批撤销" in keeper.post(address, {"undo": "1"}, follow=True).content.decode()
    assert not Unit.objects.exists()


def test_a_workbook_with_problems_comes_back_marked(keeper: Client) -> None:
    shown = upload(keeper, ("C", "云渡县", ""), ("T04", "柳林驿镇", "云度县")).content.decode()
    assert "单位!C4" in shown
    assert "确认导入" not in shown
    one = Import.objects.get()
    marked = load_workbook(BytesIO(keeper.get(reverse("import-marked", args=[one.pk])).content))
    assert marked["单位"]["C4"].comment is not None
    assert keeper.post(reverse("import", args=[one.pk]), {"take": "1"}).status_code == 422


def test_the_template_brings_what_is_known_and_goes_through_unchanged(keeper: Client, county: Unit) -> None:
    content = keeper.get(reverse("import-template", args=["units"])).content
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    assert [cell.value for cell in sheet[3]][:3] == ["代码", "名称", "简称"]
    assert sheet["F5"].value == "C"
    file = SimpleUploadedFile("单位.xlsx", content)
    shown = keeper.post(reverse("imports", args=["units"]), {"file": file}, follow=True).content.decode()
    assert "与现有内容一致" in shown


def test_another_kind_of_user_cannot_reach_an_import_by_its_number(keeper: Client) -> None:
    upload(keeper, ("C", "云渡县", ""))
    other = Client()
    other.force_login(make_user("b", "乙"))
    for name in ("import", "import-marked"):
        assert other.get(reverse(name, args=[Import.objects.get().pk])).status_code == 404
    assert keeper.get(reverse("import-marked", args=[Import.objects.get().pk])).status_code == 404
    assert keeper.get(reverse("imports", args=["none"])).status_code == 404
    assert keeper.post(reverse("imports", args=["units"])).status_code == 422


def test_pages_speak_english_without_han(keeper: Client, user: User) -> None:
    user.language = "en"
    user.name = "Lin"
    user.save()
    make_unit("C", "Yundu", kind="county")
    upload(keeper, ("C", "Yundu", ""), ("T", "Town", "C"))
    addresses = [
        reverse("units"),
        reverse("unit-add"),
        reverse("unit-merge"),
        *(reverse(name, args=["C"]) for name in ("unit", "unit-edit", "unit-rename", "unit-split")),
        reverse("imports", args=["units"]),
        reverse("import", args=[Import.objects.get().pk]),
    ]
    for address in addresses:
        main = keeper.get(address).content.decode().partition("<main")[2].partition("</main>")[0]
        assert set(HAN.findall(main)) <= {"单位", "云编"}, address
