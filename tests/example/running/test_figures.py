"""The year in progress: a scheme and figures that score, and a month as far as it has come."""

from baton.assessment.rules.month_scheme import month_scheme
from baton.engine.lint import lint
from baton.engine.panel.panel import Panel
from baton.engine.score import score
from baton.example.running.figures import make_year_in_progress
from baton.example.running.plan import MERGED, scheme_of_2026
from baton.example.yundu import scheme as scheme_of_2025


def test_the_scheme_is_that_of_the_year() -> None:
    scheme = scheme_of_2026()
    assert (scheme.code, str(scheme.effective_from), str(scheme.effective_to)) == (
        "YUNDU-2026",
        "2026-01-01",
        "2026-12-31",
    )
    assert "2025年" not in scheme.name + "".join(task.name for task in scheme.tasks)
    assert [one.code for one in lint(scheme)] == [one.code for one in lint(scheme_of_2025())]


def test_the_same_seed_gives_the_same_figures() -> None:
    assert make_year_in_progress() == make_year_in_progress()
    assert make_year_in_progress() != make_year_in_progress(7)


def test_every_settled_month_can_be_scored() -> None:
    made = make_year_in_progress()
    for number in (1, 6, 8):
        period = f"2026-{number:02d}"
        scheme = month_scheme(scheme_of_2026(), period)
        read = {one.series_code for one in scheme.indicators}
        known = [one for one in made.settled if one.series in read and (len(one.period) == 4 or one.period <= period)]
        sheet = score(scheme, Panel.of(known), 2026)
        scored = {one.unit for one in sheet.standings if one.total is not None}
        assert len(scored) == 82, period


def test_a_merged_unit_reports_no_more() -> None:
    last = max(one.period for one in make_year_in_progress().settled if one.unit == MERGED)
    assert last == "2026-06"


def test_september_has_come_as_far_as_the_eighth_of_october() -> None:
    fresh = make_year_in_progress().fresh
    assert {one.period for one in fresh} == {"2026-09"}
    assert "IVA" not in {one.series for one in fresh}
    assert {one.series for one in fresh if one.preliminary} == {"INV"}
    own = {one.unit for one in fresh if one.series == "ARB"}
    assert own
    assert not own & {"T16", "T18"}
