"""The check of a grid loads what its drafts would give, in a real Chromium."""

from typing import Any

import pytest
from django.urls import reverse

from baton.assessment.actions.below.entering import Typed
from baton.assessment.actions.figures import save_draft
from chromium import WIDE, Open, accessible, no_sideways
from county import make_county

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_check_shows_what_drafts_would_give(open_page: Open, settings: Any) -> None:
    county = make_county(settings)
    county.month()
    cells = [Typed(unit, "HOT", "actual", "2026-09", "85") for unit in ("T1", "T2", "T3")]
    save_draft(by=county.by("d2"), period="2026-09", cells=cells)
    page = open_page(reverse("report-check", args=["2026-09", "D2"]), county.people["d2"], WIDE)
    page.get_by_text("3 个单位得分全部相同").wait_for()
    accessible(page)
    no_sideways(page)
