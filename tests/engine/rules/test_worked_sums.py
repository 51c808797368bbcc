"""Published and worked sums: the test vectors of real schemes, through the oracle and through the formula."""

from decimal import Decimal

import pytest
from pydantic import TypeAdapter

from baton.engine.rules import Rule

D = Decimal
RULE = TypeAdapter(Rule)


def of(**options):
    return RULE.validate_python(options)


@pytest.mark.parametrize(("x", "points"), [("5", "60"), ("7", "71.428571"), ("9.1", "83.428571"), ("12", "100")])
def test_efficacy_coefficient(agree, bench, x, points) -> None:
    for rule in (of(kind="efficacy_linear"), of(kind="efficacy_linear", best=12, worst=5)):
        assert agree(rule, bench.group(rule, D(x), [D(5), D(12), D(x)], D(100))) == D(points)


@pytest.mark.parametrize(("x", "points"), [("5", "60"), ("7", "69.4283"), ("9.1", "80.9266"), ("12", "100")])
def test_exponential_efficacy(agree, bench, x, points) -> None:
    rule = of(kind="efficacy_exponential")
    assert agree(rule, bench.group(rule, D(x), [D(5), D(12), D(x)], D(100))) == pytest.approx(D(points), abs=D("5e-5"))


@pytest.mark.parametrize(
    ("step", "points", "place", "earned"),
    [
        ("0.05", 10, 1, "10"),
        ("0.05", 10, 2, "9.5"),
        ("0.05", 10, 3, "9"),
        ("0.05", 10, 10, "5.5"),
        ("0.02", 200, 1, "200"),
        ("0.02", 200, 2, "196"),
        ("0.02", 200, 10, "164"),
    ],
)
def test_so_much_less_a_place(agree, bench, step, points, place, earned) -> None:
    rule = of(kind="rank_points", step=step)
    values = [D(n) for n in range(12)]
    case = bench.group(rule, values[-place], values, D(points))
    assert case.rank == place
    assert agree(rule, case) == D(earned)


@pytest.mark.parametrize(("a", "points"), [("0.9", "10"), ("1", "10"), ("1.3", "7"), ("2", "0"), ("2.1", "0")])
def test_control(agree, bench, a, points) -> None:
    rule = of(kind="control")
    assert agree(rule, bench.figures(rule, {"actual": D(a), "target": D(1)}, D(10), sign=-1)) == D(points)


def test_control_without_a_cap_gives_more_than_full(agree, bench) -> None:
    rule = of(kind="control", cap=None)
    assert agree(rule, bench.figures(rule, {"actual": D("0.9"), "target": D(1)}, D(10), sign=-1)) == 11


def test_ballot(agree, bench) -> None:
    rule = of(kind="ballot", options={"优秀": 100, "称职": 80, "基本称职": 60, "不称职": 40})
    votes = {"优秀": D(30), "称职": D(15), "基本称职": D(4), "不称职": D(1)}
    assert agree(rule, bench.figures(rule, votes, D(100))) == D("89.6")


@pytest.mark.parametrize(
    ("votes", "points"),
    [((20, 10, 2, 0), "91.25"), ((41, 22, 5, 1), "89.855072"), ((53, 19, 4, 2), "91.538462")],
)
def test_ballots_of_the_example_county(agree, bench, votes, points) -> None:
    rule = of(kind="ballot", options={"优秀": 100, "良好": 80, "一般": 60, "较差": 40})
    reported = dict(zip(rule.options, map(D, votes), strict=True))
    assert agree(rule, bench.figures(rule, reported, D(100))) == D(points)


@pytest.mark.parametrize(("actual", "points"), [(112, "350"), (110, "350"), (105, "325"), (100, "300"), (97, "285")])
def test_progress_against_time_in_points(agree, bench, actual, points) -> None:
    rule = of(kind="time_progress", measured_in="points", step=5, ahead_step=5, cap=350)
    assert agree(rule, bench.figures(rule, {"actual": D(actual), "target": D(100)}, D(300))) == D(points)


