"""The county whose year is over, with leaders and the public to vote on its townships: for tests of counted sheets."""

from collections.abc import Mapping

import pytest

from baton.assessment.actions.annual.tallies import confirm_tally, enter_tally
from baton.assessment.actions.annual.year import open_annual
from baton.assessment.models import Tally
from year import SCHEME, YEAR, YearCounty, make_year_county

LEADERS, PUBLIC, SURVEY = "DA", "DC", "SAT"
_VOTES = """  - code: DA
    name: 县级领导评价
    parent: Y
    points: {A: 15}
    rule: {kind: ballot, options: {优秀: 100, 良好: 80, 一般: 60}, minimum_valid: 3}
    figures: {优秀: 优秀, 良好: 良好, 一般: 一般}
    missing: exclude
    zero_denominator: exclude
    lead: D1
  - code: DC
    name: 服务对象评价
    parent: Y
    points: {A: 5}
    rule: {kind: ballot, options: {满意: 1, 不满意: 0}}
    figures: {满意: 满意, 不满意: 不满意}
    missing: exclude
    zero_denominator: exclude
    lead: D1
  - code: SAT
    name: 群众安全感满意度
    parent: Y
    points: {A: 10}
    unit: 分
    rule: {kind: conversion, full: 100}
    figures: {actual: 得分}
    missing: exclude
    lead: D1
"""
WITH_VOTES = SCHEME.replace("{A: 60, B: 60}", "{A: 30, B: 60}").replace("bonuses:", f"{_VOTES}bonuses:")
"""Leaders' ballots (at least 3 valid by the scheme), the public's (the county's number holds), and a survey's mean."""


def make_votes_county() -> YearCounty:
    """Set the county up, with its year opened."""
    county = make_year_county(scheme=WITH_VOTES)
    open_annual(by=county.by("office"), year=YEAR)
    return county


@pytest.fixture
def county(db: None, settings: object) -> YearCounty:
    """The county; `settings` puts the clock back."""
    return make_votes_county()


def sheets(issued: int, returned: int, spoilt: int = 0, abstained: int = 0, **figures: object) -> dict[str, str]:
    """Give a row as it is typed; valid is what is left of those returned."""
    counts = {"issued": issued, "returned": returned, "spoilt": spoilt, "abstained": abstained}
    counts["valid"] = returned - spoilt - abstained
    return {name: str(value) for name, value in (counts | figures).items()}  # type: ignore[operator]


def leaders(best: int = 12, good: int = 6, fair: int = 2) -> dict[str, str]:
    """Give 22 sheets of leaders, 21 of them come back, one spoilt."""
    return sheets(22, best + good + fair + 1, 1, 优秀=best, 良好=good, 一般=fair)


def entered(
    county: YearCounty, typed: Mapping[str, Mapping[str, str]], series: str = LEADERS, who: str = "office"
) -> Tally:
    """Enter counts."""
    return enter_tally(by=county.by(who), year=YEAR, series=series, typed=typed)


def confirmed(county: YearCounty, typed: Mapping[str, Mapping[str, str]], series: str = LEADERS) -> Tally:
    """Enter counts and have another person confirm them."""
    return confirm_tally(by=county.by("chief"), tally=entered(county, typed, series).pk)
