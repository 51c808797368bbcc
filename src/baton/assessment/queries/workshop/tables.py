"""An office's own table of indicators as it would become a scheme, and the mappings kept from before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from baton.assessment.models import TableMapping
from baton.assessment.rules.table_mapping import fields_of, with_units
from baton.core.models import User
from baton.engine.lint import lint
from baton.engine.scheme.model import Scheme
from baton.org.models import Unit
from baton.sheets.scheme_table import Headings, SchemeTable, read_scheme_table, read_scheme_table_mapping
from baton.words import Problem, Refused, Severity


@dataclass(frozen=True, slots=True)
class TableTrial:
    """What a table says under a mapping. `scheme` None: something forbids it, and `problems` say what, by cell.

    `errors`: how many things are to be put right in the draft before it can be published.
    """

    scheme: Scheme | None
    problems: tuple[Problem, ...]
    errors: int


def try_table(content: bytes, name: str, mapping: SchemeTable, codes: Mapping[str, str]) -> TableTrial:
    """Read a table under a mapping; `codes` of units by name. Nothing raises: what is wrong is among the problems."""
    try:
        (read,) = read_scheme_table(content, mapping, name)
    except Refused as refused:
        return TableTrial(None, refused.problems, 0)
    if read.scheme is None or any(one.severity is Severity.ERROR for one in read.problems):
        return TableTrial(None, read.problems, 0)
    scheme = with_units(read.scheme, codes)
    errors = sum(one.severity is Severity.ERROR for one in lint(scheme))
    return TableTrial(scheme, read.problems, errors)


def kept_mappings(user: User) -> list[TableMapping]:
    """Give the mappings kept from before, latest first."""
    return list(TableMapping.objects.visible_to(user).select_related("by"))


def fields_from(kept: list[TableMapping], headings: Headings, chosen: str) -> tuple[str, dict[str, Any]] | None:
    """Give the name and the fields of the mapping that is chosen, or of the latest whose headings are all there."""
    labels = set(headings.labels.values())
    for row in kept:
        mapping = read_scheme_table_mapping(row.text, row.name)
        if row.name == chosen or (not chosen and labels.issuperset(mapping.headings())):
            return row.name, fields_of(mapping, headings.labels)
    return None


def units_in_force(user: User) -> list[Unit]:
    """Give the units that are there today and can be assessed, in the county's order."""
    return list(Unit.objects.visible_to(user).filter(valid_to__isnull=True).order_by("order", "code"))
