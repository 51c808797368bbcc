"""How scores are made: every unit reads it, every rule kind is said, drawn where it can be, and linked from scores."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.assessment.models import SchemeText, SchemeVersion
from baton.core.models import User
from baton.engine.rules import KINDS
from baton.engine.rules.base import Case
from baton.engine.scheme.indicators import Indicator
from baton.engine.terms import plain
from baton.example.running.plan import text_of_2026
from baton.reports.scoring_examples import EXAMPLES
from baton.reports.scoring_guide import RULE, name_of
from baton.web.method.curve import curve_of
from county import County

pytestmark = pytest.mark.django_db


@pytest.fixture
def out(county: County) -> County:
    """September published."""
    return county.published()


def page(county: County, who: str, address: str) -> str:
    client = Client()
    client.force_login(county.people[who])
    return client.get(address, follow=True).content.decode()


@pytest.mark.parametrize("who", ["t1", "official", "nobody"])
def test_whoever_signs_in_reads_how_scores_are_made(county: County, who: str) -> None:
    found = page(county, who, reverse("methods"))
    assert "小县2026年度考核方案" in found
    assert "60 分" in found
    assert "阈值扣分" in found
    assert "受通报批评" in found


def test_an_indicator_is_said_with_rule_curve_source_and_lead(county: County) -> None:
    version = SchemeVersion.objects.get()
    found = page(county, "t1", reverse("method-indicator", args=[version.pk, "M01"]))
    for words in ("投资完成率", "统计月报", "发改局", "政府办复核", "<polyline", "不计这一项", "每月"):
        assert words in found, words
    assert "M99" not in found
    client = Client()
    client.force_login(county.people["t1"])
    assert client.get(reverse("method-indicator", args=[version.pk, "M99"])).status_code == 404
    assert client.get(reverse("method", args=[99999])).status_code == 404


def test_every_score_leads_to_how_it_is_made(out: County) -> None:
    version = SchemeVersion.objects.get()
    for name, rest in (("trace", ["T1", "M02"]), ("indicator-result", ["M02"])):
        address = reverse("method-indicator", args=[version.pk, "M02"])
        assert address in page(out, "t1", reverse(name, args=["2026-09", *rest]))
    assert reverse("method", args=[version.pk]) in page(out, "t1", reverse("unit-result", args=["2026-09", "T1"]))


@pytest.mark.parametrize("kind", [name_of(kind) for kind in KINDS])
def test_every_kind_of_rule_is_drawn_by_its_exact_points_or_not_at_all(kind: str) -> None:
    rule = RULE.validate_python({"kind": kind, **EXAMPLES[kind].options})
    one = Indicator.model_construct(
        code="X", name="X", rule=rule, direction="higher", target=Indicator.model_fields["target"].default
    )
    curve = curve_of(one, Decimal(20))
    if curve is None:
        assert kind in {"composite", "ballot", "ballot_rate", "checklist", "level_table", "conversion", "growth"}
        return
    assert curve.runs
    assert 2 <= len(curve.examples) <= 12
    case = Case(Decimal(0), Decimal(20), target=Decimal(100), best=Decimal(100), worst=Decimal(60))
    case = replace(case, mean=Decimal(80), deviation=Decimal(10), count=Decimal(10))
    fixed = rule.fixed()
    case = replace(case, best=fixed[0] or case.best, worst=case.worst if fixed[1] is None else fixed[1])
    value, points = curve.examples[-1]
    x = Decimal(value)
    own = replace(case, rank=x) if curve.by_place else replace(case, x=x, numerator=x, denominator=Decimal(1))
    assert plain(rule.score(own).quantize(Decimal("0.0001")).normalize()) == points


def test_the_county_s_own_scheme_is_said_whole(county: County, django_assert_max_num_queries: Any, user: User) -> None:
    version = SchemeVersion.objects.get()
    version.pk, version.digest = None, "f" * 64
    version.save()
    SchemeText.objects.create(version=version, text=text_of_2026())
    client = Client()
    client.force_login(user)
    with django_assert_max_num_queries(25):
        answer = client.get(reverse("method", args=[version.pk]))
    assert answer.status_code == 200
    assert len(answer.content) < 300_000
    first = {str(one.rule.kind): one for one in version.scheme.indicators}
    for one in first.values():
        client.cookies["language"] = "en"
        assert client.get(reverse("method-indicator", args=[version.pk, one.code])).status_code == 200
