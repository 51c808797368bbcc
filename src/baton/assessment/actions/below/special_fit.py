"""What stands against a scheme for a special assessment of an item of the plan, by its place in the scheme."""

from baton.assessment.actions.below.adopting import problems_of_adopting, units_by_code
from baton.assessment.models import PlanItem, SchemeVersion
from baton.assessment.rules.month_scheme import last_of
from baton.assessment.rules.special import is_month, scheme_problems
from baton.engine.scheme.digest import digest
from baton.engine.scheme.model import Scheme
from baton.words import Place, Problem


def fit_problems(scheme: Scheme, item: PlanItem, last: str) -> list[Problem]:
    """Say where a scheme does not stand, assesses other units than its item, or asks otherwise than the year's.

    `last`: the last month it assesses, such as `2026-09`; while that is no month, the year's scheme is left aside.
    """
    known = SchemeVersion.objects.filter(digest=digest(scheme)).first()
    annual = SchemeVersion.objects.on(last_of(last)).first() if is_month(last) else None
    objects = set(item.units.values_list("code", flat=True))
    problems = problems_of_adopting(scheme, units_by_code())
    problems += scheme_problems(scheme, objects, [] if annual is None else [annual.form])
    if known is not None and not known.specials.exists():
        problems.append(Problem("plans.scheme_of_the_year", {"name": known.name}, Place(field="code")))
    return problems
