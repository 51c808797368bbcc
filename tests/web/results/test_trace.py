"""From a score to its figures: by their printed names, and a year's target with what of it was due by now."""

import pytest
from django.test import Client
from django.urls import reverse

from baton.assessment.actions.schemes import adopt_scheme
from baton.assessment.actions.scores import publish_month, score_month
from baton.assessment.choices import RunKind
from baton.core.acting import SYSTEM
from county import SCHEME, County, county

__all__ = ["county"]
pytestmark = pytest.mark.django_db
PLAN = """rule: {kind: time_progress, step: 0.001}
    target: {value: 120, spread: proportional}"""


def test_a_figure_has_its_printed_name_and_a_target_what_was_due_by_now(client: Client, county: County) -> None:
    adopt_scheme(by=SYSTEM, text=SCHEME.replace("rule: {kind: threshold_deduct, line: 90, step: 0.05}", PLAN))
    county.month()
    county.fill()
    score_month(by=county.by("office"), period="2026-09", kind=RunKind.OFFICIAL)
    publish_month(by=county.by("chief"), period="2026-09", document="云考办〔2026〕9号")
    client.force_login(county.people["leader"])
    shown = client.get(reverse("trace", args=("2026-09", "T1", "M02"))).content.decode()
    assert "热线得分</td>" in shown
    assert "actual</td>" not in shown
    assert "到本月序时应完成 90 分" in shown
