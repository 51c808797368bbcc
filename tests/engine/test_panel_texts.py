"""Figures kept as text become the panel that `Panel.of` makes, to the digest, or none at all."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.engine.panel import Observation
from baton.engine.panel.panel import COLUMNS, Panel
from baton.engine.panel.texts import panel_of_texts
from baton.engine.terms import plain

NUMBERS = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=4) | st.integers(-5, 5).map(
    Decimal
)
ROWS = st.dictionaries(
    st.tuples(
        st.sampled_from(["T1", "T10", "T2", "丙镇"]),
        st.sampled_from(["INV", "HOT"]),
        st.sampled_from(["actual", "target"]),
        st.sampled_from(["2026", "2026-01", "2026-12", "2026-Q2"]),
    ),
    st.tuples(NUMBERS, st.booleans()),
    min_size=1,
)


def table(rows: dict[tuple[str, str, str, str], tuple[str, bool]]) -> pl.DataFrame:
    lines = [(*key, value, early) for key, (value, early) in rows.items()]
    schema = dict.fromkeys(COLUMNS[:5], pl.String) | {"preliminary": pl.Boolean}
    return pl.DataFrame(lines, schema=schema, orient="row")


@given(ROWS, st.booleans())
def test_it_is_the_same_panel(rows: dict[tuple[str, str, str, str], tuple[Decimal, bool]], padded: bool) -> None:
    texts = {key: (format(value, "f") if padded else plain(value), early) for key, (value, early) in rows.items()}
    mine = panel_of_texts(table(texts))
    theirs = Panel.of(Observation(*key, value, early) for key, (value, early) in rows.items())
    assert mine is not None
    assert mine.frame.collect().to_native().equals(theirs.frame.collect().to_native())
    for name in ("decimals", "digest", "years", "has_quarters", "has_preliminary", "has_doubles", "known"):
        assert getattr(mine, name) == getattr(theirs, name), name


@pytest.mark.parametrize("value", ["", "x", "1e3", "+1", "007", "1.", ".5", "NaN", "1" * 19, "0." + "1" * 13])
def test_what_deserves_a_closer_look_is_none(value: str) -> None:
    assert panel_of_texts(table({("T1", "INV", "actual", "2026-01"): (value, False)})) is None


def test_a_number_that_does_not_fit_beside_fine_ones_is_none() -> None:
    large, fine = ("9" * 17, False), ("0.25", False)
    assert panel_of_texts(table({("T1", "INV", "actual", "2026-01"): large})) is not None
    assert (
        panel_of_texts(table({("T1", "INV", "actual", "2026-01"): large, ("T2", "INV", "actual", "2026-01"): fine}))
        is None
    )


def test_a_period_that_is_none_and_a_key_that_comes_twice_are_none() -> None:
    assert panel_of_texts(table({("T1", "INV", "actual", "2026-13"): ("1", False)})) is None
    once = table({("T1", "INV", "actual", "2026-01"): ("1", False)})
    assert panel_of_texts(pl.concat([once, once])) is None


def test_of_nothing_there_is_an_empty_panel() -> None:
    mine, theirs = panel_of_texts(table({})), Panel.of([])
    assert mine is not None
    assert (mine.digest, mine.years, mine.decimals) == (theirs.digest, theirs.years, theirs.decimals)
