"""Take the change between two results apart by successive replacement.

One factor after the other is replaced, and the score in between is computed in full: what a step moves is that factor's
part (LMDI and Shapley decompositions rest on the same idea; with all factors replaced the parts add up by
construction). As the parts depend on the order, each is the mean over the declared order and its reverse.
"""

from collections.abc import Callable, Sequence

from baton.engine.compare.attribution.blends import Blends, State
from baton.engine.compare.attribution.parts import Attribution, Case, Factor, Step
from baton.engine.compare.attribution.shares import Shares
from baton.engine.compare.pieces import edition_of, names_of
from baton.engine.score import score
from baton.words import Problem, Refused

_VALUES, _PEERS, _RULES, _WEIGHTS, _ADJUSTMENTS = Factor
_WAYS: tuple[tuple[Step, ...], ...] = (
    ((_VALUES,), (_PEERS,), (_RULES,), (_WEIGHTS,), (_ADJUSTMENTS,)),
    ((_VALUES,), (_PEERS,), (_RULES, _WEIGHTS), (_ADJUSTMENTS,)),
    ((_VALUES,), (_PEERS,), (_RULES, _WEIGHTS, _ADJUSTMENTS)),
    ((_VALUES,), (_PEERS, _RULES, _WEIGHTS, _ADJUSTMENTS)),
    ((_VALUES, _PEERS, _RULES, _WEIGHTS, _ADJUSTMENTS),),
)
"""From every factor by itself to all at once; the first of which every state can be scored is taken."""


def attribute(
    before: Case, after: Case, progress: Callable[[int, int], None] = lambda done, total: None
) -> Attribution:
    """Say of every unit's change of total, and of each piece of it, what came from which factor, without remainder.

    The factors are replaced in the order of `Factor`. In whole quanta; where the mean over both orders leaves halves,
    the largest remainders are rounded up, so that the parts of a piece still add up. Where parts of the two schemes do
    not fit each other (points of one with rules of the other), the factors share a step, and the problems say why.
    Scores up to eight states, and for units and peers once per unit of the largest group
    (once per unit where a scheme treats figures); `progress` is told how many
    of those are done. Raises `Refused` where one of the two cases cannot be scored.
    """
    sheets = (
        score(before.scheme, before.panel, before.year),
        score(after.scheme, after.panel, after.year),
    )
    standings = [{one.unit: one for one in sheet.standings} for sheet in sheets]
    both = [unit for unit in standings[1] if unit in standings[0]]
    units = [unit for unit in both if all(side[unit].total is not None for side in standings)]
    blends = Blends(before, after, sheets, units, progress)
    steps, problems = _steps(blends)
    names = {one.code: one.name for one in after.scheme.units}
    there, back = ([blends.pieces(state) for state in way] for way in _both_ways(steps))
    shares = Shares(names_of(*sheets), blends.decimals, there, back)
    return Attribution(
        before=edition_of(sheets[0]),
        after=edition_of(sheets[1]),
        steps=steps,
        units=tuple(shares.unit(unit, names[unit]) for unit in units),
        left_out=tuple(unit for unit in both if unit not in units),
        joined_because=problems,
    )


def _both_ways(steps: Sequence[Step]) -> tuple[list[State], list[State]]:
    """Give the states on the way from before to after, replacing from the first step on, and from the last."""
    there: list[State] = [frozenset()]
    back: list[State] = [frozenset()]
    for step in steps:
        there.append(there[-1] | set(step))
    for step in reversed(steps):
        back.append(back[-1] | set(step))
    return there, back


def _steps(blends: Blends) -> tuple[tuple[Step, ...], tuple[Problem, ...]]:
    """Find the finest steps whose states can all be scored, and why it is not finer."""
    why: tuple[Problem, ...] = ()
    for steps in _WAYS[:-1]:
        states = {state for way in _both_ways(steps) for state in way}
        try:
            # Where own figures and those of peers differ a state takes many scores: the others may refuse first.
            for state in sorted(states, key=lambda state: (_VALUES in state) != (_PEERS in state)):
                blends.pieces(state)
        except Refused as refused:
            why = why or tuple(refused.problems)
        else:
            return steps, why
    return _WAYS[-1], why
