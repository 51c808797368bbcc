"""From a score to the negotiation of its target and back, for those who may see it."""

from datetime import date
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from aiming import Aiming, aiming
from baton.assessment.actions.months import open_month
from baton.assessment.actions.scores import publish_month, score_month
from baton.assessment.actions.targets.answering import accept_target
from baton.assessment.actions.targets.fixing import fix_targets
from baton.assessment.actions.targets.proposing import propose_target
from baton.assessment.choices import RunKind
from baton.assessment.queries.targets.scores import scores_by, targets_behind
from reporting import client_of

__all__ = ["aiming"]


def text_of(client: Client, name: str, *given: object) -> str:
    answer = client.get(reverse(name, args=given))
    assert answer.status_code == 200, (name, answer.status_code)
    return unescape(answer.content.decode())


def test_a_score_leads_to_its_target_and_the_target_to_its_score(
    aiming: Aiming, django_assert_max_num_queries: Any
) -> None:
    aiming.call()
    row = propose_target(by=aiming.by("t1_head"), target=aiming.target().pk, typed="11800", reason="续建项目两个")
    indicator = next(one for one in row.call.scheme.scheme.indicators if one.code == "M01")
    for who, seen in {"office": [row], "t1_head": [row], "d1": [row], "t2_head": []}.items():
        assert targets_behind(aiming.people[who], "T1", indicator, 2026) == seen, who
    assert targets_behind(aiming.people["office"], "T1", indicator, 2025) == []
    accept_target(by=aiming.by("d1"), target=row.pk)
    fix_targets(by=aiming.by("office"), targets=[row.pk])
    assert targets_behind(aiming.people["t2_head"], "T1", indicator, 2026) == [row]
    office = client_of(aiming.people["office"])
    assert "本年最近一次得分" not in text_of(office, "target", row.pk)
    aiming.on(date(2026, 10, 2))
    open_month(by=aiming.by("office"), period="2026-09")
    aiming.on(date(2026, 10, 25))
    score_month(by=aiming.by("office"), period="2026-09", kind=RunKind.OFFICIAL)
    row.refresh_from_db()
    assert scores_by(aiming.people["t2_head"], row) == []
    publish_month(by=aiming.by("chief"), period="2026-09")
    assert [one.indicator.code for one in scores_by(aiming.people["t2_head"], row)] == ["M01"]
    with django_assert_max_num_queries(25):
        page = text_of(office, "target", row.pk)
    trace = reverse("trace", args=["2026-09", "T1", "M01"])
    assert f'href="{trace}"' in page
    shown = text_of(office, "trace", "2026-09", "T1", "M01")
    assert "这个目标是怎么定的" in shown
    assert f'href="{reverse("target", args=[row.pk])}"' in shown
    assert "这个目标是怎么定的" not in text_of(office, "trace", "2026-09", "T1", "M02")
