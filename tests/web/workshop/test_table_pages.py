"""An office's own table over its page: uploaded, mapped, tried with problems by cell, kept, made a draft."""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from baton.assessment.models import DraftRevision, SchemeDraft, TableMapping
from county import County, make_county
from reporting import client_of

TABLE = """县直部门目标任务分解表,,,,,,,
序号,一级指标,权重,二级指标,分值,计量单位,目标值,数据来源
1,经济,60,投资完成,60,万元,1000,统计局
2,经济,60,投诉件数,40,件,0,信访局
3,民生,40,满意度,100,%,90,统计局
"""


@pytest.fixture
def county(db: None, settings: Any) -> County:
    """The small county."""
    return make_county(settings)


def upload(client: Client, text: str = TABLE) -> str:
    file = SimpleUploadedFile("分解表.csv", text.encode())
    return str(client.post(reverse("workshop-begin"), {"way": "table", "table": file}).headers["Location"])


def fields(county: County, **changed: Any) -> dict[str, Any]:
    roles = ("", "level1", "weight1", "name", "points", "unit", "target", "source")
    given: dict[str, Any] = {f"role-{column}": role for column, role in enumerate(roles)}
    given |= {"name": "小县新方案", "code": "N2027", "year": "2027", "full": "100", "kind-1": "completion", "key": "k"}
    return given | {"units": [county.units["T1"].pk, county.units["T2"].pk], "step": "look"} | changed


def test_a_table_is_mapped_tried_and_becomes_a_draft_and_the_mapping_is_there_next_year(county: County) -> None:
    office = client_of(county.people["office"])
    address = upload(office)
    text = unescape(office.get(address).content.decode())
    for role in ("level1", "weight1", "name", "points", "unit", "target", "source"):
        assert f'value="{role}" selected' in text, role
    assert "投资完成、投诉件数" in text
    text = unescape(office.post(address, fields(county)).content.decode())
    assert ("试读结果" in text, "1.1 投资完成" in text, "要在草稿里" in text or "不得发布" in text) == (
        True,
        True,
        True,
    )
    assert not SchemeDraft.objects.exists()
    answer = office.post(address, fields(county, step="begin", keep="县直分解表"), follow=True)
    assert "已建稿" in unescape(answer.content.decode())
    scheme = DraftRevision.objects.get().scheme
    assert ([one.code for one in scheme.units], len(scheme.indicators), scheme.name) == (["T1", "T2"], 3, "小县新方案")
    again = unescape(office.get(upload(office)).content.decode())
    assert 'value="县直分解表"' in again
    assert '<option value="completion" selected' in again
    kept = office.get(reverse("workshop-mapping", args=[TableMapping.objects.get().pk]))
    assert b"levels" in kept.content


def test_problems_stand_at_cells_and_fields_and_what_was_chosen_is_kept(county: County) -> None:
    office = client_of(county.people["office"])
    address = upload(office, TABLE.replace("投诉件数,40", "投诉件数,四十"))
    answer = office.post(address, fields(county, step="begin", keep="表"))
    text = unescape(answer.content.decode())
    assert (answer.status_code, "E4" in text, 'value="小县新方案"' in text) == (422, True, True)
    assert not TableMapping.objects.exists()
    answer = office.post(address, fields(county, **{"role-3": "level1"}, units=[], name=""))
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    for field in ("role-3", "units"):
        assert f'href="#{field}"' in text, field
    assert not SchemeDraft.objects.exists()


def test_no_table_no_header_and_who_may_not(county: County, django_assert_max_num_queries: Any) -> None:
    office = client_of(county.people["office"])
    answer = office.post(reverse("workshop-begin"), {"way": "table"})
    assert (answer.status_code, 'href="#table"' in answer.content.decode()) == (422, True)
    answer = office.get(upload(office, "一\n二\n"))
    assert (answer.status_code, "没有找到表头" in answer.content.decode()) == (422, True)
    address = upload(office)
    for who in ("t1", "leader"):
        assert client_of(county.people[who]).get(address).status_code == 403
    assert client_of(county.people["chief"]).get(address).status_code == 404
    with django_assert_max_num_queries(25):
        client_of(county.people["office"], "en").get(address)
