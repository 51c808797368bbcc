"""The writing of numbers that the county decides."""

from datetime import date
from typing import Any

from baton.core import clock
from baton.core.acting import Actor, acting
from baton.core.choices import Certainty, Power
from baton.core.models import Parameter
from baton.core.powers import require
from baton.core.queries.parameters import shipped
from baton.core.rules.parameters import value_problems
from baton.words import Place, Problem, Refused


def change_parameter(
    *, by: Actor, code: str, value: Any, effective_from: date, source: str, certainty: Certainty
) -> Parameter:
    """Let a number hold from a day on, today at the earliest: what has been done by the old one stays as it was.

    A second change for the same day takes the place of the first. Raises `Refused`, `KeyError` for an unknown code.
    """
    require(by, Power.SYSTEM)
    problems = value_problems(shipped()[code][-1], value)
    if effective_from < clock.today():
        problems.append(Problem("account.day_is_past", {}, Place(field="effective_from")))
    if not source.strip():
        problems.append(Problem("account.source_lacking", {}, Place(field="source")))
    if problems:
        raise Refused(problems)
    with acting(by) as told:
        given = {"value": value, "source": source.strip(), "certainty": certainty.value}
        row, _ = Parameter.objects.update_or_create(
            code=code,
            effective_from=effective_from,
            defaults=given | {"changed_by": by.user, "changed_at": clock.now()},
        )
        told.did("account.parameter_changed", row, code=code, effective_from=effective_from.isoformat(), **given)
    return row
