"""Everything that makes a scheme impossible to compute, found before the engine begins and said all at once."""

from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure.adjustments import check_adjustments
from baton.engine.scheme.structure.codes import check_codes
from baton.engine.scheme.structure.figures import check_figures
from baton.engine.scheme.structure.index import Index
from baton.engine.scheme.structure.periods import check_periods
from baton.engine.scheme.structure.points import check_points
from baton.engine.scheme.structure.references import check_references
from baton.engine.scheme.structure.standing import check_standing
from baton.engine.scheme.structure.treatment import check_treatment
from baton.engine.scheme.structure.tree import check_tree
from baton.words import Problem

__all__ = ["Index", "check"]


def check(scheme: Scheme) -> tuple[Problem, ...]:
    """Find all that keeps a scheme from being computed; empty if the engine can take it.

    The place of each problem is a field path (`indicators[M01].points`); `text.Source.locate` adds file and line.
    """
    index = Index(scheme)
    return (
        *check_codes(scheme),
        *check_references(index),
        *check_tree(index),
        *check_points(index),
        *check_periods(index),
        *check_figures(index),
        *check_adjustments(index),
        *check_standing(index),
        *check_treatment(index),
    )
