"""An indicator through its form: new, looked at, saved, changed, undone; problems at fields, nothing typed lost."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.assessment.models import DraftRevision, SchemeDraft
from baton.core.models import AuditRow
from baton.engine.scheme.indicators import Indicator
from baton.sheets.line_form import FAMILIES
from county import County, make_county
from reporting import client_of
from workshop import hung

NEW = {
    "seen": "2",
    "code": "M04",
    "name": "项目开工",
    "parent": "M-发展",
    "unit": "个",
    "direction": "lower",
    "points-A": "10",
    "drawn-rule": "rank_table",
    "rule-kind": "rank_table",
    "rule-table": "1-3：1\n4-：0.8",
    "frequency": "month",
    "aggregation": "last",
    "missing": "exclude",
    "lead": "D1",
    "hooks": "main-1",
}


@pytest.fixture
def county(db: None, settings: Any) -> County:
    """The small county."""
    return make_county(settings)


@pytest.fixture
def draft(county: County) -> SchemeDraft:
    """A draft for 2027 that nothing stands against."""
    return hung(county)


def posted(client: Client, address: str, **given: Any) -> tuple[int, str]:
    answer = client.post(address, given, follow=True)
    return answer.status_code, unescape(answer.content.decode())


def lines(draft: SchemeDraft) -> list[Indicator]:
    draft.refresh_from_db()
    return list(DraftRevision.objects.get(draft=draft, number=draft.revision).scheme.indicators)


def test_an_indicator_is_looked_at_and_saved_behind_its_neighbours(county: County, draft: SchemeDraft) -> None:
    office, address = client_of(county.people["office"]), reverse("workshop-indicator", args=[draft.pk])
    text = unescape(office.get(address).content.decode())
    assert 'value="M04"' in text
    assert text.count('type="radio"') >= sum(map(len, FAMILIES.values()))
    status, text = posted(office, address, **NEW, step="look")
    assert (status, "1–3 10" in text, "<polyline" in text, "这一条没有发现问题" in text) == (200, True, True, True)
    assert "分值合计是 110" in text.split("别处因此出现的问题")[1]
    assert len(lines(draft)) == 3
    status, text = posted(office, address, **NEW | {"note": "县委会议加的"}, step="save")
    assert (status, "已新增“项目开工”" in text) == (200, True)
    found = lines(draft)
    assert [one.code for one in found] == ["M01", "M04", "M02", "M03"]
    assert (found[1].rule.kind, found[1].points["A"], found[1].hooks, found[1].lead) == (
        *("rank_table", 10, ("main-1",)),
        "D1",
    )
    revision = DraftRevision.objects.get(draft=draft, number=3)
    assert (revision.line, revision.note) == ("indicators[M04]", "县委会议加的")
    assert AuditRow.objects.filter(action="workshop.revision_saved").count() == 2


def test_every_problem_of_a_new_indicator_stands_at_its_field(county: County, draft: SchemeDraft) -> None:
    office, address = client_of(county.people["office"]), reverse("workshop-indicator", args=[draft.pk])
    wrong = {"code": "M01", "name": "", "points-A": "十分", "rule-table": "2-3：很多", "hooks": []}
    status, text = posted(office, address, **NEW | wrong, step="save")
    assert status == 422
    for field in ("code", "hooks"):
        assert f'href="#{field}"' in text, field
    status, text = posted(office, address, **NEW | wrong | {"code": "M04", "hooks": ["main-1"]}, step="save")
    assert status == 422
    for field in ("name", "points-A", "rule-table"):
        assert f'href="#{field}"' in text, field
    assert "2-3：很多" in text
    status, text = posted(office, address, **NEW | {"rule-kind": "", "drawn-rule": ""}, step="save")
    assert (status, 'href="#rule-kind"' in text, text.count("没有选计分规则")) == (422, True, 3)
    status, text = posted(office, address, **NEW | {"missing": "assumed"}, step="save")
    assert (status, 'href="#assumed"' in text) == (422, True)
    assert len(lines(draft)) == 3


def test_another_rule_brings_its_own_options_and_nobody_is_told_that_they_lack(
    county: County, draft: SchemeDraft
) -> None:
    office, address = client_of(county.people["office"]), reverse("workshop-edit", args=[draft.pk, "indicators", "M01"])
    text = unescape(office.get(address).content.decode())
    assert 'name="rule-line" value="100"' in text
    assert "<polyline" in text
    given = {"seen": "2", "drawn-rule": "threshold_deduct", "rule-line": "95", "hooks": "main-1"}
    status, text = posted(office, address, **given, **{"rule-kind": "bands"}, step="look")
    assert (status, 'name="rule-edges"' in text, 'name="rule-line"' in text) == (200, True, False)
    assert "field-error" not in text
    status, text = posted(office, address, **given, **{"rule-kind": "bands"}, step="save")
    assert (status, 'href="#rule-edges"' in text) == (422, True)
    bands = {"drawn-rule": "bands", "rule-kind": "bands", "rule-edges": "80、60", "rule-shares": "0.6、1"}
    status, text = posted(office, address, **given | bands, step="look")
    assert (status, 'href="#rule-kind"' in text) == (200, True)
    assert 'value="80、60"' in text
    assert "先改正这 1 处" in text.split('id="look"')[1]
    status, text = posted(office, address, **given | bands | {"rule-edges": "60、80"}, step="save")
    assert (status, "已修改" in text) == (200, True)
    one = lines(draft)[0]
    assert (one.rule.kind, one.name, one.reviewer) == ("bands", "投资完成率", "D2")


def test_a_change_is_undone_and_a_line_removed(county: County, draft: SchemeDraft) -> None:
    office = client_of(county.people["office"])
    page = reverse("workshop-draft", args=[draft.pk])
    address = reverse("workshop-edit", args=[draft.pk, "indicators", "M03"])
    posted(office, address, seen="2", name="耕地保护", hooks="up-1")
    text = unescape(office.get(page).content.decode())
    assert ("撤销最近一次修改" in text, 'name="number" value="2"' in text) == (True, True)
    posted(office, reverse("workshop-restore", args=[draft.pk]), seen="3", number="2")
    assert [one.name for one in lines(draft)][2] == "耕地整改"
    posted(office, reverse("workshop-remove", args=[draft.pk, "indicators", "M03"]))
    assert [one.code for one in lines(draft)] == ["M01", "M02"]
    like = unescape(office.get(reverse("workshop-indicator", args=[draft.pk]), {"like": "M02"}).content.decode())
    assert ('value="热线办理"' in like, 'value="M03"' in like) == (True, True)


def test_only_the_office_opens_the_form_and_only_while_the_text_may_change(
    county: County, draft: SchemeDraft, django_assert_max_num_queries: Any
) -> None:
    address = reverse("workshop-indicator", args=[draft.pk])
    for who, status in {"office": 200, "leader": 403, "t1": 403}.items():
        assert client_of(county.people[who]).get(address).status_code == status, who
    assert client_of(county.people["t1"]).post(address, NEW).status_code == 403
    with django_assert_max_num_queries(25):
        client_of(county.people["office"], "en").post(address, NEW | {"step": "look"})
    SchemeDraft.objects.filter(pk=draft.pk).update(state="abandoned", closed_reason="不编了")
    assert client_of(county.people["office"]).get(address).status_code == 404


def test_units_are_ticked_and_names_of_figures_given(county: County, draft: SchemeDraft) -> None:
    office, address = client_of(county.people["office"]), reverse("workshop-edit", args=[draft.pk, "indicators", "M03"])
    assert 'name="figures-actual" value="整改亩数"' in office.get(address).content.decode()
    given: dict[str, Any] = {"seen": "2", "hooks": "up-1", "shows-units": "yes", "units": ["T1", "T2"]}
    given["figures-actual"] = "整改面积（亩）"
    assert posted(office, address, **given)[0] == 200
    assert (lines(draft)[2].units, lines(draft)[2].figures) == (("T1", "T2"), {"actual": "整改面积（亩）"})
