"""The county of the integrity benchmark is what it says, and the checks find what they can hardly miss.

The floors are far below what is aimed at (`./baton bench integrity` holds the aims against seeds nobody has seen): they
notice a broken detector, nothing finer.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).parents[2]
FOLDER = HOUSE / "bench" / "integrity"
PUBLIC_SEEDS = (1, 2)
FIGURES = {"just_above", "last_month", "too_smooth", "copied", "rounded", "held_back", "out_of_line", "twin"}
KINDS = FIGURES | {"low_target", "restated", "same_evidence", "backdated", "definition_drift"}

SAME_SEED = """
from panel import honest, series
one, two, other = honest(3, 20, 10), honest(3, 20, 10), honest(4, 20, 10)
def plain(panel):
    return [(s.unit, s.indicator, s.reported.tobytes(), s.target.tobytes(), s.restated, s.evidence, s.entered)
            for s in series(panel)]
say(same=plain(one) == plain(two), other=plain(one) == plain(other))
"""
WHERE = """
import numpy as np
from manipulate import cheated
from panel import honest
county = honest(14, 60, 24)
made, truths = cheated(county, 0.10)
deeds, beside = {one.cell for one in truths}, {cell for one in truths for cell in one.beside}
moved = np.argwhere(~np.isclose(made.reported, county.reported, equal_nan=True))
targets = np.argwhere(~np.isclose(made.target, county.target, equal_nan=True))
changed = {(unit, place, month // 12) for unit, place, month in moved.tolist()} | set(map(tuple, targets.tolist()))
say(truths=len(truths), twice=len(truths) - len(deeds), both=len(deeds & beside), stray=len(changed - deeds - beside))
"""
NOTHING_DONE = """
import numpy as np
from manipulate import cheated
from panel import honest
county = honest(3, 20, 10)
made, truths = cheated(county, 0.0)
say(truths=len(truths), same=bool(np.array_equal(made.reported, county.reported, equal_nan=True)))
"""
EVERY_KIND = """
import numpy as np
from collections import Counter
from manipulate import WAYS, cheated
from panel import honest
county = honest(11, 60, 24)
made, truths = cheated(county, 0.04)
say(
    truths=len(truths), wanted=round(0.04 * 60 * 24 * 3), cells=len({one.cell for one in truths}),
    kinds=dict(Counter(one.kind.value for one in truths)),
    strengths=dict(Counter(one.strength.value for one in truths)),
    twins=sorted({bool(np.isclose(made.reported[one.unit, one.indicator, list(one.months)],
                                  made.reported[one.beside[0][0], one.indicator, list(one.months)]).mean() > 0.7)
                  for one in truths if one.kind.value == "twin"}),
    files=sorted({len(set(made.records.evidence[one.unit, one.indicator, list(one.months)]))
                  for one in truths if one.kind.value == "same_evidence"}),
    silent=[one.kind.value for one in truths
            if not made.differs(one.cell, county.copy_of(one.cell), WAYS[one.kind].shows, one.months)],
    shown={kind.value: way.shows for kind, way in WAYS.items() if way.shows != "reported"},
    wrong_months=[one.kind.value for one in truths if {month // 12 for month in one.months} != {one.year}],
    held_at=[round(float(done), 3) for one in truths if one.kind.value == "held_back"
             for done in [made.reported[one.unit, one.indicator, one.year * 12 : one.year * 12 + 12].sum()
                          / made.target[one.cell]]],
    followed=[float(made.target[later] / county.target[later]) for one in truths if one.kind.value == "out_of_line"
              for later in one.beside],
    late_seen=[one.since - one.year * 12 for one in truths if one.kind.value == "restated"],
    meters=[one.kind.value for one in truths if one.kind.value != "held_back"
            and made.physical[one.unit, one.indicator].tobytes() != county.physical[one.unit, one.indicator].tobytes()
            and all(other.kind.value != "held_back" for other in truths if other.cell[:2] == one.cell[:2])],
    untouched_changed=sum(
        made.says_otherwise((unit, place, 0), county.copy_of((unit, place, 0)))
        for unit in range(60) for place in range(24)
        if (unit, place) not in {one.cell[:2] for one in truths}
    ),
    most=Counter(one.unit for one in truths).most_common(12),
    coarse=int((county.grain > [one.grain for one in county.indicators]).sum()),
    off_step=float(np.nanmax(np.abs((steps := made.reported / made.grain[:, :, None]) - np.round(steps)))),
)
"""
SAME_UNITS = """
from collections import Counter
from cell import Strength
from manipulate import cheated
from panel import honest
county = honest(9, 60, 24)
most = []
for salt, strength in enumerate(Strength, 1):
    _, truths = cheated(county, 0.04, strength, salt)
    most.append({unit for unit, _ in Counter(one.unit for one in truths).most_common(8)})
say(common=len(most[0] & most[1] & most[2]))
"""
DECOYS = """
from manipulate import cheated
from panel import honest
county = honest(6, 60, 24)
_, truths = cheated(county, 0.10)
single = ("project", "real push", "new plant")
own = {(*one.units, *one.indicators, month // 12) for one in county.decoys if one.what in single
       for month in one.months}
say(decoys=sorted({one.what for one in county.decoys}), own=len(own), both=len(own & {one.cell for one in truths}),
    natures=sorted({one.nature.value for one in county.indicators}))
"""
LATER = """
from manipulate import cheated
from panel import honest, series
county, truths = cheated(honest(7, 30, 12), 0.1)
now = {(one.unit, one.indicator): one for one in series(county)}
then = series(county, 24)
differ = [one for one in then
          if now[one.unit, one.indicator].reported[:24].tobytes() != one.reported.tobytes()]
say(months=sorted({len(one.months) for one in then}), targets=sorted({one.target.size for one in then}),
    differ=len(differ), later=[one.unit for one in differ
    if not set(now[one.unit, one.indicator].restated) - set(one.restated)])
"""
FLOORS = """
from marks import Marks, mark
from manipulate import cheated
from panel import honest, series
from cell import Strength
from baton.engine.integrity import find
county = honest(SEED, 60, 24)
made, truths = cheated(county, 0.05, Strength.STRONG)
marks = mark(made, truths, find(series(made)))
say(precision=marks.precision, recall=marks.recall, false_flags=marks.false_flags,
    kinds={kind: count / marks.done[kind, strength] for (kind, strength), count in marks.named.items()})
"""
ORACLE = """
from cell import Strength
from manipulate import cheated
from marks import mark
from oracle import oracle_for
from panel import honest
county = honest(12, 60, 24)
oracle, found = oracle_for(county, 0.3), {}
for strength in Strength:
    made, truths = cheated(county, 0.05, strength, salt=1)
    marks = mark(made, truths, oracle.find(made))
    found[strength.value] = {kind: count / marks.done[kind, how] for (kind, how), count in marks.named.items()}
    found[strength.value]["precision"] = marks.precision
fresh = honest(99, 60, 24)
say(found=found, false_flags=mark(fresh, [], oracle.find(fresh)).false_flags)
"""
SHIFTED = """
import numpy as np
from odds import of_figures, of_meter
from panel import honest
county = honest(13, 60, 12)
place = next(at for at, one in enumerate(county.indicators) if one.physical is not None and one.nature == "money")
def middle(panel, size):
    shift = np.full((1, 12), np.log(size))
    return [float(np.median(seen.odds(shift * by, 12)))
            for seen, by in ((of_figures(panel, place), 1), (of_meter(panel, place), panel.known.follows[place]))]
honestly, white = middle(county, 1.2), of_figures(county, place)
spread = float(np.nanstd(white.left / white.scale))
county.reported[:, place, 12:24] *= 1.2
say(honestly=honestly, raised=middle(county, 1.2), spread=spread)
"""
MARKED = """
from cell import Strength
from manipulate import Truth
from marks import mark
from panel import honest
from baton.engine.integrity.series import Flag, FlagKind
county = honest(8, 10, 5)
truth = Truth(1, 2, 1, FlagKind.TWIN, Strength.WEAK, (12, 13), ((3, 2, 1),))
def flag(unit, indicator, month, kind="twin"):
    return Flag(kind, unit, indicator, (month,), 5.0)
flags = [flag("U002", "I003", "2024-02"), flag("U004", "I003", "2024-02", "rounded"),
         flag("U002", "I003", "2023-12", "copied"), flag("U009", "I001", "2025-01", "copied")]
marks = mark(county, [truth], flags)
from_beside = mark(county, [truth], [flag("U004", "I003", "2024-02")])
other_year = mark(county, [truth], [flag("U004", "I003", "2025-02")])
say(beside=[from_beside.precision, from_beside.recall],
    other_year=[other_year.precision, other_year.pair_precision],
    precision=marks.precision, recall=marks.recall, false_flags=marks.false_flags, honest=marks.counts["honest_years"],
    pair=marks.pair_precision, twin=[marks.hit["twin"], marks.said["twin"]])
"""


@cache
def said(code: str) -> Mapping[str, Any]:
    """Run code beside the benchmark's modules and give what it says."""
    head = "import json\ndef say(**found):\n    print(json.dumps(found))\n"
    paths = os.pathsep.join([str(HOUSE / "src"), str(FOLDER)])
    words = [sys.executable, "-c", head + code]
    done = subprocess.run(words, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": paths}, check=False)
    assert done.returncode == 0, done.stderr
    found: Mapping[str, Any] = json.loads(done.stdout)
    return found


def test_the_same_seed_makes_the_same_county() -> None:
    assert said(SAME_SEED) == {"same": True, "other": False}


def test_where_nothing_is_to_be_manipulated_nothing_is() -> None:
    assert said(NOTHING_DONE) == {"truths": 0, "same": True}


def test_what_changed_belongs_to_one_deed() -> None:
    found = said(WHERE)
    assert found["truths"] > 400
    assert (found["twice"], found["both"], found["stray"]) == (0, 0, 0)


def test_every_kind_is_done_as_often_as_every_other() -> None:
    found = said(EVERY_KIND)
    assert found["truths"] == found["wanted"] == found["cells"]
    assert set(found["kinds"]) == KINDS
    assert max(found["kinds"].values()) - min(found["kinds"].values()) <= 3
    assert max(found["strengths"].values()) - min(found["strengths"].values()) <= 13


def test_what_is_done_changes_what_detectors_see_and_nothing_else_does() -> None:
    found = said(EVERY_KIND)
    assert not found["silent"], "a label where no figure differs by more than rounding"
    assert found["shown"] == {"low_target": "target", "same_evidence": "evidence"}
    assert not found["wrong_months"]
    assert found["twins"] == [True], "the months of a twin are another unit's"
    assert found["files"] == [1], "one file stands for all months"
    assert found["untouched_changed"] == 0


def test_who_holds_back_stops_at_the_target() -> None:
    held_at = said(EVERY_KIND)["held_at"]
    assert held_at
    assert {done for done in held_at if not 0.97 < done < 1.06} == set()


def test_the_next_target_follows_a_year_that_was_reported_too_high() -> None:
    followed = said(EVERY_KIND)["followed"]
    assert len(followed) > 1
    assert min(followed) > 1


def test_a_changed_past_is_seen_once_it_is_changed() -> None:
    assert min(said(EVERY_KIND)["late_seen"]) >= 11


def test_a_clerk_who_rounds_rounds_what_is_made_up_too() -> None:
    found = said(EVERY_KIND)
    assert found["coarse"] > 0
    assert found["off_step"] < 1e-4


def test_a_meter_goes_on_counting_what_was_really_done() -> None:
    assert not said(EVERY_KIND)["meters"]


def test_most_of_it_is_the_work_of_a_few_units() -> None:
    found = said(EVERY_KIND)
    assert sum(count for _, count in found["most"]) > 0.5 * found["truths"]


def test_the_same_units_are_tempted_to_any_strength() -> None:
    assert said(SAME_UNITS)["common"] >= 5


def test_an_honest_county_has_shocks_that_look_odd() -> None:
    found = said(DECOYS)
    for_all = {"flood", "policy", "december", "new method", "system down"}
    assert for_all | {"merged", "project", "new plant"} <= set(found["decoys"])
    assert found["own"] > 5
    assert found["both"] == 0, "an honest shock of one series is never also a manipulation"
    assert found["natures"] == ["count", "money", "percent", "stock"]


def test_what_was_known_earlier_lacks_what_was_changed_later() -> None:
    found = said(LATER)
    assert (found["months"], found["targets"]) == ([24], [2])
    assert found["differ"] > 0
    assert not found["later"]


def test_flags_are_held_against_what_was_done() -> None:
    found = said(MARKED)
    # Two of the three counted cells are wrong; a flag of another kind at the copied neighbour counts neither way.
    assert found["precision"] == pytest.approx(1 / 3)
    assert found["recall"] == 1.0
    assert found["beside"] == [1.0, 1.0], "who copied whom cannot be seen, so a pair found is found"
    assert found["other_year"] == [0.0, 0.0], "what is beside a deed is a cell, not all years of the series"
    assert found["honest"] == 10 * 3 - 2
    assert found["false_flags"] == pytest.approx(2 / 28)
    assert found["pair"] == pytest.approx(1 / 2)
    assert found["twin"] == [1, 1]


def test_what_could_be_found_at_most_grows_with_strength_and_keeps_the_allowance() -> None:
    said_of = said(ORACLE)
    found = said_of["found"]
    assert set(found["strong"]) > KINDS
    chance = 0.2  # about 16 deeds of each kind and strength
    assert {kind for kind in KINDS if found["strong"][kind] < found["middling"][kind] - chance} == set()
    assert {kind for kind in KINDS if found["middling"][kind] < found["weak"][kind] - chance} == set()
    assert {kind for kind in KINDS - {"definition_drift", "just_above"} if found["strong"][kind] < 0.9} == set()
    assert said_of["false_flags"] < 0.6


def test_odds_are_for_a_shift_where_there_is_one_and_against_it_where_there_is_none() -> None:
    found = said(SHIFTED)
    assert found["spread"] == pytest.approx(1, abs=0.25)
    for honestly, raised in zip(found["honestly"], found["raised"], strict=True):
        assert honestly < -1
        assert raised > 1


@pytest.mark.parametrize("seed", PUBLIC_SEEDS)
def test_strong_manipulation_is_found_on_public_seeds(seed: int) -> None:
    found = said(FLOORS.replace("SEED", str(seed)))
    assert found["recall"] > 0.45
    assert found["precision"] > 0.12
    assert found["false_flags"] < 5.0
    plain = {"same_evidence", "backdated", "rounded", "copied"}
    assert {kind for kind in plain if found["kinds"][kind] < 0.7} == set()