def test_deduction_from_a_line(agree, bench) -> None:
    rule = of(kind="threshold_deduct", line=20, step="0.1")
    assert agree(rule, bench.figures(rule, {"actual": D(17)}, D(1))) == D("0.7")
    assert agree(rule, bench.figures(rule, {"actual": D(20)}, D(1))) == 1


@pytest.mark.parametrize(
    ("votes", "points"),
    [
        ((90, 10, 0, 0), 200),
        ((89, 11, 0, 0), 190),
        ((80, 0, 20, 0), 190),
        ((70, 0, 30, 0), 180),
        ((60, 0, 40, 0), 170),
        ((59, 8, 30, 3), 160),
        ((30, 30, 15, 15), 130),
        ((30, 31, 15, 15), 160),
        ((2, 0, 0, 1), 170),
    ],
)
def test_bands_of_the_ballot(agree, bench, votes, points) -> None:
    options = ["优秀", "称职", "基本称职", "不称职"]
    bands = [{"at_least": at, "share": share} for at, share in ((0.9, 1), (0.8, 0.95), (0.7, 0.9), (0.6, 0.85))]
    adverse = {"options": options[2:], "limit": "1/3", "below_share": 0.8, "otherwise_share": 0.65}
    rule = of(kind="ballot_rate", best="优秀", options=options, bands=bands, adverse=adverse)
    reported = dict(zip(options, map(D, votes), strict=True))
    assert agree(rule, bench.figures(rule, reported, D(200))) == points


@pytest.mark.parametrize(("place", "points"), [(1, 60), (2, 57), (3, 54), (4, 51), (5, 48), (6, 0), (9, 0)])
def test_a_table_of_the_first_five(agree, bench, place, points) -> None:
    rule = of(kind="rank_points", measured_in="points", table=[60, 57, 54, 51, 48])
    values = [D(-n) for n in range(1, 10)]
    assert agree(rule, bench.group(rule, D(-place), values, D(60))) == points


@pytest.mark.parametrize(("place", "points"), [(1, 5), (2, 4), (5, 1), (6, 0), (7, 0), (8, -1), (11, -4), (12, -5)])
def test_the_first_five_and_the_last_five(agree, bench, place, points) -> None:
    table = [5, 4, 3, 2, 1]
    bottom = [-n for n in table]
    rule = of(kind="rank_points", measured_in="points", table=table, bottom_table=bottom, floor=-5)
    values = [D(-n) for n in range(1, 13)]
    assert agree(rule, bench.group(rule, D(-place), values, D(5))) == points


def test_deprivation_ranks(agree, bench) -> None:
    """Of 100 areas the best is 100, and the median one far below a half, with c = 23."""
    rule = of(kind="exponential_rank")
    values = [D(n) for n in range(1, 101)]
    found = [agree(rule, bench.group(rule, D(x), values, D(100))) for x in (100, 90, 50, 1)]
    assert found[0] == 100
    assert found[1] == pytest.approx(D("50.4"), abs=D("0.2"))
    assert found[2] == pytest.approx(D("15.6"), abs=D("0.1"))
    assert 0 < found[3] < 1


@pytest.mark.parametrize(
    ("low", "high", "log", "x", "share"),
    [
        (20, 85, False, "71.4", "0.790769"),
        (100, 75000, True, "18486", "0.788450"),
        (100, 75000, True, "75000", "1"),
        (100, 75000, True, "146830", "1"),
        (100, 75000, True, "0", "0"),
    ],
)
def test_dimensions_of_the_human_development_index(agree, bench, low, high, log, x, share) -> None:
    """Life expectancy from 20 to 85 years; income from 100 to 75,000 dollars, in logarithms."""
    rule = of(kind="goalposts", low=low, high=high, log=log)
    assert agree(rule, bench.figures(rule, {"actual": D(x)}, D(1))) == D(share)
