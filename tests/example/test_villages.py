"""Villages and communities stand below their townships, and a township's own figure can be split among them."""

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from baton.assessment.actions.months import open_month
from baton.assessment.actions.schemes import adopt_scheme
from baton.assessment.actions.submissions import act_on_report, fill_report, split_report
from baton.assessment.choices import Verb
from baton.assessment.models import Submission
from baton.assessment.queries.desk.own import own_report
from baton.assessment.queries.inbox import Do, to_do
from baton.core.acting import SYSTEM, Actor
from baton.core.models import User
from baton.example.county import load_people, load_units, load_villages
from baton.example.running.load import at
from baton.example.running.plan import text_of_2026
from baton.org.models import Unit

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 10, 4, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
PERIOD = "2026-09"


def test_every_township_has_some_and_they_are_written_down_once() -> None:
    load_units()
    count = load_villages()
    below = Unit.objects.filter(parent__code__startswith="T")
    assert below.count() == count > 60
    townships = Counter(below.filter(kind="村").values_list("parent__code", flat=True))
    assert len(townships) == 18
    assert min(townships.values()) >= 2
    assert below.filter(kind="社区").count() > 10
    names = list(Unit.objects.values_list("name", flat=True))
    assert len(names) == len(set(names))
    assert load_villages() == count


def test_a_townships_figure_is_split_among_a_village_and_an_office_and_added_up() -> None:
    load_units()
    load_villages()
    accounts = load_people(password="correct horse battery")
    assert "heyaqin" in {one.username for one in accounts}
    clerk, village = (Actor(User.objects.get(username=name)) for name in ("linxiaoman", "heyaqin"))
    with at(DAY):
        adopt_scheme(by=SYSTEM, text=text_of_2026())
        open_month(by=SYSTEM, period=PERIOD)
        whole = Submission.objects.get(unit__code="T04", month__period=PERIOD)
        page = own_report(clerk.user, whole.pk)  # type: ignore[arg-type]
        assert page is not None
        assert {"T04-V01", "T04-C01", "T04-O01"} <= {one.code for one in page.offices}
        some = [one.pk for one in page.offices if one.code in ("T04-V01", "T04-O01")]
        parts = {one.office.code: one for one in split_report(by=clerk, report=whole.pk, offices=some) if one.office}
        mine = [one for one in to_do(village.user) if one.do is Do.OWN_REPORT]  # type: ignore[arg-type]
        assert [one.number for one in mine] == [parts["T04-V01"].pk]
        name = next(one.name for one in page.values if not one.field.optional)
        fill_report(by=village, report=parts["T04-V01"].pk, values={name: "12"})
        act_on_report(by=village, report=parts["T04-V01"].pk, verb=Verb.SUBMIT)
        again = own_report(clerk.user, whole.pk)  # type: ignore[arg-type]
        assert again is not None
        value = next(one for one in again.values if one.name == name)
        assert dict(value.parts)["驿道村"] == "12"
        assert value.shown == "12"
