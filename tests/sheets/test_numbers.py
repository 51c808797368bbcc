"""Number cells: every way of writing a number gives the same decimal, and what is not sure is a problem."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.sheets.cells import Absent, Figure, How, Percent, Wanted, measure, ratio, read_number, read_numbers
from baton.sheets.workbook import Value
from baton.words import Language, Place, Problem, render

HOUSE_WIDE = str.maketrans("0123456789.,-%", "０１２３４５６７８９．，－％")
amounts = st.decimals(-(10**9), 10**9, places=2, allow_nan=False).map(lambda value: value + 0)


def figure(raw: Value, wanted: Wanted, number_format: str = "") -> Figure:
    """Read a cell that must hold a figure."""
    read = read_number(raw, wanted, number_format)
    assert isinstance(read, Figure), read
    return read


def refused(raw: Value, wanted: Wanted, number_format: str = "") -> str:
    """Read a cell that must be refused; both languages have words for it."""
    problem = read_number(raw, wanted, number_format)
    assert isinstance(problem, Problem), problem
    assert all(render(problem, language).what and render(problem, language).mend for language in Language)
    return problem.code


@pytest.mark.parametrize(
    ("raw", "number_format", "stated", "value", "how"),
    [
        (39450.0, "", "", "39450", ()),
        (39450.0, "#,##0.00", "万元", "39450", ()),
        ("39450", "", "", "39450", ()),
        ("39,450", "", "", "39450", (How.TEXT,)),
        ("39，450", "", "", "39450", (How.TEXT,)),
        ("３９，４５０", "", "", "39450", (How.TEXT,)),
        ("'39450 ", "", "", "39450", (How.TEXT,)),
        ("3.945 亿元", "", "", "39450", (How.UNIT,)),
        ("3.945亿", "", "", "39450", (How.UNIT,)),
        ("39450万元", "", "元", "39450", (How.TEXT,)),
        ("394500000元", "", "", "39450", (How.UNIT,)),
        ("¥394,500,000", "", "", "39450", (How.UNIT,)),
        (3.945, '0.00"亿元"', "", "39450", (How.UNIT,)),
        (3.945, "", "亿元", "39450", (How.UNIT,)),
        (394500000.0, '0!.0,"万元"', "元", "39450", (How.SCALED,)),
        (394500000.0, '#,##0.0,,"百万元"', "", "39450", (How.SCALED, How.UNIT)),
        ("(39450)", "", "", "-39450", (How.NEGATIVE,)),
        ("（3.945）亿元", "", "", "-39450", (How.NEGATIVE, How.UNIT)),
        ("－39450", "", "", "-39450", (How.TEXT,)),
        ("−39450", "", "", "-39450", (How.TEXT,)),
        ("负39450", "", "", "-39450", (How.NEGATIVE,)),
        ("3.945E+4", "", "", "39450", (How.TEXT,)),
        (0.1 + 0.2, "", "", "0.3", (How.FLOAT_TAIL,)),
        (97.39999999999999, "", "", "97.4", (How.FLOAT_TAIL,)),
        ("0.30000000000000004", "", "", "0.3", (How.FLOAT_TAIL,)),
        (0.0, "", "", "0", ()),
        (-0.0, "", "", "0", ()),
    ],
)
def test_amounts_in_ten_thousand_yuan(
    raw: Value, number_format: str, stated: str, value: str, how: tuple[How, ...]
) -> None:
    read = figure(raw, Wanted("万元", stated), number_format)
    assert str(read.value) == value
    assert tuple(step.how for step in read.conversions) == how
    assert all(step.words(language) for step in read.conversions for language in Language)


@pytest.mark.parametrize(
    ("raw", "number_format", "stated", "percent", "value"),
    [
        ("40%", "", "", Percent.AS_SHOWN, "40"),
        ("40％", "", "", Percent.FRACTION, "40"),
        (0.4, "0%", "", Percent.AS_SHOWN, "40"),
        (0.4, "0.00%", "", Percent.POINTS, "40"),
        (97.4, '0.0"%"', "", Percent.AS_SHOWN, "97.4"),
        (0.974, '0.0"%"', "", Percent.AS_SHOWN, "0.974"),
        (97.4, "", "", Percent.AS_SHOWN, "97.4"),
        (1.05, "", "%", Percent.AS_SHOWN, "1.05"),
        (0.0, "", "", Percent.AS_SHOWN, "0"),
        (0.974, "", "", Percent.FRACTION, "97.4"),
        (0.974, "", "", Percent.POINTS, "0.974"),
        ("5‰", "", "", Percent.AS_SHOWN, "0.5"),
    ],
)
def test_percentages(raw: Value, number_format: str, stated: str, percent: Percent, value: str) -> None:
    assert str(figure(raw, Wanted("%", stated, percent), number_format).value) == value


@pytest.mark.parametrize(
    ("raw", "stated"), [(0.974, ""), (0.974, "%"), (1.0, "%"), (1.05, ""), (-0.4, ""), ("0.974", "%")]
)
def test_a_percentage_that_may_be_a_fraction_is_in_doubt(raw: Value, stated: str) -> None:
    assert refused(raw, Wanted("%", stated)) == "sheets.percent_in_doubt"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("39,45", "sheets.wrong_grouping"),
        ("3,94,50", "sheets.wrong_grouping"),
        ("39.450,00", "sheets.not_a_number"),
        ("约300", "sheets.not_a_number"),
        ("300余", "sheets.unit_does_not_fit"),
        ("39²", "sheets.unit_does_not_fit"),
        ("①", "sheets.not_a_number"),
        ("三百", "sheets.not_a_number"),
        ("1/2", "sheets.not_a_number"),
        ("(-5)", "sheets.not_a_number"),
        ("(5", "sheets.not_a_number"),
        ("39 450", "sheets.not_a_number"),
        ("40%", "sheets.unit_does_not_fit"),
        ("12公里", "sheets.unit_does_not_fit"),
        ("9" * 200, "sheets.not_a_number"),
        ("510722199001011234567", "sheets.number_too_long"),
        ("1e99", "sheets.number_too_long"),
        (1e300, "sheets.number_too_long"),
        (1e-300, "sheets.number_too_long"),
        (float("nan"), "sheets.not_finite"),
        (float("inf"), "sheets.not_finite"),
        (True, "sheets.truth_not_number"),
        (date(2022, 3, 5), "sheets.date_not_number"),
    ],
)
def test_what_is_not_surely_a_number_of_people_is_refused(raw: Value, code: str) -> None:
    assert refused(raw, Wanted("人")) == code


def test_a_format_that_divides_without_a_unit_is_refused() -> None:
    assert refused(39450000.0, Wanted("元"), "0!.0,") == "sheets.scaled_format"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("", Absent.BLANK),
        ("　 ", Absent.BLANK),
        ("-", Absent.NONE),
        ("—", Absent.NONE),
        ("——", Absent.NONE),
        ("－", Absent.NONE),
        ("/", Absent.NONE),
        ("无", Absent.NONE),
        ("不适用", Absent.NOT_APPLICABLE),
        ("N/A", Absent.NOT_APPLICABLE),
        ("缺", Absent.LACKING),
        ("暂无", Absent.LACKING),
    ],
)
def test_no_figure_is_never_zero(raw: str, kind: Absent) -> None:
    assert figure(raw, Wanted("人")) == Figure(None, kind)
    assert figure("0", Wanted("人")).value == 0


def test_areas_convert_where_the_factor_is_exact() -> None:
    hectare, mu, square_metre = measure("公顷"), measure("亩"), measure("平方米")
    assert hectare is not None
    assert mu is not None
    assert square_metre is not None
    assert ratio(hectare, mu) == 15
    assert ratio(hectare, square_metre) == 10_000
    assert ratio(mu, square_metre) is None


# Round trips -------------------------------------------------------------------------------------------------------


@given(amounts)
def test_a_number_survives_every_way_of_writing(value: Decimal) -> None:
    plain = f"{value:f}"
    ways: list[Value] = [
        float(value),
        plain,
        f"{value:,f}",
        f"{value:,f}".translate(HOUSE_WIDE),
        f" {plain}万元",
        f"{value:E}",
    ]
    if value < 0:
        ways += [f"({-value:f})", f"（{-value:,f}）", plain.replace("-", "−"), plain.replace("-", "负")]
    assert {figure(way, Wanted("万元")).value for way in ways} == {value}


@given(amounts)
def test_a_number_survives_every_unit(value: Decimal) -> None:
    wanted = Wanted("万元")
    ways = [f"{value * 10000:f}元", f"{value / 10000:f}亿元", f"{value / 100:f}百万元", f"{value * 10:f}千元"]
    assert {figure(way, wanted).value for way in ways} == {value}
    assert figure(float(value / 10000), Wanted("万元", "亿元")).value == value


@given(st.decimals(3, 1000, places=2, allow_nan=False))
def test_a_percentage_survives_every_way_of_showing(value: Decimal) -> None:
    wanted = Wanted("%")
    read = [figure(float(value), wanted), figure(f"{value}%", wanted), figure(float(value / 100), wanted, "0.00%")]
    assert {one.value for one in read} == {value}


cells = st.one_of(
    amounts.map(float),
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from(["", "无", "39,450", "39,45", "40%", "0.30000000000000004", "缺"]),
    st.booleans(),
)


@given(
    st.lists(cells, max_size=30), st.sampled_from([Wanted("万元"), Wanted("%"), Wanted("%", "%"), Wanted("元", "万元")])
)
def test_a_column_reads_as_its_cells_do(values: list[Value], wanted: Wanted) -> None:
    column = read_numbers(values, wanted, lambda index: Place(cell=f"A{index + 1}"))
    failed = {int(problem.place.cell[1:]) - 1: problem for problem in column.problems}
    for index, (value, got) in enumerate(zip(values, column.decimals(), strict=True)):
        single = read_number(value, wanted, "", Place(cell=f"A{index + 1}"))
        if isinstance(single, Problem):
            assert failed.pop(index) == single
            assert got is None
        elif index in failed:  # the column has no scale for it beside its neighbours
            assert failed.pop(index).code == "sheets.number_too_long"
        else:
            assert got == single.value
            assert column.absent.get(index) == single.absent
            assert column.conversions.get(index, ()) == single.conversions
    assert not failed


def test_formats_and_known_problems_of_a_column() -> None:
    known = Problem("sheets.error_value", {"given": "#N/A"}, Place(cell="A3"))
    column = read_numbers([0.4, 97.4, ""], Wanted("%"), lambda _: Place(), {0: "0%"}, {2: known})
    assert column.decimals() == [Decimal(40), Decimal("97.4"), None]
    assert column.problems == (known,)
    assert 2 not in column.absent
