"""No sequence of valid and invalid steps loses a figure, changes a closed window, or breaks the audit chain.

A machine walks through a month: days pass, figures are typed, come by workbook and over a unit's desks, are taken back,
corrected, signed, contested, scored, published, objected to and withdrawn, by people who may and people who may not.
Beside it a
plain model remembers every figure that was ever accepted and what stands.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from baton.assessment.actions.checks import answer_contest, check_and_sign, contest, sign_for_the_silent
from baton.assessment.actions.figures import correct_figure, undo_batch
from baton.assessment.actions.months import note_release, reopen_window
from baton.assessment.actions.objecting import sign_objection, withdraw_objection, write_objection
from baton.assessment.actions.objections import (
    assign_objection,
    decide_objection,
    give_opinion,
    remind_of_objections,
)
from baton.assessment.actions.scores import publish_month, rescore_changed, score_month, withdraw_publication
from baton.assessment.actions.submissions import act_on_report, fill_report
from baton.assessment.actions.tracking import follow_up, remind
from baton.assessment.actions.workbooks import Taken, import_workbook, try_workbook
from baton.assessment.choices import (
    Absent,
    MonthState,
    ObjectionKind,
    ObjectionOutcome,
    RunKind,
    Stage,
    SubmissionState,
    Verb,
)
from baton.assessment.models import (
    Batch,
    Contest,
    Figure,
    LeafResult,
    Month,
    Objection,
    Publication,
    Submission,
    UnitResult,
    Window,
)
from baton.assessment.queries.checks import figures_about
from baton.core import clock
from baton.core.chain import verify_chain
from baton.engine.scheme.text import from_yaml
from baton.sheets.templates import lead_template
from baton.words import Refused
from county import SCHEME, County, make_county

PERIOD = "2026-09"
WHO = st.sampled_from(["d1", "d2", "office", "chief", "t1", "t1_head", "t2_head", "leader", "nobody"])
UNIT = st.sampled_from(["T1", "T2", "T3", "D1", "D2"])
TYPED = st.sampled_from(["95", "88.5", "９０", "", "无", "九十", "100", "1,000"])
TOWNSHIP = st.sampled_from(["T1", "T2", "T3"])
NUMBER = st.sampled_from(["95", "88.5", "70", "100"])
type Key = tuple[int, str, str, str]


@cache
def hotline_book(value: object) -> bytes:
    """Fill in the template of 政府办: the same hotline for three townships."""
    (scheme,) = from_yaml(SCHEME, "")
    book = openpyxl.load_workbook(BytesIO(lead_template(scheme, "D2", PERIOD)))
    sheet = book.worksheets[0]
    for row in [cell.row for cells in sheet.iter_rows() for cell in cells if cell.value in ("甲镇", "乙镇", "丙镇")]:
        sheet.cell(row, 5, value)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def rows_of(run: int) -> list[tuple[object, ...]]:
    """Give everything that pages show of a run."""
    units = UnitResult.objects.filter(run=run).order_by("pk").values_list()
    return [*units, *LeafResult.objects.filter(run=run).order_by("pk").values_list()]


class MonthMachine(RuleBasedStateMachine):
    """The month, and what must be remembered of it."""

    django: Any
    """The settings of the test's Django, given to the class before it runs."""

    @initialize()
    def begin(self) -> None:
        """Open September in the county, in a transaction that is undone in the end."""
        self.outer = transaction.atomic()
        # As Django's own test cases mark theirs, so that actions may be durable inside.
        self.outer._from_testcase = True
        self.outer.__enter__()
        self.django.CLOCK_OFFSET = timedelta(0)
        self.county: County = make_county(self.django)
        self.county.on(date(2026, 10, 1)).month()
        self.county.fill()
        self.accepted: dict[int, tuple[Key, str]] = {}
        self.issues: dict[int, tuple[int, str]] = {}
        self.shown: dict[int, list[tuple[object, ...]]] = {}

    def teardown(self) -> None:
        """Undo everything."""
        if hasattr(self, "outer"):
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    def attempt(self, call: Callable[[], object]) -> object:
        """Do something; where it is refused, nothing at all may have happened."""
        before = self.told()
        try:
            return call()
        except Refused:
            assert self.told() == before
            return None

    def told(self) -> tuple[int, int, int, int]:
        """Count what was written."""
        length, _ = verify_chain()
        return Figure.objects.count(), Batch.objects.count(), Publication.objects.count(), length

    def is_open(self, unit: str, series: str) -> bool:
        """Whether the window of who reports a series is open, by the model's own reckoning."""
        reporter = {"INV": "D1", "HOT": "D2", "ARB": unit}[series]
        windows = Window.objects.filter(stage=Stage.REPORT, unit__code=reporter).select_related("release")
        row = windows.filter(release__source="统计月报").first() if series == "INV" else windows.get(release=None)
        assert row is not None
        if row.release is not None and row.release.came is None:
            return clock.today() >= row.opens
        last = max([row.closes, *row.reopenings.values_list("until", flat=True)])
        return row.opens <= clock.today() <= last

    @rule(days=st.sampled_from([1, 1, 1, 8]))
    def time_passes(self, days: int) -> None:
        """Let days pass, up to the end of the year."""
        if clock.today() < date(2026, 12, 1):
            self.county.on(clock.today() + timedelta(days))

    @rule(series=st.sampled_from(["HOT", "INV"]), units=st.sets(TOWNSHIP, min_size=1), typed=NUMBER)
    def enter_well(self, series: str, units: set[str], typed: str) -> None:
        """Type figures as whoever reports them does; they are taken if and only if the window is open."""
        who = {"HOT": "d2", "INV": "d1"}[series]
        stands = Figure.objects.counting().filter(series=series, unit__code__in=units)
        before = dict(stands.values_list("unit__code", "value"))
        self.attempt(lambda: self.county.enter(who, series, dict.fromkeys(units, typed)))
        after = dict(stands.all().values_list("unit__code", "value"))
        assert after == (dict.fromkeys(units, typed) if self.is_open("T1", series) else before)

    @rule(typed=NUMBER)
    def deadline_passes(self, typed: str) -> None:
        """Let the days to report pass; whoever tries then is too late."""
        window = Window.objects.get(stage=Stage.REPORT, unit__code="D2", release=None)
        last = max([window.closes, *window.reopenings.values_list("until", flat=True)])
        if clock.today() <= last < date(2026, 12, 1):
            self.county.on(last + timedelta(1))
        self.enter_well("HOT", {"T1", "T2"}, typed)
        self.fill_own("t1", "T1", typed)
        self.put_on("t1", Verb.SUBMIT)

    @rule(typed=NUMBER)
    def fill_own_well(self, typed: str) -> None:
        """Fill in T1's own report as its clerk does."""
        self.fill_own("t1", "T1", typed)

    @rule(hot=NUMBER)
    def the_system_fills_up(self, hot: str) -> None:
        """Enter every figure of the month, as another module would, where the windows let it."""
        townships = ("T1", "T2", "T3")
        for series, units in (("INV", (*townships, "D1", "D2")), ("HOT", (*townships, "D1", "D2")), ("ARB", townships)):
            given = dict.fromkeys(units, hot)
            self.attempt(lambda series=series, given=given: self.county.enter("", series, given))

    @rule(place=st.integers(0, 30), days=st.integers(0, 2))
    def reopen_well(self, place: int, days: int) -> None:
        """Open a window to report again as the office does."""
        windows = list(Window.objects.filter(stage=Stage.REPORT, unit__code__in=("D1", "D2")).order_by("pk"))
        number, until = windows[place % len(windows)].pk, clock.today() + timedelta(days)
        self.attempt(lambda: reopen_window(by=self.county.by("office"), window=number, until=until, reason="系统故障"))

    @rule(place=st.integers(0, 30))
    def take_back_well(self, place: int) -> None:
        """Take a batch back as the office does."""
        self.take_back("office", place)

    @rule(place=st.integers(0, 30), typed=NUMBER)
    def correct_well(self, place: int, typed: str) -> None:
        """Correct a figure as the office does."""
        self.correct("office", place, typed, "核定")

    @rule()
    def result_comes_out(self) -> None:
        """Score and publish as the head of the office does."""
        self.score("chief", RunKind.OFFICIAL)
        self.publish("chief")

    @rule()
    def result_goes_back(self) -> None:
        """Withdraw as the head of the office does."""
        self.withdraw("chief", "更正")

    @rule(unit=st.sampled_from(["T1", "T2"]))
    def sign_well(self, unit: str) -> None:
        """Sign as the head of a unit does."""
        self.sign(f"{unit.lower()}_head", unit, True)

    @rule(place=st.integers(0, 30), upheld=st.booleans(), typed=NUMBER)
    def dispute_and_settle(self, place: int, upheld: bool, typed: str) -> None:
        """Contest a figure as a township does, and answer as the office does."""
        self.dispute("t1", place)
        self.settle("office", upheld, typed)

    @rule(who=WHO, series=st.sampled_from(["HOT", "INV", "ARB"]), values=st.dictionaries(UNIT, TYPED, min_size=1))
    def enter(self, who: str, series: str, values: dict[str, str]) -> None:
        """Type figures."""
        batch = self.attempt(lambda: self.county.enter(who, series, values))
        if batch is not None:
            assert all(self.is_open(unit, series) for unit in values), "a closed window let a figure in"
            assert who in ("d1", "d2", "office", "chief")

    @rule(who=st.sampled_from(["d2", "d1", "office", "t1", "leader"]), value=st.sampled_from([95, 88.5, "九十"]))
    def bring_in(self, who: str, value: object) -> None:
        """Bring in a workbook about everybody's hotline; where it stands as the workbook says, nothing changes."""
        given = {"by": self.county.by(who), "period": PERIOD, "name": "热线.xlsx", "content": hotline_book(value)}
        agreed = try_workbook(**given).agreed
        taken = self.attempt(lambda: import_workbook(**given, agreed=agreed))
        if isinstance(taken, Taken) and taken.batch is not None:
            assert self.is_open("T1", "HOT"), "a closed window let a workbook in"
            assert who in ("d2", "office")
            assert value != "九十"

    @rule(who=st.sampled_from(["t1", "t1_head", "d1", "office", "leader"]), unit=TOWNSHIP, typed=TYPED)
    def fill_own(self, who: str, unit: str, typed: str) -> None:
        """Fill in a unit's own report: only its clerk does, and only while its window is open."""
        number = self.own_report(unit)
        values = {f"actual:{PERIOD}": typed}
        made = self.attempt(lambda: fill_report(by=self.county.by(who), report=number, values=values))
        if made is not None:
            assert (who, unit) == ("t1", "T1")
            assert self.is_open(unit, "ARB"), "a closed window let a report be filled in"

    @rule(
        who=st.sampled_from(["t1", "t1_leader", "t1_head", "d1", "office", "leader"]),
        verb=st.sampled_from([Verb.SUBMIT, Verb.APPROVE, Verb.APPROVE, Verb.RETURN, Verb.RECALL]),
    )
    def put_on(self, who: str, verb: Verb) -> None:
        """Put T1's own report from desk to desk; its last approval enters its figure, and nothing before does."""
        number = self.own_report("T1")
        before = Figure.objects.count()
        given = {"report": number, "verb": verb, "reason": "请核对"}
        made = self.attempt(lambda: act_on_report(by=self.county.by(who), **given))
        if made is not None and verb is Verb.SUBMIT:
            assert who == "t1"
            assert self.is_open("T1", "ARB"), "a closed window let a report be submitted"
        if Figure.objects.count() > before:
            assert who in ("d1", "office")
            assert Submission.objects.get(pk=number).state == SubmissionState.APPROVED

    def own_report(self, unit: str) -> int:
        """Give the number of a township's own report."""
        return Submission.objects.get(unit__code=unit, series="ARB", whole=None).pk

    @rule(who=WHO, place=st.integers(0, 30))
    def take_back(self, who: str, place: int) -> None:
        """Take a batch back."""
        batches = list(Batch.objects.order_by("pk"))
        if batches:
            one = batches[place % len(batches)]
            made = self.attempt(lambda: undo_batch(by=self.county.by(who), batch=one.pk))
            if made is not None:
                for figure in one.figures.select_related("unit"):
                    assert self.is_open(figure.unit.code, figure.series)

    @rule(who=WHO, place=st.integers(0, 30), typed=TYPED, reason=st.sampled_from(["", "核定"]))
    def correct(self, who: str, place: int, typed: str, reason: str) -> None:
        """Correct a figure."""
        figures = list(Figure.objects.order_by("pk"))
        if figures:
            one = figures[place % len(figures)]
            made = self.attempt(
                lambda: correct_figure(by=self.county.by(who), figure=one.pk, typed=typed, reason=reason)
            )
            if made is not None:
                assert who in ("office", "chief")
                assert reason

    @rule(who=WHO, unit=st.sampled_from(["T1", "T2"]), fresh=st.booleans())
    def sign(self, who: str, unit: str, fresh: bool) -> None:
        """Sign for a unit."""
        about = figures_about(self.county.people["office"], Month.objects.get(), self.county.units[unit])
        seen = about.seen if fresh else "0" * 64
        given = {"period": PERIOD, "unit": self.county.units[unit].pk, "seen": seen}
        made = self.attempt(lambda: check_and_sign(by=self.county.by(who), **given))
        if made is not None:
            assert who == f"{unit.lower()}_head"
            assert fresh

    @rule(who=WHO, place=st.integers(0, 30))
    def dispute(self, who: str, place: int) -> None:
        """Contest a figure."""
        figures = list(Figure.objects.order_by("pk"))
        if figures:
            number = figures[place % len(figures)].pk
            self.attempt(lambda: contest(by=self.county.by(who), figure=number, reason="不对"))

    @rule(who=WHO, upheld=st.booleans(), typed=TYPED)
    def settle(self, who: str, upheld: bool, typed: str) -> None:
        """Answer a contest."""
        row = Contest.objects.filter(state="open").first()
        if row is not None:
            given = {"contest": row.pk, "upheld": upheld, "answer": "核实", "typed": typed}
            self.attempt(lambda: answer_contest(by=self.county.by(who), **given))

    @rule(outcome=st.sampled_from(ObjectionOutcome), typed=NUMBER, far=st.sampled_from((1, 3, 3)))
    def object_well(self, outcome: ObjectionOutcome, typed: str, far: int) -> None:
        """Object to what is out as the head of a township does, and go some steps on as those concerned do."""
        if not Publication.objects.filter(withdrawn_at__isnull=True).exists():
            self.the_system_fills_up(typed)
            self.result_comes_out()
        out = Publication.objects.filter(withdrawn_at__isnull=True).first()
        stood = out and Figure.objects.as_of(out.run.until).filter(unit__code="T1", series="HOT").first()
        if stood:
            given = {"kind": ObjectionKind.FIGURE, "indicator": "M02", "figure": stood.pk, "reason": "不对"}
            unit = self.county.units["T1"].pk
            self.attempt(lambda: write_objection(by=self.county.by("t1_head"), period=PERIOD, unit=unit, **given))
        row = Objection.objects.waiting().first()
        if row is not None:
            department, number = self.county.units["D1"].pk, row.pk
            given = {"objection": number, "outcome": outcome, "answer": "核实", "typed": typed}
            by = self.county.by
            steps = (
                lambda: assign_objection(by=by("office"), objection=number, department=department),
                lambda: give_opinion(by=by("d1"), objection=number, opinion="属实"),
                lambda: decide_objection(by=by("chief"), **given),
            )
            for step in steps[:far]:
                self.attempt(step)

    @rule(who=WHO, kind=st.sampled_from(ObjectionKind), place=st.integers(0, 30))
    def object(self, who: str, kind: ObjectionKind, place: int) -> None:
        """Object to what is out, for T1 and about T1."""
        figures = list(Figure.objects.filter(unit__code="T1", series="HOT").order_by("-pk"))
        figure = figures[place % len(figures)].pk if figures else None
        given = {"period": PERIOD, "unit": self.county.units["T1"].pk, "kind": kind, "reason": "不对"}
        made = self.attempt(lambda: write_objection(by=self.county.by(who), indicator="M02", figure=figure, **given))
        if isinstance(made, Objection):
            assert who in ("t1", "t1_head")
            assert bool(made.number) == (who == "t1_head")
            assert Publication.objects.filter(withdrawn_at__isnull=True).exists()

    @rule(who=WHO, back=st.booleans())
    def sign_or_take_back(self, who: str, back: bool) -> None:
        """Sign an objection that waits for it, or take one back."""
        row = Objection.objects.exclude(state__in=("decided", "withdrawn")).first()
        if row is not None:
            do = withdraw_objection if back else sign_objection
            made = self.attempt(lambda: do(by=self.county.by(who), objection=row.pk))
            assert made is None or who in ("t1", "t1_head")

    @rule(who=WHO, outcome=st.sampled_from(ObjectionOutcome), typed=TYPED)
    def decide(self, who: str, outcome: ObjectionOutcome, typed: str) -> None:
        """Answer an objection: only the head of the office does."""
        row = Objection.objects.waiting().first()
        if row is not None:
            given = {"objection": row.pk, "outcome": outcome, "answer": "核实", "typed": typed}
            made = self.attempt(lambda: decide_objection(by=self.county.by(who), **given))
            assert made is None or who == "chief"

    @rule(who=WHO)
    def source_comes(self, who: str) -> None:
        """Note that figures from above are there."""
        today = clock.today()
        self.attempt(lambda: note_release(by=self.county.by(who), period=PERIOD, source="统计月报", came=today))

    @rule(who=WHO, place=st.integers(0, 30), days=st.integers(-1, 2))
    def reopen(self, who: str, place: int, days: int) -> None:
        """Open a window again."""
        windows = list(Window.objects.order_by("pk"))
        number, until = windows[place % len(windows)].pk, clock.today() + timedelta(days)
        self.attempt(lambda: reopen_window(by=self.county.by(who), window=number, until=until, reason="系统故障"))

    @rule(who=WHO, kind=st.sampled_from([RunKind.TRIAL, RunKind.OFFICIAL]))
    def score(self, who: str, kind: RunKind) -> None:
        """Score the month."""
        self.attempt(lambda: score_month(by=self.county.by(who), period=PERIOD, kind=kind))

    @rule(who=WHO)
    def publish(self, who: str) -> None:
        """Put the result out."""
        made = self.attempt(lambda: publish_month(by=self.county.by(who), period=PERIOD))
        if isinstance(made, Publication):
            assert who == "chief"
            self.issues[made.pk] = made.run_id, made.run.digest
            self.shown[made.pk] = rows_of(made.run_id)

    @rule(who=WHO, reason=st.sampled_from(["", "更正"]))
    def withdraw(self, who: str, reason: str) -> None:
        """Take the result back."""
        self.attempt(lambda: withdraw_publication(by=self.county.by(who), period=PERIOD, reason=reason))

    @rule()
    def the_house_does_its_round(self) -> None:
        """Let the scheduled work be done, twice: the second time changes nothing."""
        rescore_changed()
        sign_for_the_silent(period=PERIOD)
        remind()
        remind_of_objections()
        before = self.told()
        assert rescore_changed() == []
        assert sign_for_the_silent(period=PERIOD) == []
        assert remind() == []
        assert remind_of_objections() == []
        assert self.told() == before

    @precondition(lambda self: Month.objects.filter(state=MonthState.PUBLISHED).exists())
    @rule()
    def follow(self) -> None:
        """Follow up what lags."""
        follow_up(period=PERIOD)

    @invariant()
    def no_figure_is_lost_or_changed(self) -> None:
        """Every figure ever accepted is there as it was, and of each key the newest stands."""
        rows = {
            one.pk: ((one.unit_id, one.series, one.figure, one.period), one.value or one.absent)
            for one in Figure.objects.all()
        }
        assert self.accepted.items() <= rows.items()
        self.accepted = rows
        newest: dict[Key, int] = {}
        for number, (key, _) in sorted(rows.items()):
            newest[key] = number
        assert set(Figure.objects.current().values_list("pk", flat=True)) == set(newest.values())
        assert not Figure.objects.counting().filter(absent=Absent.WITHDRAWN).exists()

    @invariant()
    def what_was_out_stays(self) -> None:
        """Publications keep their run and their rows; one at most is in force."""
        for number, (run, digest) in self.issues.items():
            row = Publication.objects.select_related("run").get(pk=number)
            assert (row.run_id, row.run.digest) == (run, digest)
            assert UnitResult.objects.filter(run=run).count() == 5
            assert self.shown[number] == rows_of(run)
        assert Publication.objects.filter(withdrawn_at__isnull=True).count() <= 1

    @invariant()
    def the_chain_holds(self) -> None:
        """The audit chain is whole."""
        assert verify_chain()[1] is None


@pytest.mark.django_db
def test_the_month_holds_whatever_is_done(settings: Any) -> None:
    MonthMachine.django = settings
    run_state_machine_as_test(MonthMachine, settings=machine_settings())


def machine_settings() -> Any:
    """Few examples of many steps: each begins a county anew."""
    return settings(
        max_examples=10,
        phases=[Phase.explicit, Phase.generate],
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
