"""Grades of many draws are those that the engine suggests for one."""

from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from baton.engine.adjust.outcome import Sums
from baton.engine.result.sheet import Standing
from baton.engine.robustness.grades import grade_counts
from baton.engine.robustness.ranks import intervals, ranks
from baton.engine.robustness.totals import tie_places
from baton.engine.scheme.model import Scheme
from baton.engine.standing.grade import suggest
from baton.engine.standing.rank import ranks as official_ranks
from baton.engine.standing.scores import Score, UnitScores
from baton.engine.terms import RankMethod

VETOES = [
    {"code": "V1", "name": "事故", "basis": "某文", "consequence": {"kind": "grade_cap", "grade": "良好"}},
    {"code": "V2", "name": "造假", "basis": "某文", "consequence": {"kind": "grade_drop", "steps": 1}},
    {"code": "V3", "name": "大事", "basis": "某文", "consequence": {"kind": "grade_drop", "steps": 2}},
]
GRADINGS = st.fixed_dictionaries(
    {
        "grades": st.sampled_from(
            [
                [
                    {"code": "优秀", "name": "优秀", "at_least": "90", "quota": "0.3"},
                    {"code": "良好", "name": "良好", "at_least": "80", "quota": "0.5"},
                    {"code": "一般", "name": "一般", "at_least": "60"},
                ],
                [
                    {"code": "优秀", "name": "优秀", "quota": "0.25"},
                    {"code": "良好", "name": "良好"},
                ],
                [
                    {"code": "优秀", "name": "优秀", "at_least": "85.5"},
                    {"code": "良好", "name": "良好", "quota": "0.1"},
                ],
            ]
        ),
        "quota_rounding": st.sampled_from(["down", "half_up", "up"]),
        "vetoed_uses_quota": st.booleans(),
        "boundary_tie": st.sampled_from(["none", "all"]),
    }
)


def scheme_of(grading) -> Scheme:
    return Scheme.model_validate(
        {
            "code": "S",
            "name": "试验",
            "effective_from": "2025-01-01",
            "groups": [{"code": "G", "name": "组", "root": "R"}],
            "units": [{"code": f"U{n}", "name": f"U{n}", "group": "G"} for n in range(12)],
            "nodes": [{"code": "R", "name": "R"}],
            "indicators": [
                {"code": "I", "name": "I", "parent": "R", "points": {"*": 100}, "rule": {"kind": "completion"}}
            ],
            "grading": grading,
            "ranking": {"decimals": 0},
            "vetoes": VETOES,
        }
    )


@settings(max_examples=60, deadline=None)
@given(GRADINGS, st.integers(1, 12), st.integers(0, 2**32 - 1), st.sampled_from([0, 0.3]))
def test_grades_and_ranks_of_draws_are_the_official_ones(grading, units, seed, vetoed) -> None:
    scheme, random = scheme_of(grading), np.random.Generator(np.random.PCG64(seed))
    vetoes = [
        tuple(sorted(set(random.choice(["V1", "V2", "V3"], size=2)))) if random.random() < vetoed else ()
        for _ in range(units)
    ]
    codes = [f"U{n}" for n in range(units)]
    nothing = Decimal(0)
    standings = [
        Standing(code, "G", nothing, nothing, nothing, nothing, nothing, nothing, vetoes=mine)
        for code, mine in zip(codes, vetoes, strict=True)
    ]
    totals = random.integers(55, 100, size=(8, units))
    expected = np.zeros((units, len(scheme.grading.grades) + 1))
    for number, row in enumerate(totals):
        scores = [
            Score(scheme, code, "G", UnitScores(int(total) * 10**6), Sums(vetoes=mine))
            for code, total, mine in zip(codes, row, vetoes, strict=True)
        ]
        for code, one in suggest(scheme, scores).items():
            expected[codes.index(code), -1 if one.grade is None else one.grade] += 1
        official = official_ranks(scores, RankMethod.COMPETITION)
        assert [int(official[code]) for code in codes] == list(ranks(totals[[number]], tie_places(standings))[0])
    assert (grade_counts(scheme, standings, totals, tie_places(standings)) == expected).all()


def test_an_interval_leaves_out_as_much_on_either_side() -> None:
    found = np.arange(1, 101)[:, None]
    (interval,) = intervals(found, 0.9)
    assert (interval.best, interval.worst, interval.width) == (6, 95, 90)
