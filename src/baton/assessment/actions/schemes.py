"""Adopting a version of a scheme: from then on it says who reports what about whom."""

from baton.assessment.actions.below.adopting import adopt, problems_of_adopting, units_by_code
from baton.assessment.actions.below.doors import require_office
from baton.assessment.models import SchemeVersion
from baton.core.acting import Actor, acting
from baton.engine.scheme.text import from_yaml
from baton.words import Refused


def adopt_scheme(*, by: Actor, text: str, document: str = "") -> list[SchemeVersion]:
    """Take a scheme's text, which may hold several versions; give a row for each. One that is there already is kept.

    Raises `Refused` with every error in the text and in the scheme's structure, and with every unit of the scheme that
    the county's list of units lacks.
    """
    require_office(by)
    versions = from_yaml(text, "")
    units = units_by_code()
    problems = [problem for one in versions for problem in problems_of_adopting(one, units)]
    if problems:
        raise Refused(problems)
    with acting(by) as told:
        return [adopt(told, by, scheme, text, document, units) for scheme in versions]
