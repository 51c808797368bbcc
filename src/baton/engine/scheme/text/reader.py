"""Read scheme files: every document is a dated version; everything wrong is said at once, by line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from pydantic import ValidationError

from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text.translate import label, problems_of
from baton.engine.scheme.text.yaml_tree import Route, TreeReader, Unreadable, plain
from baton.words import Place, Problem, Refused


@dataclass(frozen=True)
class Source:
    """A version of a scheme and where each of its parts stands in its file: `lines` by field path."""

    scheme: Scheme
    file: str
    lines: Mapping[str, int]

    def locate(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Add file and line to problems that name a field path, such as those of `structure.check`."""
        return tuple(replace(problem, place=self._place(problem.place)) for problem in problems)

    def _place(self, place: Place) -> Place:
        field = place.field
        while field and field not in self.lines:
            field = field[: max(field.rfind("."), field.rfind("["), 0)]
        return replace(place, file=self.file, line=self.lines.get(field, 0))


def read(text: str, name: str) -> tuple[Source, ...]:
    """Read all versions in a YAML text, oldest first; raises `Refused` with every problem of the text.

    `name` is the file named in problems. A version ends the day before the next one begins if it names no end itself;
    versions whose dates overlap and files that hold different schemes are refused.
    """
    reader = TreeReader(text, name)
    problems: list[Problem] = []
    sources: list[Source] = []
    try:
        for item in reader.documents():
            data, lines = plain(item, name)
            if data is not None:
                sources += _version(data, lines, name, problems)
    except Unreadable as error:
        problems.append(error.problem)
    problems = reader.problems + problems
    if not problems and not sources:
        problems.append(Problem("engine.scheme_file_empty", {}, Place(file=name)))
    problems += _dates(sources)
    if problems:
        raise Refused(problems)
    return tuple(sorted(sources, key=lambda source: source.scheme.effective_from))


def _version(data: object, lines: dict[Route, int], name: str, problems: list[Problem]) -> list[Source]:
    try:
        scheme = Scheme.model_validate(data)
    except ValidationError as error:
        problems += problems_of(error, data, lines, name)
        return []
    return [Source(scheme, name, {label(data, route): line for route, line in lines.items()})]


def _dates(sources: Sequence[Source]) -> list[Problem]:
    """Find versions of different schemes in one file, and versions in force on the same day."""
    ordered = sorted(sources, key=lambda source: source.scheme.effective_from)
    problems = []
    for earlier, later in pairwise(ordered):
        one, two = earlier.scheme, later.scheme
        at = Place(later.file, field="effective_from", line=later.lines.get("effective_from", 0))
        if one.code != two.code:
            at = Place(later.file, field="code", line=later.lines.get("code", 0))
            problems.append(Problem("engine.scheme_two_in_a_file", {"one": one.code, "two": two.code}, at))
        elif one.effective_from == two.effective_from or (one.effective_to and one.effective_to >= two.effective_from):
            params = {"one": one.version, "two": two.version, "day": two.effective_from.isoformat()}
            problems.append(Problem("engine.scheme_versions_overlap", params, at))
    return problems


def from_yaml(text: str, name: str) -> tuple[Scheme, ...]:
    """Read all versions of a scheme in a YAML text, oldest first; see `read` for what is refused."""
    return tuple(source.scheme for source in read(text, name))


def from_flow(text: str, name: str = "") -> object:
    """Read a table written on one line without its braces; numbers stay text until the model types them.

    Raises `Refused` with what is wrong with the text.
    """
    reader = TreeReader("{" + text + "}", name)
    try:
        found = [plain(item, name)[0] for item in reader.documents()]
    except Unreadable as error:
        raise Refused([*reader.problems, error.problem]) from None
    if reader.problems:
        raise Refused(reader.problems)
    return found[0]


def version_for(schemes: Sequence[Scheme], when: date | int) -> Scheme:
    """Give the version in force on a day, or for a year the one in force at its end; raises `Refused` if none is.

    A version without an end is in force until the next one begins.
    """
    day = date(when, 12, 31) if isinstance(when, int) else when
    ordered = sorted(schemes, key=lambda scheme: scheme.effective_from)
    for scheme, following in zip(reversed(ordered), [None, *reversed(ordered)], strict=False):
        last = scheme.effective_to or (following.effective_from - timedelta(days=1) if following else day)
        if scheme.effective_from <= day <= last:
            return scheme
    known = "、".join(f"{s.version}({s.effective_from.isoformat()})" for s in ordered)
    raise Refused([Problem("engine.scheme_no_version", {"day": day.isoformat(), "known": known})])
