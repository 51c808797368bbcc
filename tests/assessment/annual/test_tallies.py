"""Counted sheets: they add up, a second person confirms them, they become figures once, and few people see them."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from baton.assessment.actions.annual.deciding import decide_grades
from baton.assessment.actions.annual.publishing import announce
from baton.assessment.actions.annual.tallies import (
    confirm_tally,
    decline_tally,
    enter_tally,
    import_tallies,
    take_back_tally,
    try_tallies,
)
from baton.assessment.actions.below.entering import Typed
from baton.assessment.actions.corrections import ask_for_correction
from baton.assessment.actions.figures import enter_figures
from baton.assessment.actions.months import open_month
from baton.assessment.choices import RunKind, TallyState
from baton.assessment.models import AnnualAssessment, AnnualLeaf, Batch, Figure, ResultReader, Tally, TallyLine
from baton.assessment.queries.annual.votes import votes_board, votes_sheet
from baton.assessment.queries.inbox import Do, to_do
from baton.core.acting import SYSTEM
from baton.core.models import AuditRow, Notice
from baton.sheets.templates import ballots_template
from baton.words import Refused
from votes import LEADERS, PUBLIC, SURVEY, confirmed, county, entered, leaders, sheets
from year import YEAR, YearCounty

__all__ = ["county"]


def codes(do: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        do()  # type: ignore[operator]
    return [one.code for one in refused.value.problems]


def standing(series: str = LEADERS, unit: str = "T01") -> dict[str, str]:
    rows = Figure.objects.counting().filter(series=series, unit__code=unit, period=str(YEAR))
    return dict(rows.values_list("figure", "value"))


def annual() -> AnnualAssessment:
    return AnnualAssessment.objects.get(year=YEAR)


def made_known(county: YearCounty) -> None:
    run = county.scored()
    given = {"body": "县委常委会", "document": "云委〔2026〕3号", "on": date(2026, 1, 10)}
    decide_grades(by=county.by("chief"), year=YEAR, run=run.pk, grades={}, reasons={}, **given)  # type: ignore[arg-type]
    announce(by=county.by("chief"), year=YEAR, opens=date(2026, 1, 12), contact="县考核办")


def test_counts_become_figures_once_a_second_person_confirms_them(county: YearCounty) -> None:
    row = entered(county, {"T01": leaders(), "T02": {"issued": " "}})
    assert standing() == {}
    assert row.lines.count() == 1
    assert Notice.objects.get(code="tallies.notice_waits").recipient == county.people["chief"]
    assert [one.number for one in to_do(county.people["chief"]) if one.do is Do.TALLY] == [row.pk]
    assert not [one for one in to_do(county.people["office"]) if one.do is Do.TALLY]
    assert codes(lambda: confirm_tally(by=county.by("office"), tally=row.pk)) == ["tallies.own"]
    for who in ("leader", "t01_head", "d1", "nobody"):
        assert codes(lambda who=who: confirm_tally(by=county.by(who), tally=row.pk))
    confirm_tally(by=county.by("chief"), tally=row.pk)
    assert standing() == {"优秀": "12", "良好": "6", "一般": "2"}
    row.refresh_from_db()
    assert row.batch is not None
    assert row.batch.by == county.people["office"]
    assert AuditRow.objects.filter(action__startswith="tallies.").count() == 2
    run = county.scored(RunKind.TRIAL)
    # 12 x 100 + 6 x 80 + 2 x 60 = 1800 of 2000: 90 % of 15 points.
    leaf = AnnualLeaf.objects.get(run=run, unit=county.units["T01"], indicator="DA")
    assert leaf.points == Decimal("13.5")


def test_every_sum_that_does_not_agree_is_told_at_its_cell(county: YearCounty) -> None:
    typed = {
        "T01": {"issued": "20", "returned": "21", "valid": "20", "spoilt": "0", "abstained": "0"}
        | {"优秀": "10", "良好": "5", "一般": "4"},
        "T02": leaders() | {"优秀": "", "spoilt": "1.5"},
    }
    with pytest.raises(Refused) as refused:
        entered(county, typed)
    found = {(one.place.field, one.code) for one in refused.value.problems}
    assert found == {
        ("T01:returned", "tallies.more_returned"),
        ("T01:returned", "tallies.returned_differ"),
        ("T01:valid", "tallies.votes_differ"),
        ("T02:优秀", "tallies.number_lacking"),
        ("T02:spoilt", "tallies.not_whole"),
    }
    assert not Tally.objects.exists()


@pytest.mark.parametrize(
    ("series", "typed", "code"),
    [
        ("ALL2", {}, "tallies.no_evaluation"),
        (LEADERS, {"D1": leaders()}, "tallies.unit_not_asked"),
        (LEADERS, {}, "tallies.nothing_new"),
    ],
)
def test_what_is_no_evaluation_is_refused(
    county: YearCounty, series: str, typed: dict[str, dict[str, str]], code: str
) -> None:
    assert codes(lambda: entered(county, typed, series)) == [code]


def test_of_a_group_one_count_waits_at_a_time_and_a_new_one_replaces_lines(county: YearCounty) -> None:
    first = entered(county, {"T01": leaders(), "T02": leaders()})
    assert codes(lambda: entered(county, {"T03": leaders()})) == ["tallies.waits"]
    confirm_tally(by=county.by("chief"), tally=first.pk)
    assert codes(lambda: entered(county, {"T01": leaders()})) == ["tallies.nothing_new"]
    again = entered(county, {"T01": leaders(13, 5, 2), "T02": leaders()})
    assert [one.unit.code for one in again.lines.all()] == ["T01"]
    confirm_tally(by=county.by("chief"), tally=again.pk)
    assert standing()["优秀"] == "13"
    assert TallyLine.objects.standing().count() == 2
    take_back_tally(by=county.by("chief"), tally=again.pk, reason="重新清点")
    assert standing()["优秀"] == "12"
    assert codes(lambda: take_back_tally(by=county.by("chief"), tally=again.pk, reason="再")) == ["tallies.ended"]
    take_back_tally(by=county.by("office"), tally=first.pk, reason="作废")
    assert standing() == {}


def test_a_count_is_sent_back_or_taken_back_with_a_reason(county: YearCounty) -> None:
    row = entered(county, {"T01": leaders()})
    assert codes(lambda: decline_tally(by=county.by("office"), tally=row.pk, reason="不符")) == ["tallies.own"]
    assert codes(lambda: decline_tally(by=county.by("chief"), tally=row.pk, reason=" ")) == [
        "assessment.reason_lacking"
    ]
    assert codes(lambda: take_back_tally(by=county.by("chief"), tally=row.pk, reason="不符")) == ["tallies.of_another"]
    decline_tally(by=county.by("chief"), tally=row.pk, reason="二镇票数与计票单不符")
    assert Notice.objects.filter(code="tallies.notice_declined", recipient=county.people["office"]).exists()
    second = entered(county, {"T01": leaders()})
    take_back_tally(by=county.by("office"), tally=second.pk, reason="登记错了")
    assert set(Tally.objects.values_list("state", flat=True)) == {TallyState.DECLINED, TallyState.TAKEN_BACK}
    assert not Batch.objects.filter(tally__isnull=False).exists()


def test_figures_that_came_in_another_way_are_shown_and_not_entered_twice(county: YearCounty) -> None:
    for name, value in {"优秀": "12", "良好": "6", "一般": "2"}.items():
        county.figure("T01", value, series=LEADERS, figure=name)
    board = votes_board(county.people["office"], annual())
    assert board is not None
    group = next(one for one in board.groups if one.voters.series == LEADERS)
    assert (group.counted, group.other, group.all) == (0, 1, 10)
    sheet = votes_sheet(county.people["office"], annual(), LEADERS)
    assert sheet is not None
    assert sheet.lines[0].values == ("12", "6", "2")
    assert codes(lambda: entered(county, {"T01": leaders(13, 5, 2)})) == ["tallies.held_already"] * 2
    before = Figure.objects.count()
    row = confirmed(county, {"T01": leaders()})
    assert (Figure.objects.count(), row.batch) == (before, None), "the sheets are noted, no figure counts twice"


def test_too_few_sheets_do_not_count_by_the_scheme_or_by_the_countys_number(county: YearCounty) -> None:
    confirmed(county, {"T01": sheets(5, 2, 优秀=2, 良好=0, 一般=0), "T02": leaders()})
    assert standing()["优秀"] == "2", "the scheme's own rule leaves it out"
    confirmed(county, {"T01": sheets(12, 9, 满意=9, 不满意=0), "T02": sheets(12, 10, 满意=8, 不满意=2)}, PUBLIC)
    assert set(standing(PUBLIC).values()) == {""}
    assert standing(PUBLIC, "T02") == {"满意": "8", "不满意": "2"}
    run = county.scored(RunKind.TRIAL)
    points = dict(AnnualLeaf.objects.filter(run=run, unit__code="T01").values_list("indicator", "points"))
    assert (points["DA"], points["DC"]) == (None, None)
    assert AnnualLeaf.objects.get(run=run, unit__code="T02", indicator="DC").points == Decimal(4)


def test_a_survey_is_entered_as_a_mean_of_its_valid_sheets(county: YearCounty) -> None:
    assert codes(lambda: entered(county, {"T01": sheets(400, 380, actual="甲")}, SURVEY)) == ["sheets.not_a_number"]
    confirmed(county, {"T01": sheets(400, 380, 5, actual="92.35")}, SURVEY)
    assert standing(SURVEY) == {"actual": "92.35"}


def test_votes_are_for_listed_readers_until_the_year_is_made_known(county: YearCounty) -> None:
    confirmed(county, {"T01": leaders(), "T02": leaders(1, 2, 17)})
    people = county.people

    def seen(who: str) -> set[str]:
        figures = Figure.objects.visible_to(people[who]).filter(series=LEADERS)
        lines = TallyLine.objects.visible_to(people[who])
        found = {f"figure {one}" for one in figures.values_list("unit__code", flat=True)}
        return found | {f"line {one}" for one in lines.values_list("unit__code", flat=True)}

    everything = {"figure T01", "figure T02", "line T01", "line T02"}
    assert seen("office") == everything
    for who in ("leader", "t01_head", "d1", "nobody"):
        assert seen(who) == set(), who
        assert votes_board(people[who], annual()) is None
        assert not Batch.objects.visible_to(people[who]).filter(tally__isnull=False).exists()
    made_known(county)
    assert seen("t01_head") == {"figure T01", "line T01"}
    assert seen("d1") == {"figure T01", "figure T02"}, "who reports and verifies sees the figures"
    assert seen("leader") == everything
    assert codes(lambda: entered(county, {"T03": leaders()})) == ["annual.made_known_already"]


def test_nobody_of_the_office_who_is_no_listed_reader_enters_counts(county: YearCounty) -> None:
    ResultReader.objects.filter(role="office").delete()
    assert codes(lambda: entered(county, {"T01": leaders()})) == ["tallies.readers_only"]


def test_who_reports_the_series_neither_types_nor_corrects_what_is_counted(county: YearCounty) -> None:
    confirmed(county, {"T01": sheets(400, 380, 5, actual="92.35")}, SURVEY)
    open_month(by=SYSTEM, period=f"{YEAR}-12")
    cell = Typed("T01", SURVEY, "actual", str(YEAR), "95")
    found = codes(lambda: enter_figures(by=county.by("d1"), period=f"{YEAR}-12", cells=[cell]))
    assert found == ["tallies.by_count"]
    figure = Figure.objects.get(series=SURVEY)
    assert codes(lambda: ask_for_correction(by=county.by("d1"), figure=figure.pk, typed="95", reason="核对")) == [
        "tallies.by_count"
    ]


def workbook(rows: dict[int, tuple[object, ...]], year: int = YEAR) -> bytes:
    """Fill the leaders' sheet of the form: counts and votes by row of the unit, from 1."""
    book = openpyxl.load_workbook(BytesIO(ballots_template(annual().scheme.scheme, year, means=[SURVEY])))
    sheet = book["县级领导评价"]
    for number, values in rows.items():
        for column, value in enumerate(values, 4):
            sheet.cell(4 + number, column, value)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_workbook_is_tried_then_taken_with_its_cells(county: YearCounty) -> None:
    by = county.by("office")
    bad = workbook({1: (22, 21, 20, 1, 0, 12, 6, 3), 2: (22, 21, 20, 1, None, 12, 6, 2)})
    trial = try_tallies(by=by, year=YEAR, name="计票.xlsx", content=bad)
    assert {(one.place.cell, one.code) for one in trial.errors} == {
        ("F5", "sheets.check_fails"),
        ("H6", "tallies.number_lacking"),
    }
    assert codes(lambda: import_tallies(by=by, year=YEAR, name="计票.xlsx", content=bad, agreed=trial.agreed))
    good = workbook({1: (22, 21, 20, 1, 0, 12, 6, 2), 2: (22, 20, 20, 0, 0, 10, 8, 2)})
    trial = try_tallies(by=by, year=YEAR, name="计票.xlsx", content=good)
    assert (trial.count, trial.fine) == (2, True), trial.problems
    assert codes(lambda: import_tallies(by=by, year=YEAR, name="计票.xlsx", content=good, agreed="old")) == [
        "assessment.trial_outdated"
    ]
    given = {"by": by, "year": YEAR, "name": "计票.xlsx", "content": good, "agreed": trial.agreed, "key": "k"}
    (row,) = import_tallies(**given)  # type: ignore[arg-type]
    assert import_tallies(**given) == [row]  # type: ignore[arg-type]
    confirm_tally(by=county.by("chief"), tally=row.pk)
    figure = Figure.objects.get(series=LEADERS, unit__code="T02", figure="优秀")
    assert (figure.value, figure.sheet, figure.cell, figure.source) == ("10", "县级领导评价", "I6", "workbook")
    other = try_tallies(by=by, year=YEAR, name="计票.xlsx", content=workbook({1: (22, 21, 20, 1, 0, 12, 6, 2)}, 2024))
    assert [one.code for one in other.errors] == ["tallies.other_year"]


def test_the_same_call_twice_enters_once(county: YearCounty) -> None:
    given = {"by": county.by("office"), "year": YEAR, "series": LEADERS, "typed": {"T01": leaders()}, "key": "k"}
    assert enter_tally(**given) == enter_tally(**given)  # type: ignore[arg-type]
    assert Tally.objects.count() == 1
