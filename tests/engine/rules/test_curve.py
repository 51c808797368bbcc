"""Curves run through the rule's own points, end at jumps, and say which end is taken."""

from decimal import Decimal

import pytest
from pydantic import TypeAdapter

from baton.engine.rules import Case, Rule
from baton.engine.rules.curve import over_places, over_values

D = Decimal
RULE = TypeAdapter(Rule)


def numbers(*values):
    return [D(str(value)) for value in values]


def traced(start, stop, points=10, **options):
    fields = {name: options.pop(name) for name in ("target", "sign") if name in options}
    case = Case(x=D(0), points=D(points), **{name: D(value) for name, value in fields.items()})
    return over_values(RULE.validate_python(options), case, D(start), D(stop))


def test_a_line_is_its_corners() -> None:
    trace = traced(0, 150, kind="completion", target=100)
    assert trace.pieces == (((D(0), D(0)), (D(100), D(10)), (D(150), D(10))),)
    assert trace.jumps == ()


@pytest.mark.parametrize(("closed", "taken"), [("left", 8), ("right", 6)])
def test_a_step_ends_where_it_jumps(closed, taken) -> None:
    trace = traced(80, 95, kind="bands", edges=[0, 90], shares=["0.6", "0.8"], closed=closed)
    (jump,) = trace.jumps
    assert (jump.x, jump.left, jump.right, jump.taken) == (90, 6, 8, taken)
    assert [piece[-1] for piece in trace.pieces] == [(90, 6), (95, 8)]


def test_whole_steps_jump_at_every_step() -> None:
    trace = traced(80, 100, kind="threshold_deduct", line=98, step="0.1", per=5, whole_steps=True)
    assert [jump.x for jump in trace.jumps] == numbers(83, 88, 93)
    assert [piece[0][1] for piece in trace.pieces] == numbers(7, 8, 9, 10)


def test_a_bent_curve_keeps_its_points() -> None:
    (piece,) = traced(100, 75000, kind="goalposts", low=100, high=75000, log=True).pieces
    rule = RULE.validate_python({"kind": "goalposts", "low": 100, "high": 75000, "log": True})
    assert len(piece) > 50
    assert all(abs(rule.score(Case(x=x, points=D(10))) - y) < D("1e-6") for x, y in piece)


def test_parts_look_at_the_same_value() -> None:
    parts = [
        {"code": "a", "name": "a", "share": "0.6", "rule": {"kind": "completion"}},
        {"code": "b", "name": "b", "share": "0.4", "rule": {"kind": "attain"}},
    ]
    trace = traced(0, 120, kind="composite", parts=parts, target=100)
    assert [(jump.x, jump.left, jump.taken) for jump in trace.jumps] == [(100, 6, 10)]


def test_places_are_points() -> None:
    rule = RULE.validate_python({"kind": "rank_points", "step": "0.1"})
    (piece,) = over_places(rule, Case(x=D(0), points=D(10), count=D(4))).pieces
    assert piece == ((1, 10), (2, 9), (3, 8), (4, 7))
