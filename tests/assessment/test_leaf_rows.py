"""All leaves of a month at once: what each row says is what counting leaf by leaf gives."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from baton.assessment.actions.below.leaf_rows import leaf_rows
from baton.assessment.rules.chart import movement
from baton.assessment.rules.lights import Lights
from baton.core.bulk import decimal_text
from baton.engine.scheme.indicators import Target
from baton.engine.terms import Direction, plain

MONTHS = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]
LIGHTS = Lights(90, 60, 80)
PROFILE = tuple(map(Decimal, ("0.05", "0.1", "0.2", "0.25", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1")))
SPREADS = {
    "WHOLE": (Direction.HIGHER, Target()),
    "EVEN": (Direction.HIGHER, Target(spread="proportional")),
    "BENT": (Direction.HIGHER, Target(spread="profile", profile=PROFILE)),
    "LOWER": (Direction.LOWER, Target(spread="proportional")),
}
SCHEME = SimpleNamespace(
    decimals=2,
    indicators=[SimpleNamespace(code=code, direction=way, target=target) for code, (way, target) in SPREADS.items()],
)
NUMBER = st.none() | st.integers(-50, 2_000)
LEAF = st.fixed_dictionaries(
    {
        "points": st.none() | st.integers(-500, 1_200),
        "full": st.sampled_from([0, 500, 1_000]),
        "value": NUMBER,
        "target": NUMBER,
        "decimals": st.integers(0, 3),
    }
)
COURSES = st.dictionaries(st.sampled_from(list(SPREADS)), st.lists(LEAF, min_size=1, max_size=len(MONTHS)))


def rows_of(courses):
    return [
        {"unit": "T1", "group": "towns", "indicator": code, "part": "", "period": month, "rank": 1, "flags": 3, **leaf}
        for code, course in courses.items()
        for month, leaf in zip(MONTHS[len(MONTHS) - len(course) :], course, strict=True)
    ]


def due(code, month, target):
    way, plan = SPREADS[code]
    if target is None or plan.spread == "whole" or way is not Direction.HIGHER:
        return None
    share = Fraction(PROFILE[month - 1]) if plan.spread == "profile" else Fraction(month, 12)
    return target * share


def light(code, month, leaf):
    if leaf["points"] is None or leaf["full"] <= 0:
        return "none"
    expected = due(code, month, leaf["target"])
    if leaf["value"] is not None and expected and expected > 0 and leaf["value"] * 100 < expected * 80:
        return "red"
    return LIGHTS.of(leaf["points"], leaf["full"]).value


def behind(lights):
    count = 0
    for one in reversed(lights):
        if one not in ("red", "none"):
            break
        count += one == "red"
    return count


@given(COURSES)
def test_every_row_is_what_counting_one_by_one_gives(courses) -> None:
    kinds = dict.fromkeys(("unit", "group", "indicator", "part", "period"), pl.String)
    numbers = dict.fromkeys(("points", "full", "value", "target", "rank", "flags"), pl.Int64)
    leaves = pl.DataFrame(rows_of(courses), schema=kinds | numbers | {"decimals": pl.Int32})
    found = {row["indicator"]: row for row in leaf_rows(leaves, SCHEME, MONTHS, {"T1": 7}, LIGHTS, 3).to_dicts()}
    assert set(found) == set(courses)
    for code, course in courses.items():
        row, newest, first = found[code], course[-1], len(MONTHS) - len(course) + 1
        lights = [light(code, month, leaf) for month, leaf in enumerate(course, first)]
        shares = [
            None if leaf["points"] is None or not leaf["full"] else Decimal(leaf["points"]) / leaf["full"]
            for leaf in course
        ]
        assert (row["unit_id"], row["group"], row["rank"], row["flags"]) == (7, "towns", 1, 3)
        assert (row["light"], row["behind"]) == (lights[-1], behind(lights))
        assert row["movement"] == movement(shares, 3).value
        for name in ("value", "target"):
            whole = newest[name]
            assert row[name] == ("" if whole is None else plain(Decimal(whole).scaleb(-newest["decimals"])))
        assert row["points"] == (None if newest["points"] is None else plain(Decimal(newest["points"]).scaleb(-2)))


def test_a_plan_that_is_just_kept_is_not_far_behind() -> None:
    """90 % of 5/12 of 16 is 6 exactly, and 5/12 of 16, written down, is more than it is."""
    leaf = {"points": 900, "full": 1_000, "target": 16, "decimals": 0}
    for value, light_of in ((6, "green"), (5, "red")):
        leaves = pl.DataFrame(rows_of({"EVEN": [leaf | {"value": value}]}))
        rows = leaf_rows(leaves, SCHEME, MONTHS, {"T1": 7}, Lights(90, 60, 90), 3)
        assert rows["light"].to_list() == [light_of]


@given(st.lists(st.tuples(st.none() | st.integers(-(10**18), 10**18), st.integers(0, 12)), min_size=1))
def test_decimals_are_written_as_the_engine_writes_them(numbers) -> None:
    table = pl.DataFrame(numbers, schema={"whole": pl.Int64, "places": pl.Int32}, orient="row")
    told = table.select(decimal_text("whole", "places")).to_series().to_list()
    assert told == [None if one is None else plain(Decimal(one).scaleb(-places)) for one, places in numbers]
