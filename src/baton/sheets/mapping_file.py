"""Mapping files in YAML: read into a typed record, or refused with every problem by line."""

from collections.abc import Callable

from pydantic import ValidationError

from baton.engine.scheme.text.yaml_tree import Route, TreeReader, Unreadable, plain
from baton.engine.terms import Record
from baton.words import Place, Problem, Refused

type Locate = Callable[[Route], Place]
"""Gives file, line and field path of a part of a mapping file."""


def read_mapping_file[R: Record](text: str, name: str, kind: type[R]) -> tuple[R, Locate]:
    """Read a text as a record of this kind, and say where its parts stand; an empty text is a record of defaults.

    `name` is what problems call the file. Raises `Refused` with every problem by line.
    """
    reader = TreeReader(text, name)
    try:
        documents = list(reader.documents())
        data, lines = plain(documents[0], name) if documents else ({}, {})
    except Unreadable as error:
        raise Refused([*reader.problems, error.problem]) from error
    if reader.problems:
        raise Refused(reader.problems)

    def locate(route: Route) -> Place:
        known = next((route[:size] for size in range(len(route), -1, -1) if route[:size] in lines), ())
        return Place(file=name, field=".".join(map(str, route)), line=lines.get(known, 0))

    try:
        return kind.model_validate(data or {}), locate
    except ValidationError as error:
        raise Refused([_finding(locate(one["loc"]), one["msg"], one["input"]) for one in error.errors()]) from error


def _finding(place: Place, reason: str, given: object) -> Problem:
    return Problem("sheets.mapping_wrong", {"field": place.field, "reason": reason, "given": str(given)[:60]}, place)
