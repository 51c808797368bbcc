"""A result beside a published table, summed up column by column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from baton.engine.compare import Held, Published, hold
from baton.engine.result.sheet import ScoreSheet
from baton.engine.terms import plain
from baton.words import Problem, Refused

_NAMED = 3


@dataclass(frozen=True)
class Column:
    """What was published under one heading for one year, beside ours."""

    year: int
    name: str
    held: tuple[Held, ...]

    @cached_property
    def compared(self) -> tuple[Held, ...]:
        """The figures that were published."""
        return tuple(one for one in self.held if not one.published.silent)

    @cached_property
    def unfit(self) -> tuple[Held, ...]:
        """Those that do not fit: what one side lacks first, then the largest difference."""
        return tuple(sorted((one for one in self.compared if not one.fits), key=_weight, reverse=True))

    @property
    def furthest(self) -> Held | None:
        """The figure with the largest difference, None where no two figures could be compared."""
        return max((one for one in self.compared if one.difference is not None), key=_weight, default=None)

    @property
    def only_ours(self) -> int:
        """How many figures we have where nothing was published."""
        return sum(one.published.silent and one.ours is not None for one in self.held)

    def problem(self, names: dict[str, str]) -> Problem:
        """Say what does not fit; the place is the cell of the worst."""
        params = {
            "year": self.year,
            "column": self.name,
            "unfit": len(self.unfit),
            "compared": len(self.compared),
            "worst": "; ".join(_said(one, names) for one in self.unfit[:_NAMED]),
        }
        return Problem("config.published_differs", params, self.unfit[0].published.place)


def match(sheets: Sequence[ScoreSheet], published: Iterable[Published]) -> tuple[Column, ...]:
    """Put a published table beside the results of its years, column by column; empty columns are left out.

    Raises `Refused` where it has nothing of these years.
    """
    wanted = list(published)
    columns = []
    for sheet in sheets:
        by_name: dict[str, list[Published]] = {}
        for one in wanted:
            if int(one.period[:4]) == sheet.year:
                by_name.setdefault(one.name, []).append(one)
        columns += [Column(sheet.year, name, hold(sheet, several)) for name, several in by_name.items()]
    spoken = tuple(column for column in columns if column.compared)
    if not spoken:
        years = "、".join(str(sheet.year) for sheet in sheets)
        raise Refused([Problem("config.nothing_published", {"years": years})])
    return spoken


def _weight(one: Held) -> tuple[bool, Decimal]:
    difference = one.difference
    return difference is None, Decimal(0) if difference is None else abs(difference)


def _said(one: Held, names: dict[str, str]) -> str:
    theirs, ours = one.published.value, one.ours
    shown = ("–" if value is None else plain(value) for value in (theirs, ours))
    return f"{names.get(one.published.unit, one.published.unit)} {' / '.join(shown)}"
