"""What units bear: checks of the plan, figures and files of the scheme, what is new, and what would relieve most."""

from datetime import date

from baton.assessment.actions.plans import propose_item
from baton.assessment.actions.schemes import adopt_scheme
from baton.assessment.choices import PlanKind, Rhythm
from baton.assessment.queries.burdens import burdened, burdens
from baton.assessment.rules.asked import asked_of_units
from baton.assessment.rules.expected import Form
from baton.assessment.rules.plan_items import Proposal
from baton.core.acting import SYSTEM
from baton.engine.scheme.text import from_yaml
from county import SCHEME, County

WITH_EVIDENCE = SCHEME.replace("lead: D1\n    reporter: unit", "lead: D1\n    reporter: unit\n    evidence: required")


def form(text: str) -> Form:
    return Form(from_yaml(text, "")[0])


def test_only_what_a_unit_fills_in_itself_is_asked_of_it() -> None:
    found = asked_of_units([form(WITH_EVIDENCE)])
    assert set(found) == {"T1", "T2", "T3"}
    assert (found["T1"].figures, found["T1"].files) == (12, 12)
    assert asked_of_units([form(SCHEME)])["T1"].files == 0


def test_a_series_that_two_schemes_ask_for_is_asked_for_once() -> None:
    assert asked_of_units([form(SCHEME), form(WITH_EVIDENCE)])["T1"].figures == 12


def test_what_is_new_is_told_against_the_year_before() -> None:
    now = asked_of_units([form(SCHEME)])["T1"]
    assert now.fresh(None) == 12
    assert now.fresh(now) == 0


def plan(county: County, title: str, units: tuple[str, ...], opens: date, rhythm: Rhythm = Rhythm.ONCE) -> None:
    given = Proposal(
        kind=PlanKind.CHECK,
        title=title,
        organiser=county.units["D1"].pk,
        units=[county.units[code].pk for code in units],
        opens=opens,
        closes=date(2026, 12, 20),
        rhythm=rhythm,
        basis="通知",
    )
    propose_item(by=county.by("office"), given=given)


def test_units_see_their_own_and_the_office_the_county(county: County) -> None:
    plan(county, "一次", ("T1", "T2"), date(2026, 10, 10))
    plan(county, "每月", ("T1",), date(2026, 10, 10), Rhythm.MONTHLY)
    office = burdens(county.people["office"])
    rows = {row.code: row for row in burdened(county.people["office"], office).order_by("-year")}
    assert next(iter(rows)) == "T1"
    assert (rows["T1"].quarter, rows["T1"].year, rows["T1"].asked) == (4, 4, 12)
    assert (rows["T2"].quarter, rows["T3"].quarter) == (1, 0)
    assert (office.quarter, office.total.year, office.total.figures) == ("2026-Q4", 5, 36)
    assert [(one.item.title, one.saved) for one in office.reliefs] == [("每月", 3), ("一次", 2)]
    assert office.total.fresh is None
    mine = county.people["t1_head"]
    assert [row.code for row in burdened(mine, burdens(mine))] == ["T1"]
    assert not burdened(county.people["nobody"], burdens(county.people["nobody"]))


def test_the_scheme_of_last_year_tells_what_is_new(county: County) -> None:
    before = SCHEME.replace("SMALL-2026", "SMALL-2025").replace("2026-", "2025-")
    adopt_scheme(by=SYSTEM, text=before.replace("series: ARB", "series: OLD"))
    found = burdens(county.people["office"])
    assert found.units[county.units["T1"].pk].fresh == 12
    assert found.total.fresh == 36
