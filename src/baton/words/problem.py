"""The one shape of everything that is wrong with an input: code, parameters, place, severity."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

_NOTHING: Mapping[str, object] = MappingProxyType({})
_NO_TERMS: Mapping[str, str] = MappingProxyType({})


class Severity(StrEnum):
    """How much a problem stops: an error refuses the input, a warning asks a person, a notice informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem sits; every part that does not apply is empty.

    `cell` is an A1 reference (`C7`), `field` a path inside a scheme (`indicators[M01].rule.cap`),
    `line` a 1-based line of a text file (0: not known), `column` the heading above the cell of a scheme workbook, by
    which people know the field.
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""
    field: str = ""
    line: int = 0
    column: str = ""

    def label(self) -> str:
        """Give the place in one line, outermost first: `file › sheet!cell › column or field`, `file:line › field`."""
        spot = f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.cell
        file = f"{self.file}:{self.line}" if self.line else self.file
        return " › ".join(part for part in (file, spot, self.column or self.field) if part)


class Word(str):
    """A parameter of a sentence that is itself a code of the catalogue: it is said in the sentence's language."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, as a code of the catalogue (`area.name`) with the parameters of its sentence.

    `terms`: words of the scheme language that the file calls otherwise, each with the code of what it calls them; the
    mend says those (`hooks` is the column 挂接任务 of a scheme workbook).
    """

    code: str
    params: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    place: Place = Place()
    severity: Severity = Severity.ERROR
    terms: Mapping[str, str] = field(default_factory=lambda: _NO_TERMS)

    def __reduce__(self) -> tuple[type["Problem"], tuple[object, ...]]:
        """Travel between processes; the empty mappings that cannot change cannot be pickled."""
        return Problem, (self.code, dict(self.params), self.place, self.severity, dict(self.terms))


class Refused(Exception):  # noqa: N818 - the name says what happened to the input
    """An input was refused; nothing of it was taken. Carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.code} {dict(p.params)} {p.place.label()}".strip() for p in self.problems))
