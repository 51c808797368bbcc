"""A scheme's health: what it measures twice, what nobody may assess, who judges himself, what units must type in."""

from collections.abc import Mapping

from baton.engine.lint.adding import lint_adding
from baton.engine.lint.burden import lint_burden
from baton.engine.lint.duties import lint_duties
from baton.engine.lint.forbidden import Forbidden, forbidden_items, lint_forbidden
from baton.engine.lint.grades import lint_grades
from baton.engine.lint.limits import Thresholds
from baton.engine.lint.observed import Observed, lint_observed, observe
from baton.engine.lint.treatment import lint_treatment
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure import Index, check
from baton.words import Problem

__all__ = ["Forbidden", "Observed", "Thresholds", "forbidden_items", "lint", "observe"]


def lint(
    scheme: Scheme,
    observed: Mapping[tuple[str, str], Observed] | None = None,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - frozen
    forbidden: tuple[Forbidden, ...] | None = None,
) -> tuple[Problem, ...]:
    """Find what is wrong or doubtful in a scheme, worst first in each part: structure, rules of the trade, burden.

    Errors forbid computing or publishing; warnings ask a person; notices inform. `observed` (see `observe`) adds what
    only figures show. `forbidden` None: the list kept with the code. Every finding has words in the catalogue that say
    what, why, after which rule, and how to mend it.
    """
    index = Index(scheme)
    return (
        *check(scheme),
        *lint_forbidden(scheme, forbidden),
        *lint_duties(index),
        *lint_adding(index, thresholds),
        *lint_grades(index),
        *lint_treatment(index),
        *lint_burden(index, thresholds),
        *lint_observed(index, observed or {}, thresholds),
    )
