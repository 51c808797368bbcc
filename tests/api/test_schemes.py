"""Schemes by the API: read with their coverage, drafted and commented on by the same rules as on the pages."""

from typing import Any

from baton.assessment.actions.scheme_comments import ask_for_comments
from baton.assessment.models import SchemeDraft, SchemeVersion
from baton.core import clock
from baton.engine.scheme.text import to_yaml
from county import SCHEME, County
from workshop import hung, whole


def test_an_adopted_scheme_is_read_with_what_hangs_on_nothing(county: County, call_as: Any) -> None:
    row = SchemeVersion.objects.get()
    _, found = call_as("t1", "GET", "/schemes?year=2026")
    assert [one["digest"] for one in found["items"]] == [row.digest]
    assert call_as("t1", "GET", "/schemes?year=2025")[1]["items"] == []
    _, one = call_as("t1", "GET", f"/schemes/{row.pk}")
    assert (one["unhooked"], one["tasks"], one["text"]) == (["M01", "M02", "M03"], [], SCHEME)
    assert call_as("t1", "GET", "/schemes/99999")[0] == 404


def test_how_scores_are_made_is_told_in_words_to_whoever_is_assessed(county: County, call_as: Any) -> None:
    number = SchemeVersion.objects.get().pk
    _, found = call_as("t1", "GET", f"/schemes/{number}/methods")
    one = found["items"][0]
    assert (one["code"], one["path"], one["lead"], one["kind"]) == (
        "M01",
        ["综合得分", "月度", "经济发展"],
        "发改局",
        "threshold_deduct",
    )
    assert [(share["groups"], share["points"]) for share in one["shares"]] == [(["乡镇组", "部门组"], "60")]
    assert "100" in "".join(one["shares"][0]["rule"])
    assert call_as("t1", "GET", "/schemes/99999/methods")[0] == 404


def test_a_draft_is_begun_revised_and_told_what_is_found(county: County, call_as: Any) -> None:
    assert call_as("t1", "POST", "/scheme-drafts", {"text": SCHEME})[0] == 422
    status, wrong = call_as("office", "POST", "/scheme-drafts", {"text": "code: ["})
    assert (status, bool(wrong["problems"])) == (422, True)
    status, made = call_as("office", "POST", "/scheme-drafts", {"text": SCHEME})
    assert (status, made["revision"], made["state"]) == (200, 1, "drafting")
    address = f"/scheme-drafts/{made['id']}"
    _, found = call_as("office", "GET", address)
    assert {one["code"] for one in found["found"]} >= {"engine.lint_no_hook"}
    text = {"text": to_yaml(whole()), "seen": 1}
    assert call_as("office", "POST", f"{address}/revisions", text)[1]["revision"] == 2
    status, told = call_as("office", "POST", f"{address}/revisions", text)
    assert (status, told["problems"][0]["code"]) == (422, "workshop.changed_meanwhile")
    assert call_as("t1", "GET", address)[0] == 404
    assert call_as("t1", "POST", f"{address}/revisions", text)[0] == 404


def test_an_indicator_is_added_and_changed(county: County, call_as: Any) -> None:
    address = f"/scheme-drafts/{hung(county).pk}/indicators"
    fields = {"name": "项目开工", "parent": "M-发展", "points": {"A": 10}, "rule": {"kind": "attain", "line": 95}}
    fields |= {"hooks": ["main-1"], "frequency": "month", "missing": "exclude", "lead": None}
    assert call_as("office", "POST", address, {"code": "M04", "fields": fields})[1]["revision"] == 3
    change = {"code": "M04", "fields": {"rule": {"kind": "bands"}}, "seen": 3}
    status, told = call_as("office", "POST", address, change)
    assert (status, {one["place"] for one in told["problems"]}) == (
        422,
        {"indicators[M04].rule.edges", "indicators[M04].rule.shares"},
    )
    status, told = call_as("office", "POST", address, {"code": "M04", "fields": fields})
    assert (status, told["problems"][0]["code"]) == (422, "workshop.code_taken")
    change["fields"] = {"name": "重大项目开工", "code": "X"}
    assert call_as("office", "POST", address, change)[1]["revision"] == 4
    assert call_as("t1", "POST", address, change)[0] == 404
    assert call_as("leader", "POST", address, change | {"seen": 4})[0] == 422


def test_units_comment_and_put_targets_forward(county: County, call_as: Any) -> None:
    row = hung(county)
    ask_for_comments(by=county.by("office"), draft=row.pk, until=clock.today())
    address = f"/scheme-drafts/{row.pk}"
    status, said = call_as(
        "t1", "POST", f"{address}/comments", {"unit": "T1", "line": "indicators[M03]", "text": "偏高"}
    )
    assert (status, said["state"]) == (200, "open")
    assert call_as("t1", "POST", f"{address}/comments", {"unit": "T2", "text": "冒名"})[0] == 422
    assert call_as("t2", "GET", f"{address}/comments")[1]["items"] == []
    given = {"outcome": "declined", "answer": "上年同口径"}
    assert call_as("t1", "POST", f"/scheme-comments/{said['id']}/answer", given)[0] == 422
    assert call_as("office", "POST", f"/scheme-comments/{said['id']}/answer", given)[1]["state"] == "declined"
    target = {"unit": "D1", "name": "争取项目", "value": "12.50", "measure": "个", "hook": "up-1"}
    status, made = call_as("d1_clerk", "POST", f"{address}/targets", target)
    assert (status, made["value"], made["state"]) == (200, "12.5", "proposed")
    status, told = call_as("d1_clerk", "POST", f"{address}/targets", target | {"hook": "无"})
    assert (status, told["problems"][0]["code"]) == (422, "workshop.hook_lacking")
    assert [one["id"] for one in call_as("office", "GET", f"{address}/targets")[1]["items"]] == [made["id"]]
    assert [one["id"] for one in call_as("office", "GET", "/scheme-drafts")[1]["items"]] == [row.pk]
    assert SchemeDraft.objects.get().revision == 2
