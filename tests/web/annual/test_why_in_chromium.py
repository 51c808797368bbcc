"""Why a total of the year differs, in a browser: asked for on the board, waited for, and read down to the pieces."""

import pytest
from playwright.sync_api import expect

from baton.assessment.actions.annual.year import run_annual
from baton.core.jobs.running import run_job
from baton.core.models import Job
from chromium import PHONE, Open, accessible, follow, no_sideways
from year import YEAR, YearCounty, make_year_county

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(transactional_db: None, settings: object) -> YearCounty:
    """The county whose year was scored twice, a figure of 第8镇 put right in between."""
    county = make_year_county()
    county.scored()
    county.figure("T08", "85.5")
    run_annual(by=county.by("office"), year=YEAR)
    return county


def test_the_office_has_a_new_run_explained(county: YearCounty, open_page: Open) -> None:
    page = open_page("/years/2025/", county.people["office"])
    follow(page.get_by_role("link", name="看为什么"))
    accessible(page)
    follow(page.get_by_role("button", name="算清差异"))
    expect(page.get_by_text("正在计算差异", exact=True)).to_be_visible()
    run_job.func(Job.objects.get(kind="annual.job_why").pk)
    expect(page.get_by_text("1 个单位上升，0 个下降，10 个不变")).to_be_visible(timeout=20_000)
    accessible(page)
    no_sideways(page)
    follow(page.get_by_role("link", name="第8镇"))
    expect(page.get_by_role("row", name="合计")).to_contain_text("+5.5")
    accessible(page)
    page.set_viewport_size(PHONE)
    accessible(page)
    no_sideways(page)
