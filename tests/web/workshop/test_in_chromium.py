"""A scheme from draft through comments to publication and one amendment, in a real Chromium."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from baton.assessment.actions.own_targets import propose_target
from baton.assessment.actions.scheme_comments import ask_for_comments, comment
from baton.assessment.models import DraftRevision, LibraryLine, Month, SchemeDraft, SchemeVersion
from baton.core import clock
from chromium import PHONE, WIDE, Open, accessible, follow, no_sideways
from county import County, make_county
from workshop import hung

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROOMS = ("draft", "coverage", "own", "own-list", "comments", "comments-list", "history", "decide", "trial-run")


@pytest.fixture
def county(transactional_db: None, settings: Any) -> County:
    """The small county on the 2nd of October, with October open."""
    made = make_county(settings)
    made.month("2026-10")
    return made


def fine(page: Page) -> Page:
    accessible(page)
    no_sideways(page)
    return page


def an_indicator_is_added(desk: Page) -> None:
    """By its form: a rule chosen, its options filled in, looked at, saved."""
    follow(desk.get_by_role("link", name="逐条", exact=True))
    follow(desk.get_by_role("link", name="新增指标"))
    fine(desk).get_by_label("名称", exact=True).fill("项目开工")
    desk.get_by_label("上级节点").select_option(label="　　经济发展")
    desk.get_by_label("工业强县").check()
    desk.get_by_label("达标 ").check()
    follow(desk.get_by_role("button", name="用这种规则"))
    desk.get_by_label("达标线").fill("九十五")
    desk.get_by_label("乡镇组").fill("10")
    desk.get_by_label("牵头单位").select_option(label="发改局")
    desk.get_by_label("报数频度").select_option(label="月")
    desk.get_by_label("缺报时").select_option(label="剔除归一")
    follow(desk.get_by_role("button", name="先看看"))
    fine(desk).locator("#rule-line-message").wait_for()
    desk.get_by_label("达标线").fill("95")
    follow(desk.get_by_role("button", name="先看看"))
    fine(desk).get_by_text("这一条没有发现问题").wait_for()
    follow(desk.get_by_role("button", name="保存", exact=True))
    fine(desk).get_by_text("已新增“项目开工”").wait_for()
    desk.get_by_role("button", name="撤销最近一次修改").wait_for()


def test_a_scheme_goes_from_draft_through_comments_to_publication(county: County, open_page: Open) -> None:
    desk = fine(open_page(reverse("workshop-begin"), county.people["chief"]))
    follow(desk.get_by_role("button", name="建立新年度方案"))
    row = SchemeDraft.objects.get()
    fine(desk).get_by_text("不得发布 3 处").wait_for()
    follow(desk.get_by_role("link", name="挂接", exact=True))
    follow(desk.get_by_role("link", name="在“主线任务”里增加任务"))
    desk.get_by_label("代码").fill("main-1")
    desk.get_by_label("名称").fill("工业强县")
    follow(desk.get_by_role("button", name="增加任务"))
    fine(desk).get_by_text("主线任务 1 条没有指标承接").wait_for()
    for name in ("投资完成率", "热线办理", "耕地整改"):
        follow(desk.get_by_role("link", name=f"给“{name}”挂接任务"))
        desk.get_by_label("工业强县").check()
        if name == "投资完成率":
            desk.get_by_label("乡镇组").fill("50")
        follow(desk.get_by_role("button", name="保存", exact=True))
        follow(desk.get_by_role("link", name="挂接", exact=True))
    desk.get_by_text("指标都有挂接").wait_for()
    an_indicator_is_added(desk)
    follow(desk.get_by_role("link", name="意见", exact=True))
    desk.get_by_label("意见截止日").fill("2026-10-02")
    follow(desk.get_by_role("button", name="发给各单位征求意见"))

    phone = fine(open_page(reverse("workshop-comments", args=[row.pk]), county.people["t1"], PHONE))
    phone.get_by_label("对哪一条").select_option("indicators[M03]")
    phone.get_by_label("意见", exact=True).fill("整改面积应扣除历史遗留")
    follow(phone.get_by_role("button", name="提交意见"))
    fine(phone).get_by_text("意见已提交").wait_for()

    desk.reload()
    desk.get_by_label("办理结果").select_option("adopted")
    desk.get_by_label("答复").fill("同意，口径已改")
    follow(desk.get_by_role("button", name="答复"))
    county.on(date(2026, 10, 3))
    follow(desk.get_by_role("link", name="审定发布"))
    desk.get_by_label("依据文件").fill("县委常委会纪要〔2026〕12号")
    follow(desk.get_by_role("button", name="审定"))
    follow(fine(desk).get_by_role("button", name="发布"))
    fine(desk).get_by_text("周主任 2026-10-03").first.wait_for()
    assert SchemeVersion.objects.filter(year=2027, document="县委常委会纪要〔2026〕12号").exists()


def test_an_amendment_is_published_and_the_head_moves_an_open_month(county: County, open_page: Open) -> None:
    desk = open_page(reverse("workshop-begin"), county.people["chief"])
    desk.get_by_label("生效日期").fill("2026-10-01")
    desk.get_by_label("调整理由").fill("市里调整口径")
    follow(desk.get_by_role("button", name="开始调整"))
    row = SchemeDraft.objects.get()
    tasked = hung(county)
    scheme = DraftRevision.objects.get(draft=tasked, number=2).text
    scheme = scheme.replace("2027", "2026").replace("effective_from: 2026-01-01", "effective_from: 2026-10-01")
    follow(desk.get_by_role("link", name="上传改好的工作簿"))
    text = scheme.replace("code: SMALL-2026\n", 'code: SMALL-2026\nversion: "2"\n')
    file = {"name": "调整.yaml", "mimeType": "text/yaml", "buffer": text.encode()}
    desk.get_by_label("文件").set_input_files(files=[file])
    follow(desk.get_by_role("button", name="试读"))
    follow(fine(desk).get_by_role("button", name="保存这"))
    follow(desk.get_by_role("link", name="对照"))
    fine(desk).get_by_text("工业强县").first.wait_for()
    desk.goto(desk.url.split("/workshop/")[0] + reverse("workshop-decide", args=[row.pk]))
    desk.get_by_label("依据文件").fill("领导小组纪要〔2026〕3号")
    desk.get_by_label("没有征求意见的理由").fill("只补挂接，不改分值")
    follow(desk.get_by_role("button", name="审定"))
    follow(desk.get_by_role("button", name="发布"))
    fine(desk).get_by_text("已开，保持原版本").wait_for()
    desk.get_by_label("改用理由").fill("纪要要求自十月起执行")
    follow(desk.get_by_role("button", name="改用本版本"))
    desk.get_by_text("用本版本").first.wait_for()
    assert Month.objects.get(period="2026-10").scheme.document == "领导小组纪要〔2026〕3号"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_room_of_a_draft_is_accessible(county: County, open_page: Open, size: dict[str, int]) -> None:
    row = hung(county)
    ask_for_comments(by=county.by("office"), draft=row.pk, until=clock.today())
    comment(by=county.by("t1"), draft=row.pk, unit=county.units["T1"], line="indicators[M03]", text="面积口径待定")
    given = {"name": "争取项目", "value": "12", "measure": "个", "hook": "main-1"}
    propose_target(by=county.by("d1"), draft=row.pk, unit=county.units["D1"], **given)
    page = open_page(reverse("workshop-edit", args=[row.pk, "indicators", "M01"]), county.people["office"], size)
    fine(page)
    rooms = [reverse(f"workshop-{room}", args=[row.pk]) for room in (*ROOMS, "indicator")]
    rooms += [reverse("workshop-compare-draft", args=[row.pk])]
    rooms += [reverse("workshop-version", args=[SchemeVersion.objects.get().pk])]
    rooms += [reverse("workshop-line", args=[LibraryLine.objects.all()[0].pk]) + f"?draft={row.pk}"]
    start = page.url.split("/workshop/")[0]
    for room in rooms:
        page.goto(start + room)
        fine(page)
    page.goto(start + reverse("workshop-begin"))
    table = {"name": "分解表.csv", "mimeType": "text/csv", "buffer": "工作任务,分值\n招商,十\n".encode()}
    page.get_by_label("指标表").set_input_files(files=[table])
    follow(page.get_by_role("button", name="上传，对照各列"))
    fine(page)
