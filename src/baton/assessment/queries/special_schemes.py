"""Schemes of special assessments before they are opened: one to begin with, and what is found in one brought."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from baton.assessment.actions.below.adopting import problems_of_adopting, units_by_code
from baton.assessment.actions.below.special_fit import fit_problems
from baton.assessment.models import PlanItem
from baton.assessment.models.sight import sight_of
from baton.assessment.rules.scheme_files import SchemeRead, read_scheme_file
from baton.assessment.rules.special_starter import starter_scheme
from baton.core.models import User
from baton.engine.lint import lint
from baton.engine.scheme.model import Scheme
from baton.words import Problem, Severity

_HUNG_ON_THE_ITEM = "engine.lint_no_hook"


def starter_for(user: User, number: int, words: tuple[str, str]) -> Scheme | None:
    """Give a scheme to begin with for an item of the plan; None where there is none, or this is not the office.

    `words`: how the group of its units and the first indicator are named.
    """
    item = PlanItem.objects.filter(pk=number).select_related("organiser").first()
    if item is None or not sight_of(user).office:
        return None
    units = list(item.units.order_by("order", "code").values_list("code", "name"))
    lead = (item.organiser.code, item.organiser.name)
    return starter_scheme(f"ZX-{item.opens.year}-{item.pk}", item.title, item.opens.year, units, lead, words)


def tried_scheme(user: User, number: int, last: str, name: str, content: bytes) -> SchemeRead:
    """Read a file as the scheme of an item of the plan, with everything that is found in it by cell or line.

    What depends on item and months (`last`) is looked for as far as these are given. For the office.
    """
    item = PlanItem.objects.filter(pk=number).first() if sight_of(user).office else None

    def look(scheme: Scheme) -> list[Problem]:
        units = units_by_code()
        hard = problems_of_adopting(scheme, units) if item is None else fit_problems(scheme, item, last)
        return [*hard, *_worth_knowing(scheme, {one.code for one in hard})]

    return read_scheme_file(name, content, look)


def _worth_knowing(scheme: Scheme, told: Collection[str]) -> Iterator[Problem]:
    """Give what lint says of it, which forbids nothing here. The item of the plan says what all of it hangs on."""
    for one in lint(scheme):
        if one.code not in told and one.code != _HUNG_ON_THE_ITEM:
            yield replace(one, severity=Severity.WARNING) if one.severity is Severity.ERROR else one
