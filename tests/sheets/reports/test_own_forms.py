"""Our own forms come back: what was typed is what is read, and each mistake is one problem at its cell."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baton.engine.scheme.model import Scheme
from baton.sheets.annotate import annotate
from baton.sheets.cells import Absent
from baton.sheets.reports import Import, read_reports
from baton.sheets.templates import ballots_template, events_template, lead_template, unit_template
from baton.words import Severity, render

type Fill = Callable[..., bytes]
NAME = "2025年6月_县发改局.xlsx"


def figures(found: Import) -> dict[tuple[str, str, str], Decimal | None]:
    return {(o.unit, f"{o.series}.{o.figure}", o.period): o.value for o in found.observations}


def test_a_month_comes_back(scheme: Scheme, filled: Fill) -> None:
    entries = {
        ("T1", "INV|actual"): 39450,
        ("T2", "INV|actual"): "３９，４５０",
        ("T1", "M2|actual"): 0.5,
        ("T1", "M4|numerator"): 5,
        ("D1", "M4|denominator"): "无",
    }
    found = read_reports([(NAME, filled(lead_template(scheme, "D1", "2025-06"), entries))], scheme)
    assert found.problems == ()
    assert figures(found) == {
        ("T1", "INV.actual", "2025-06"): Decimal(39450),
        ("T2", "INV.actual", "2025-06"): Decimal(39450),
        ("T1", "M2.actual", "2025-06"): Decimal("0.5"),
        ("T1", "M4.numerator", "2025-06"): Decimal(5),
        ("D1", "M4.denominator", "2025-06"): None,
    }
    (receipt,) = found.receipts
    assert (receipt.who, receipt.periods, receipt.figures, receipt.taken) == ("县发展和改革局", ("2025-06",), 4, True)
    converted = next(o for o in found.observations if o.unit == "T2")
    assert "３９，４５０" in converted.origin.conversion
    assert {one.kind for one in found.absences} == {Absent.BLANK, Absent.NONE}


def test_every_sort_of_figure_of_a_year_comes_back(scheme: Scheme, filled: Fill) -> None:
    d1 = filled(
        lead_template(scheme, "D1", "2025"),
        {
            ("T1", "Y1|actual"): 5612,
            ("T1", "Y1|target"): 5480,
            ("T1", "Y1|growth"): "9.6%",
            ("T1", "Y5|previous"): 88.5,
            ("T1", "Y7|new_case"): 0,
            ("T2", "Y8|on_time"): 97.4,
        },
        "2025年度",
    )
    d1 = filled(d1, {("T1", "INV|target"): 82000}, "2025年度目标")
    d2 = filled(
        lead_template(scheme, "D2", "2025"),
        {
            ("T1", "Y2|actual"): "较好",
            ("T1", "Y3|item1"): 0.5,
            ("T1", "Y3|item2"): 1,
            ("T1", "Y4|item1"): 0,
            ("D1", "Y6|actual"): 88.6,
            ("D1", "Y6|upper_full"): 100,
        },
    )
    found = read_reports([("a.xlsx", d1), ("b.xlsx", d2)], scheme)
    assert found.problems == ()
    assert {key[:2]: value for key, value in figures(found).items()} == {
        ("T1", "Y1.actual"): Decimal(5612),
        ("T1", "Y1.target"): Decimal(5480),
        ("T1", "Y1.growth"): Decimal("9.6"),
        ("T1", "INV.target"): Decimal(82000),
        ("T1", "Y5.previous"): Decimal("88.5"),
        ("T1", "Y7.new_case"): Decimal(0),
        ("T2", "Y8.on_time"): Decimal("97.4"),
        ("T1", "Y2.actual"): Decimal(2),
        ("T1", "Y3.item1"): Decimal("0.5"),
        ("T1", "Y3.item2"): Decimal(1),
        ("T1", "Y4.item1"): Decimal(0),
        ("D1", "Y6.actual"): Decimal("88.6"),
        ("D1", "Y6.upper_full"): Decimal(100),
    }
    assert {key[2] for key in figures(found)} == {"2025"}


def test_questions_and_raters_come_back(scheme: Scheme, filled: Fill) -> None:
    entries = {("T1", "M3|actual"): "是", ("T2", "M3|actual"): "否", ("T1", "M5|rater2"): 91.5}
    found = read_reports([("a.xlsx", filled(lead_template(scheme, "D2", "2025-06"), entries))], scheme)
    assert found.problems == ()
    assert set(figures(found).values()) == {Decimal(1), Decimal(0), Decimal("91.5")}


def test_a_quarter_and_a_unit_of_its_own_come_back(scheme: Scheme, filled: Fill) -> None:
    quarter = filled(lead_template(scheme, "D1", "2025-Q2"), {("T3", "Q1|actual"): 4, ("T3", "Q1|target"): 5})
    own = filled(unit_template(scheme, "D2", "2025"), {("G1|actual", "=entry"): 2, ("G2|item2", "=entry"): 0.5})
    found = read_reports([("a.xlsx", quarter), ("b.xlsx", own)], scheme)
    assert found.problems == ()
    assert figures(found) == {
        ("T3", "Q1.actual", "2025-Q2"): Decimal(4),
        ("T3", "Q1.target", "2025-Q2"): Decimal(5),
        ("D2", "G1.actual", "2025"): Decimal(2),
        ("D2", "G2.item2", "2025"): Decimal("0.5"),
    }
    assert found.receipts[1].who == "县教育局"


VOTES = {"V1|due": 40, "=count.issued": 36, "=count.returned": 35, "=count.valid": 32, "=count.spoilt": 1}
VOTES |= {"=count.abstained": 2, "V1|优秀": 20, "V1|良好": 10, "V1|较差": 2}


def test_ballots_that_agree_come_back(scheme: Scheme, filled: Fill) -> None:
    form = filled(ballots_template(scheme, 2025), {("T1", code): count for code, count in VOTES.items()})
    found = read_reports([("a.xlsx", form)], scheme)
    assert [p.code for p in found.problems if p.severity is Severity.ERROR] == []
    assert figures(found) == {
        ("T1", "V1.due", "2025"): Decimal(40),
        ("T1", "V1.优秀", "2025"): Decimal(20),
        ("T1", "V1.良好", "2025"): Decimal(10),
        ("T1", "V1.较差", "2025"): Decimal(2),
    }


@pytest.mark.parametrize(
    ("code", "count", "at"),
    [("=count.issued", 34, "=count.issued"), ("=count.spoilt", 2, "=count.returned"), ("V1|优秀", 21, "=count.valid")],
)
def test_ballots_that_do_not_agree_are_refused_at_the_count(
    scheme: Scheme, filled: Fill, address: Callable[..., str], code: str, count: int, at: str
) -> None:
    blank = ballots_template(scheme, 2025)
    form = filled(blank, {("T1", name): number for name, number in (VOTES | {code: count}).items()})
    found = read_reports([("a.xlsx", form)], scheme)
    assert [(p.code, p.place.cell) for p in found.errors] == [("sheets.check_fails", address(blank, "T1", at))]
    assert found.observations == ()


@pytest.mark.parametrize(
    ("lead", "unit", "code", "given", "problem"),
    [
        ("D1", "T1", "INV|actual", "约3.9万", "sheets.not_a_number"),
        ("D1", "T1", "INV|actual", "3.9吨", "sheets.unit_does_not_fit"),
        ("D1", "T1", "M2|actual", "97.4公里", "sheets.unit_does_not_fit"),
        ("D1", "T1", "INV|actual", True, "sheets.truth_not_number"),
        ("D2", "T1", "M3|actual", "大概达标", "sheets.not_on_list"),
        ("D2", "T1", "M3|actual", 2, "sheets.not_on_list"),
        ("D1", "T1", "INV|actual", "=1+1", "sheets.formula_without_value"),
    ],
)
def test_a_wrong_entry_is_one_problem_at_its_cell(
    scheme: Scheme,
    filled: Fill,
    address: Callable[..., str],
    lead: str,
    unit: str,
    code: str,
    given: object,
    problem: str,
) -> None:
    blank = lead_template(scheme, lead, "2025-06")
    found = read_reports([(NAME, filled(blank, {(unit, code): given, ("T2", code): ""}))], scheme)
    assert [(p.code, p.place.sheet, p.place.cell) for p in found.errors] == [
        (problem, "2025年6月", address(blank, unit, code))
    ]
    assert all(render(p).what and render(p, "en").mend for p in found.errors)


@pytest.mark.parametrize(
    ("code", "given", "problem"),
    [
        ("Y2|actual", "很好", "sheets.not_on_list"),
        ("Y2|actual", 1, "sheets.not_on_list"),
        ("Y3|item1", 0.7, "sheets.not_on_list"),
    ],
)
def test_words_and_amounts_that_are_not_on_the_list(
    scheme: Scheme, filled: Fill, address: Callable[..., str], code: str, given: object, problem: str
) -> None:
    blank = lead_template(scheme, "D2", "2025")
    found = read_reports([(NAME, filled(blank, {("T1", code): given}))], scheme)
    assert [(p.code, p.place.cell) for p in found.errors] == [(problem, address(blank, "T1", code))]


def test_negative_cases_and_parts_of_votes_are_refused(scheme: Scheme, filled: Fill) -> None:
    cases = filled(lead_template(scheme, "D1", "2025"), {("T1", "Y7|new_case"): -1}, "2025年度")
    votes = filled(ballots_template(scheme, 2025), {("T1", "V1|优秀"): 2.5})
    found = read_reports([("a.xlsx", cases), ("b.xlsx", votes)], scheme)
    assert [p.code for p in found.errors] == ["sheets.below_least", "sheets.not_whole"]


def test_only_the_good_rows_are_taken_where_that_was_asked(scheme: Scheme, filled: Fill) -> None:
    entries = {("T1", "INV|actual"): "约", ("T1", "M2|actual"): 8, ("T2", "M2|actual"): 9}
    sources = [(NAME, filled(lead_template(scheme, "D1", "2025-06"), entries))]
    assert read_reports(sources, scheme).observations == ()
    kept = read_reports(sources, scheme, accept_good_rows=True)
    assert figures(kept) == {("T2", "M2.actual", "2025-06"): Decimal(9)}
    assert [p.code for p in kept.errors] == ["sheets.not_a_number"]


def changed(form: bytes, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(form))
    change(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_form_is_known_under_other_names_and_with_lines_above(scheme: Scheme, filled: Fill) -> None:
    form = filled(lead_template(scheme, "D1", "2025-06"), {("T1", "M2|actual"): 8})

    def rename(book: openpyxl.Workbook) -> None:
        book.worksheets[0].title = "Sheet1"
        del book["填报说明"]

    found = read_reports([("随便.xlsx", changed(form, rename))], scheme)
    assert figures(found) == {("T1", "M2.actual", "2025-06"): Decimal(8)}


def test_a_unit_that_was_renamed_or_moved_is_refused(scheme: Scheme, filled: Fill) -> None:
    form = filled(lead_template(scheme, "D1", "2025-06"), {("T1", "M2|actual"): 8})

    def swap(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["D6"] = "清河镇"

    def twice(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["B6"], book.worksheets[0]["D6"] = "T2", "清河镇"

    assert [(p.code, p.place.cell) for p in read_reports([("a.xlsx", changed(form, swap))], scheme).errors] == [
        ("sheets.unit_code_differs", "D6")
    ]
    assert [(p.code, p.place.cell) for p in read_reports([("a.xlsx", changed(form, twice))], scheme).errors] == [
        ("sheets.unit_twice", "D7")
    ]


@pytest.mark.parametrize(
    ("code", "name", "problem", "cell"),
    [
        ("T9", "白水镇", "sheets.unit_code_unknown", "D6"),
        ("T1", None, "sheets.unit_name_gone", "D6"),
        ("T2", None, "sheets.unit_name_gone", "D6"),
        ("D1", "白水镇", "sheets.unit_code_differs", "D6"),
    ],
)
def test_a_code_never_speaks_for_a_unit_that_the_row_does_not_name(
    code: str, name: str | None, problem: str, cell: str, scheme: Scheme, filled: Fill
) -> None:
    form = filled(lead_template(scheme, "D1", "2025-06"), {("T1", "M2|actual"): 8})

    def contradict(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["B6"], book.worksheets[0]["D6"] = code, name

    found = read_reports([("a.xlsx", changed(form, contradict))], scheme)
    assert [(p.code, p.place.cell) for p in found.errors] == [(problem, cell)]
    assert found.errors[0].params["code"] == code
    assert found.observations == ()
    assert code in render(found.errors[0]).what


def test_a_row_without_name_and_without_figures_says_nothing(scheme: Scheme, filled: Fill) -> None:
    form = filled(lead_template(scheme, "D1", "2025-06"), {("T1", "M2|actual"): 8})
    found = read_reports([("a.xlsx", changed(form, lambda book: book.worksheets[0].__setitem__("D7", None)))], scheme)
    assert found.problems == ()
    assert [o.unit for o in found.observations if o.value is not None] == ["T1"]


def test_a_form_of_one_unit_that_names_another_as_reporting_is_refused(scheme: Scheme, filled: Fill) -> None:
    named = next(unit.name for unit in scheme.units if unit.code == "D2")
    form = filled(unit_template(scheme, "D2", "2025"), {("G1|actual", "=entry"): 2})

    def other(book: openpyxl.Workbook) -> None:
        line = book.worksheets[0]["A2"]
        line.value = line.value.replace(named, "清河镇")

    def unheard_of(book: openpyxl.Workbook) -> None:
        line = book.worksheets[0]["A2"]
        line.value = line.value.replace(named, named + "办公室")

    assert read_reports([("a.xlsx", form)], scheme).errors == ()
    assert read_reports([("a.xlsx", changed(form, unheard_of))], scheme).errors == ()
    found = read_reports([("a.xlsx", changed(form, other))], scheme)
    assert [(p.code, p.place.cell) for p in found.errors] == [("sheets.form_of_other_unit", "A2")]
    assert found.observations == ()


def test_forms_of_other_schemes_and_damaged_ones_are_refused(scheme: Scheme, filled: Fill) -> None:
    form = lead_template(scheme, "D1", "2025-06")

    def without_names(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["D3"] = None

    def other_figure(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["E3"] = "GONE|actual"

    other = scheme.model_copy(update={"code": "OTHER"})
    assert [p.code for p in read_reports([("a.xlsx", form)], other).errors] == ["sheets.form_of_other_scheme"]
    damaged = read_reports([("a.xlsx", changed(form, without_names)), ("b.xlsx", changed(form, other_figure))], scheme)
    assert [p.code for p in damaged.errors] == ["sheets.form_damaged", "sheets.form_unknown_figure"]


def test_bad_files_do_not_keep_others_from_being_checked(scheme: Scheme, filled: Fill) -> None:
    good = filled(lead_template(scheme, "D1", "2025-06"), {("T1", "M2|actual"): 8})
    seen = []
    found = read_reports(
        [("坏.xlsx", b"PK\x03\x04 broken"), ("空.xlsx", b""), ("好.xlsx", good)],
        scheme,
        progress=lambda done, total, name: seen.append((done, total, name)),
    )
    assert len(found.observations) == 1
    assert {p.place.file for p in found.errors} == {"坏.xlsx", "空.xlsx"}
    assert [receipt.taken for receipt in found.receipts] == [False, True, False]
    assert [number for number, _, _ in seen] == [1, 2, 3]


def test_events_come_back(scheme: Scheme, filled: Fill) -> None:
    def enter(book: openpyxl.Workbook) -> None:
        rows = (
            (
                "白水镇",
                "B1 受表彰",
                "S1",
                "省级",
                None,
                None,
                None,
                None,
                "2025-05-04",
                "省发1号",
                None,
                "是",
                "",
            ),
            ("清河镇", "K1", None, None, 2, None, 0.5, None, "2025年6月1日", None, "2025-06-10", "是", "两处"),
            ("石门", "一般", None, None, None, None, None, None, None, None, None, "否", None),
        )
        for number, row in enumerate(rows, 5):
            for column, value in enumerate(row, 2):
                book.worksheets[0].cell(number, column, value)

    found = read_reports([("a.xlsx", changed(events_template(scheme, 2025), enter))], scheme)
    assert [(p.code, p.place.cell) for p in found.errors] == [("sheets.event_unknown_code", "C7")]
    kept = read_reports([("a.xlsx", changed(events_template(scheme, 2025), enter))], scheme, accept_good_rows=True)
    first, second = kept.events
    assert (first.unit, first.item, first.matter, first.level) == ("T1", "B1", "S1", "省级")
    assert str(first.on) == "2025-05-04"
    assert (second.unit, second.item, second.quantity, second.share) == ("T2", "K1", Decimal(2), Decimal("0.5"))
    assert second.confirmed


def test_events_the_engine_refuses_are_refused_at_their_row(scheme: Scheme) -> None:
    def enter(book: openpyxl.Workbook) -> None:
        for column, value in ((2, "白水镇"), (3, "B1 受表彰"), (5, "市级"), (13, "是")):
            book.worksheets[0].cell(5, column, value)

    found = read_reports([("a.xlsx", changed(events_template(scheme, 2025), enter))], scheme)
    assert [(p.code, p.place.cell) for p in found.errors] == [("engine.event_unknown_level", "C5")]
    assert found.events == ()


def test_a_deduction_nobody_was_told_of_is_a_warning(scheme: Scheme) -> None:
    def enter(book: openpyxl.Workbook) -> None:
        for column, value in ((2, "白水镇"), (3, "K1 逾期整改"), (6, 1), (13, "是")):
            book.worksheets[0].cell(5, column, value)

    found = read_reports([("a.xlsx", changed(events_template(scheme, 2025), enter))], scheme)
    assert [(p.code, p.place.cell) for p in found.problems] == [("sheets.event_not_notified", "L5")]
    assert len(found.events) == 1


_NUMBERS = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=4)


@settings(max_examples=15, deadline=None)
@given(st.lists(_NUMBERS, min_size=3, max_size=3), st.lists(st.integers(0, 10**6), min_size=2, max_size=2))
def test_any_numbers_come_back_exactly(scheme: Scheme, filled: Fill, numbers: list[Decimal], counts: list[int]) -> None:
    entries: dict[tuple[str, str], object] = {
        (unit, "INV|actual"): float(number) for unit, number in zip(("T1", "T2", "T3"), numbers, strict=True)
    }
    entries |= {("D1", "M4|numerator"): counts[0], ("D1", "M4|denominator"): str(counts[1])}
    found = read_reports([(NAME, filled(lead_template(scheme, "D1", "2025-06"), entries))], scheme)
    assert found.problems == ()
    read = figures(found)
    assert [read[unit, "INV.actual", "2025-06"] for unit in ("T1", "T2", "T3")] == numbers
    assert read["D1", "M4.denominator", "2025-06"] == counts[1]


def test_a_form_given_back_with_its_problems_can_be_mended_and_sent_again(
    scheme: Scheme, filled: Fill, address: Callable[..., str]
) -> None:
    form = filled(lead_template(scheme, "D1", "2025-06"), {("T1", "INV|actual"): "约4万", ("T2", "M2|actual"): 8})
    found = read_reports([(NAME, form)], scheme)
    back = annotate(form, found.problems, name=NAME)
    cell = address(form, "T1", "INV|actual")
    sheet = openpyxl.load_workbook(BytesIO(back))["2025年6月"]
    assert sheet[cell].comment is not None
    assert "约4万" in sheet[cell].comment.text
    assert sheet.protection.sheet
    assert not sheet[cell].protection.locked

    def mend(book: openpyxl.Workbook) -> None:
        book["2025年6月"][cell] = 40000

    again = read_reports([(NAME, changed(back, mend))], scheme)
    assert again.errors == ()
    assert figures(again)["T1", "INV.actual", "2025-06"] == Decimal(40000)
