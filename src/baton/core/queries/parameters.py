"""Reads of the numbers that regulations or the county decide. No person's data: actions ask for the system."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps

from baton.core.choices import Power
from baton.core.models import Parameter, User
from baton.core.powers import powers_of
from baton.core.rules.parameters import Number, read_shipped


@cache
def shipped() -> Mapping[str, tuple[Number, ...]]:
    """Give what the house ships: `parameters.toml` of every app."""
    files = (Path(app.path) / "parameters.toml" for app in apps.get_app_configs())
    return read_shipped(file for file in files if file.is_file())


def parameters(day: date, area: str) -> dict[str, Any]:
    """Give all numbers of an area as they hold on a day, by their name in the area; one query.

    What the county decided counts from its day on; before, what the house ships.
    """
    found = {code: _on(day, numbers).value for code, numbers in shipped().items() if code.startswith(f"{area}.")}
    rows = Parameter.objects.filter(code__startswith=f"{area}.", effective_from__lte=day).order_by("effective_from")
    found |= dict(rows.values_list("code", "value"))
    return {code.partition(".")[2]: value for code, value in found.items()}


def parameter(code: str, day: date) -> Any:
    """Give one number as it holds on a day. Raises `KeyError` for a code that the house does not know."""
    area, _, name = code.partition(".")
    return parameters(day, area)[name]


def _on(day: date, numbers: tuple[Number, ...]) -> Number:
    begun = [one for one in numbers if one.effective_from <= day]
    return begun[-1] if begun else numbers[0]


@dataclass(frozen=True, slots=True)
class Standing:
    """A number as its page shows it: what holds today, what the house ships, and what the county decided, newest first.

    `holds` is the row of the county that holds today, None: what is shipped does.
    """

    code: str
    ships: Number
    holds: Parameter | None
    decided: tuple[Parameter, ...]

    @property
    def value(self) -> Any:
        """What holds today."""
        return self.ships.value if self.holds is None else self.holds.value


def standings(user: User, day: date) -> list[Standing]:
    """Give every number with its history, for the system administrator; nobody else is shown any."""
    if Power.SYSTEM not in powers_of(user):
        return []
    decided: dict[str, list[Parameter]] = {}
    for row in Parameter.objects.select_related("changed_by").order_by("-effective_from"):
        decided.setdefault(row.code, []).append(row)
    return [
        Standing(
            code,
            _on(day, numbers),
            next((row for row in decided.get(code, ()) if row.effective_from <= day), None),
            tuple(decided.get(code, ())),
        )
        for code, numbers in shipped().items()
    ]
