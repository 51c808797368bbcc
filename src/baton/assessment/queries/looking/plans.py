"""Plans of the schemes of months, made once per process: making one takes longer than reading a unit's result."""

from baton.assessment.models import SchemeVersion
from baton.assessment.rules.month_scheme import month_scheme
from baton.engine.plan import Plan

_KEPT = 24
_plans: dict[tuple[str, str], Plan] = {}


def plan_of(version: SchemeVersion, period: str) -> Plan:
    """Give the plan of a month by a version of the scheme, which its digest tells from all others."""
    key = version.digest, period
    found = _plans.get(key)
    if found is None:
        while len(_plans) >= _KEPT:
            _plans.pop(next(iter(_plans)), None)
        found = _plans[key] = Plan(month_scheme(version.scheme, period), int(period[:4]), {})
    return found
