"""Grades and ranks: thresholds that fall, and tie-breaks that compare something the scheme has."""

from collections.abc import Iterator
from itertools import pairwise

from baton.engine.scheme.grades import HigherNode
from baton.engine.scheme.structure.index import Index
from baton.engine.scheme.structure.references import unknown
from baton.engine.terms import plain
from baton.words import Place, Problem


def check_standing(index: Index) -> Iterator[Problem]:
    """Find thresholds that do not fall from grade to grade, and tie-breaks by nodes that do not exist."""
    bounded = [grade for grade in index.scheme.grading.grades if grade.at_least is not None]
    for better, worse in pairwise(bounded):
        if better.at_least is not None and worse.at_least is not None and worse.at_least >= better.at_least:
            params = {
                "better": better.name,
                "least": plain(better.at_least),
                "worse": worse.name,
                "given": plain(worse.at_least),
            }
            at = Place(field=f"grading.grades[{worse.code}].at_least")
            yield Problem("engine.scheme_thresholds_not_falling", params, at)
    known = [*index.nodes, *index.indicators]
    for number, tie_break in enumerate(index.scheme.ranking.tie_breaks, 1):
        if isinstance(tie_break, HigherNode):
            yield from unknown("node", [tie_break.node], known, f"ranking.tie_breaks[#{number}].node")
