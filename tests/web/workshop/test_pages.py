"""Pages of the workshop: who sees what, what was typed is kept, a workbook there and back, few queries."""

from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from baton.assessment.actions.scheme_comments import ask_for_comments, comment
from baton.assessment.actions.scheme_drafts import change_line
from baton.assessment.actions.scores import publish_month, score_month
from baton.assessment.choices import DraftState, RunKind
from baton.assessment.models import DraftComment, DraftRevision, LibraryLine, OwnTarget, SchemeDraft, SchemeVersion
from baton.core import clock
from baton.core.models import Notice
from baton.sheets.scheme_book import write_scheme
from county import SCHEME, County, make_county
from reporting import client_of
from workshop import hung, whole

ROOMS = ("draft", "coverage", "own", "comments", "history", "decide")


@pytest.fixture
def county(db: None, settings: Any) -> County:
    """The small county."""
    return make_county(settings)


def text_of(client: Client, name: str, *given: object, **query: str) -> str:
    answer = client.get(reverse(name, args=given), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return unescape(answer.content.decode())


def link_of(code: str) -> str:
    """Where a notice leads; actions know no addresses of pages but these."""
    return Notice.objects.filter(code=code).values_list("link", flat=True)[0]


def posted(client: Client, address: str, **given: Any) -> tuple[int, str]:
    answer = client.post(address, given, follow=True)
    return answer.status_code, unescape(answer.content.decode())


def test_an_empty_workshop_says_how_to_begin(county: County) -> None:
    office = client_of(county.people["office"])
    text = text_of(office, "workshop")
    assert "还没有在编的方案" in text
    assert reverse("workshop-begin") in text
    unit = client_of(county.people["t1"])
    assert reverse("workshop-begin") not in text_of(unit, "workshop")
    assert unit.get(reverse("workshop-begin")).status_code == 403


def test_who_sees_a_draft_and_its_rooms(county: County) -> None:
    row = hung(county)
    for who, status in {"office": 200, "leader": 200, "t1": 404, "nobody": 404}.items():
        client = client_of(county.people[who])
        for room in ROOMS:
            assert client.get(reverse(f"workshop-{room}", args=[row.pk])).status_code == status, (who, room)
    ask_for_comments(by=county.by("office"), draft=row.pk, until=clock.today())
    unit = client_of(county.people["t1"])
    text = text_of(unit, "workshop-draft", row.pk)
    assert "投资完成率" in text
    assert reverse("workshop-edit", args=[row.pk, "indicators", "M01"]) not in text
    assert reverse("workshop-history", args=[row.pk]) not in text
    earlier = {"revision": "1"}
    assert unit.get(reverse("workshop-draft", args=[row.pk]), earlier).status_code == 404
    assert client_of(county.people["leader"]).get(reverse("workshop-draft", args=[row.pk]), earlier).status_code == 200
    for room, given in {"upload": (), "edit": ("indicators", "M01"), "task": ()}.items():
        assert unit.get(reverse(f"workshop-{room}", args=[row.pk, *given])).status_code == 403
    assert "由考核办主任审定和发布" in text_of(unit, "workshop-decide", row.pk)
    assert "由考核办主任审定和发布" in text_of(client_of(county.people["office"]), "workshop-decide", row.pk)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_rooms_ask_the_database_little(county: County, django_assert_max_num_queries: Any, language: str) -> None:
    row = hung(county)
    ask_for_comments(by=county.by("office"), draft=row.pk, until=clock.today())
    for number in range(12):
        comment(by=county.by("t1"), draft=row.pk, unit=county.units["T1"], line="", text=f"意见{number}")
    client = client_of(county.people["chief"], language)
    for room in (*ROOMS, "trial-run"):
        with django_assert_max_num_queries(25):
            text_of(client, f"workshop-{room}", row.pk)
    for name, given in {
        "workshop": (),
        "workshop-library": (),
        "workshop-version": (SchemeVersion.objects.get().pk,),
    }.items():
        with django_assert_max_num_queries(25):
            text_of(client, name, *given)


def test_what_is_found_stands_beside_the_line_it_concerns(county: County) -> None:
    office = client_of(county.people["office"])
    file = SimpleUploadedFile("小县.yaml", SCHEME.encode())
    address = office.post(reverse("workshop-begin"), {"way": "file", "file": file}).headers["Location"]
    assert "不得发布 3 处" in office.get(address).content.decode()
    _, text = posted(office, address, key="k")
    row = SchemeDraft.objects.get()
    assert "已建稿" in text
    line = text.split('<tr id="M02">')[1].split("</tr>")[0]
    assert "没有挂接" in line
    assert "热线办理" in line
    assert text_of(office, "workshop-coverage", row.pk).count("去挂接") == 3


def test_a_file_that_is_none_is_told_and_nothing_begins(county: County) -> None:
    office = client_of(county.people["office"])
    status, text = posted(office, reverse("workshop-begin"), way="file")
    assert (status, 'href="#file"' in text) == (422, True)
    answer = office.post(
        reverse("workshop-begin"), {"way": "file", "file": SimpleUploadedFile("a.yaml", "code: 甲".encode())}
    )
    address = answer.headers["Location"]
    assert "读不出方案" in office.get(address).content.decode()
    assert office.post(address, {"key": "k"}).status_code == 422
    assert not SchemeDraft.objects.exists()
    status, text = posted(office, reverse("workshop-begin"), way="year", version="", year="二七", key="k")
    assert (status, 'value="二七"' in text) == (422, True)
    status, text = posted(office, reverse("workshop-begin"), way="amend", amended="1", reason="市里调整", key="k")
    assert (status, "市里调整" in text) == (422, True)


def test_a_line_is_changed_in_the_page_and_what_was_typed_is_kept(county: County) -> None:
    row = hung(county)
    office = client_of(county.people["office"])
    address = reverse("workshop-edit", args=[row.pk, "indicators", "M01"])
    given: dict[str, Any] = {"seen": "2", "name": "投资增速", "points-A": "六十", "points-B": "60", "hooks": ["main-1"]}
    status, text = posted(office, address, **given)
    assert (status, 'value="六十"' in text, 'href="#points-A"' in text) == (422, True, True)
    status, text = posted(office, address, **given | {"points-A": "55", "hooks": []})
    assert (status, 'href="#hooks"' in text) == (422, True)
    status, text = posted(office, address, **given | {"points-A": "55", "note": "领导小组意见"})
    assert (status, "已修改“投资增速”" in text) == (200, True)
    status, text = posted(office, address, **given | {"points-A": "50"})
    assert status == 422
    assert "段经办刚才改过" in text
    assert 'value="50"' in text
    text = text_of(office, "workshop-history", row.pk)
    assert "领导小组意见" in text
    text = text_of(office, "workshop-compare", before=f"d{row.pk}r2", after=f"d{row.pk}r3")
    assert "<del" in text
    assert "投资增速" in text
    assert "乡镇组 55" in text


def test_a_task_is_added_changed_and_removed_only_once_nothing_hangs_on_it(county: County) -> None:
    row = hung(county)
    office = client_of(county.people["office"])
    address = reverse("workshop-task", args=[row.pk])
    status, text = posted(office, address, kind="", code="main-2", name="难啃的骨头")
    assert (status, 'value="难啃的骨头"' in text) == (422, True)
    status, text = posted(office, address, kind="main_line", code="main 2", name="难啃的骨头")
    assert (status, 'href="#code"' in text) == (422, True)
    posted(office, address, kind="main_line", code="main-2", name="难啃的骨头", document="", lead="D1")
    assert "没有指标承接" in text_of(office, "workshop-coverage", row.pk)
    status, text = posted(office, reverse("workshop-remove", args=[row.pk, "tasks", "main-1"]))
    assert (status, "投资完成率" in text) == (422, True)
    posted(office, reverse("workshop-remove", args=[row.pk, "tasks", "main-2"]))
    assert (
        "难啃的骨头" not in text_of(office, "workshop-coverage", row.pk).split('role="status"')[-1].split("</p>", 1)[1]
    )


def test_a_workbook_goes_out_and_comes_back_with_its_changes_shown_first(county: County) -> None:
    row = hung(county)
    office = client_of(county.people["office"])
    answer = office.get(reverse("workshop-workbook", args=[row.pk]))
    assert "-r2.xlsx" in answer.headers["Content-Disposition"]
    book = load_workbook(BytesIO(answer.content))
    sheet = book["指标"]
    (cell,) = [cell for cells in sheet.iter_rows() for cell in cells if cell.value == "热线办理"]
    cell.value = "热线满意率"
    changed = BytesIO()
    book.save(changed)
    change_line(
        by=county.by("chief"),
        draft=row.pk,
        seen=2,
        section="indicators",
        code="M01",
        changes={"name": "固定资产投资"},
    )
    upload = reverse("workshop-upload", args=[row.pk])
    file = SimpleUploadedFile("scheme-r2.xlsx", changed.getvalue())
    address = office.post(upload, {"file": file}).headers["Location"]
    text = unescape(office.get(address).content.decode())
    assert "共改动 2 条" in text
    assert "已被别人改过" in text
    status, text = posted(office, address, seen="3")
    assert (status, "固定资产投资" in text) == (422, True)
    assert posted(office, address, seen="2", anyway="yes")[0] == 422
    assert posted(office, address, seen="3", anyway="yes", note="按纪要改")[0] == 200
    names = {one.code: one.name for one in DraftRevision.objects.get(draft=row, number=4).scheme.indicators}
    assert (names["M01"], names["M02"]) == ("投资完成率", "热线满意率")
    text = posted(office, reverse("workshop-restore", args=[row.pk]), seen="4", number="3")[1]
    assert "固定资产投资" in text


def test_a_workbook_with_faults_is_given_back_marked(county: County) -> None:
    row = hung(county)
    office = client_of(county.people["office"])
    book = load_workbook(BytesIO(write_scheme(whole())))
    sheet = book["指标"]
    (cell,) = [cell for cells in sheet.iter_rows() for cell in cells if cell.value == "热线办理"]
    cell.value = None
    broken = BytesIO()
    book.save(broken)
    upload = reverse("workshop-upload", args=[row.pk])
    address = office.post(upload, {"file": SimpleUploadedFile("坏.xlsx", broken.getvalue())}).headers["Location"]
    text = unescape(office.get(address).content.decode())
    assert "读不出方案" in text
    assert cell.coordinate in text
    marked = text.split('href="/workshop/begin/')[1].split('"')[0]
    assert office.get(f"/workshop/begin/{marked}").content[:2] == b"PK"
    assert posted(office, address, seen="2")[0] == 422


def test_units_comment_and_are_answered_in_writing(county: County) -> None:
    row = hung(county)
    office, unit = client_of(county.people["office"]), client_of(county.people["t1"])
    status, text = posted(office, reverse("workshop-ask", args=[row.pk]), until="2020-01-01")
    assert (status, 'value="2020-01-01"' in text) == (422, True)
    posted(office, reverse("workshop-ask", args=[row.pk]), until=clock.today().isoformat())
    rooms = reverse("workshop-comments", args=[row.pk])
    assert "征求意见" in text_of(unit, "notices")
    assert link_of("workshop.notice_asked") == rooms
    status, text = posted(unit, rooms, line="indicators[M03]", text="", key="k")
    assert (status, 'href="#text"' in text, 'value="indicators[M03]" selected' in text) == (422, True, True)
    posted(unit, rooms, line="indicators[M03]", text="整改面积应扣除历史遗留", key="k")
    said = DraftComment.objects.get()
    other = client_of(county.people["d1_clerk"])
    assert "已记下：无意见" in posted(other, rooms, nothing="yes", key="n")[1]
    assert "整改面积" not in text_of(client_of(county.people["t2"]), "workshop-comments", row.pk)
    answer = reverse("workshop-answer", args=[row.pk, said.pk])
    status, text = posted(office, answer, **{f"outcome-{said.pk}": "", f"answer-{said.pk}": "已扣除"})
    assert (status, f'href="#outcome-{said.pk}"' in text, ">已扣除</textarea>" in text) == (422, True, True)
    posted(office, answer, **{f"outcome-{said.pk}": "adopted", f"answer-{said.pk}": "已扣除"})
    text = text_of(unit, "workshop-comments", row.pk)
    assert "采纳" in text
    assert "已扣除" in text
    assert unit.post(answer, {}).status_code == 403
    assert "已扣除" in text_of(office, "workshop-comments-list", row.pk, state="adopted")
    assert "已扣除" not in text_of(office, "workshop-comments-list", row.pk, state="open")
    assert "已扣除" not in text_of(client_of(county.people["t2"]), "workshop-comments-list", row.pk)
    assert office.get(reverse("workshop-comments-list", args=[row.pk]), {"export": "xlsx"}).content[:2] == b"PK"


def test_a_department_puts_a_target_forward_and_the_office_takes_it(county: County) -> None:
    row = hung(county)
    office, unit = client_of(county.people["office"]), client_of(county.people["d1_clerk"])
    rooms = reverse("workshop-own", args=[row.pk])
    target = {"name": "争取项目 12 个", "value": "12", "measure": "个", "hook": "main-1", "key": "k"}
    ask_for_comments(by=county.by("office"), draft=row.pk, until=clock.today())
    status, text = posted(unit, rooms, **target | {"hook": "", "value": "很多"})
    assert (status, 'href="#hook"' in text, 'href="#value"' in text, 'value="很多"' in text) == (422, True, True, True)
    posted(unit, rooms, **target)
    one = OwnTarget.objects.get()
    posted(unit, rooms, **target | {"name": "争取资金 3 亿元", "key": "k2"})
    two = OwnTarget.objects.get(name="争取资金 3 亿元")
    take = reverse("workshop-own-take", args=[row.pk])
    status, text = posted(office, take)
    assert (status, "没有勾选目标" in text) == (422, True)
    given: dict[str, Any] = {"pick": [one.pk, two.pk], f"parent-{one.pk}": "M-发展", f"parent-{two.pk}": "M-发展"}
    status, text = posted(office, take, **given, **{f"points-{one.pk}": "5"})
    assert (status, f'href="#points-{two.pk}"' in text, 'value="5"' in text) == (422, True, True)
    status, text = posted(office, take, **given | {"pick": [one.pk]}, **{f"points-{one.pk}": "5"})
    back = posted(office, reverse("workshop-own-return", args=[row.pk, two.pk]), **{f"reason-{two.pk}": "与投资重复"})
    assert "与投资重复" in text_of(unit, "workshop-own", row.pk)
    assert {link_of("workshop.notice_taken"), link_of("workshop.notice_returned")} == {rooms}
    assert back[0] == 200
    one.refresh_from_db()
    assert (one.state, one.indicator) == ("taken", "M-发展-D1-1")
    made = next(one for one in DraftRevision.objects.get(draft=row, number=3).scheme.indicators if one.units)
    assert (made.units, made.hooks, made.reporter.value) == (("D1",), ("main-1",), "unit")
    again = posted(office, reverse("workshop-own-return", args=[row.pk, one.pk]), **{f"reason-{one.pk}": "重复"})
    assert again[0] == 422
    assert (
        "争取项目" not in text_of(client_of(county.people["t1"]), "workshop-own", row.pk).split("方案里的个性目标")[0]
    )


def test_the_head_approves_and_publishes_and_the_second_click_is_told(county: County) -> None:
    row = hung(county)
    chief = client_of(county.people["chief"])
    address = reverse("workshop-decide", args=[row.pk])
    status, text = posted(chief, address, step="approve", seen="2", document="", waived="")
    assert (status, 'href="#document"' in text, 'href="#waived"' in text) == (422, True, True)
    posted(chief, address, step="approve", seen="2", document="纪要〔2026〕12号", waived="只改年份")
    assert "已发布" in posted(chief, address, step="publish")[1]
    status, text = posted(chief, address, step="publish")
    assert (status, "周主任已于" in text) == (422, True)
    row.refresh_from_db()
    assert row.state == DraftState.PUBLISHED
    assert row.published is not None
    assert link_of("workshop.notice_published") == reverse("workshop-draft", args=[row.pk])
    text = text_of(client_of(county.people["t1"]), "workshop-version", row.published.pk)
    assert "纪要〔2026〕12号" in text
    book = client_of(county.people["t1"]).get(reverse("workshop-version-workbook", args=[row.published.pk]))
    assert load_workbook(BytesIO(book.content))["基本信息"] is not None
    assert client_of(county.people["office"]).post(address, {"step": "publish"}).status_code in (404, 422)


def test_a_draft_is_tried_on_figures_of_a_year_by_who_may_see_them(county: County) -> None:
    county.month("2026-09")
    county.fill(hot="80")
    row = hung(county)
    office = client_of(county.people["office"])
    assert "没有可以试算的年度数据" in text_of(office, "workshop-trial-run", row.pk)
    county.on(date(2026, 10, 25))
    score_month(by=county.by("office"), period="2026-09", kind=RunKind.OFFICIAL)
    publish_month(by=county.by("chief"), period="2026-09")
    text = text_of(office, "workshop-trial-run", row.pk)
    assert "按 2026 年的数试算" in text
    assert "甲镇" in text
    assert "同样的数，按《小县2026年度考核方案 1》" in text
    county.month("2026-10")
    assert "没有可以试算的年度数据" in text_of(office, "workshop-trial-run", row.pk)


def test_weights_are_tried_by_hand_only_while_the_text_may_change(county: County) -> None:
    row = hung(county)
    office = client_of(county.people["office"])
    county.month("2026-09")
    county.fill()
    county.enter("", "HOT", {"T1": "80", "T2": "90", "T3": "90"})
    county.enter("", "ARB", {"T1": "10", "T2": "10", "T3": "8"})
    county.on(date(2026, 10, 25))
    score_month(by=county.by("office"), period="2026-09", kind=RunKind.OFFICIAL)
    publish_month(by=county.by("chief"), period="2026-09")
    page = text_of(office, "workshop-weights", row.pk, group="A", year="2026")
    assert "现在是方案自己的比重" in page
    assert 'type="range"' in page
    address = reverse("workshop-weights", args=[row.pk])
    asked = {"group": "A", "year": "2026", "w-M01": "60", "w-M02": "0", "w-M03": "40"}
    part = unescape(office.get(address, asked, headers={"HX-Request": "true"}).content.decode())
    assert part.startswith("<section")
    assert 'id="weighed"' in part
    assert part.index("甲镇") < part.index("丙镇"), "without the hotline 甲镇 stands before 丙镇"
    assert "热线办理 20.0% → 0.0%；耕地整改 20.0% → 40.0%" in part
    assert "投资完成率 60.0%" not in part, "nobody moved it"
    assert "不是数" in unescape(office.get(address, asked | {"w-M01": "多"}).content.decode())
    assert client_of(county.people["t1"]).get(address).status_code == 404
    SchemeDraft.objects.filter(pk=row.pk).update(state=DraftState.ABANDONED, closed_reason="不编了")
    assert office.get(address).status_code == 404


def test_the_library_finds_an_indicator_and_takes_it_into_a_draft(county: County) -> None:
    row = hung(county)
    office = client_of(county.people["office"])
    assert "耕地整改" in text_of(office, "workshop-library", q="耕地")
    assert "耕地整改" not in text_of(office, "workshop-library", q="热线")
    line = LibraryLine.objects.get(code="M03")
    posted(office, reverse("workshop-remove", args=[row.pk, "indicators", "M03"]))
    address = reverse("workshop-line", args=[line.pk])
    assert "选" in text_of(office, "workshop-line", line.pk, draft=str(row.pk))
    status, text = posted(office, address, draft=str(row.pk), parent="M-民生", hook="")
    assert (status, 'href="#hook"' in text, 'value="M-民生" selected' in text) == (422, True, True)
    assert "已把“耕地整改”放进方案" in posted(office, address, draft=str(row.pk), parent="M-民生", hook="up-1")[1]
    assert "放进在编方案" not in text_of(client_of(county.people["t1"]), "workshop-line", line.pk)


def test_two_texts_are_compared_only_by_who_may_see_both(county: County) -> None:
    row, version = hung(county), SchemeVersion.objects.get()
    given = {"before": f"v{version.pk}", "after": f"d{row.pk}"}
    office = client_of(county.people["office"])
    assert office.get(reverse("workshop-compare-draft", args=[row.pk]), follow=True).status_code == 200
    assert "工业强县" in text_of(office, "workshop-compare", **given)
    assert "没有这份方案" in text_of(client_of(county.people["t1"]), "workshop-compare", **given)
    assert "选两份方案" in text_of(office, "workshop-compare")
