"""What indicators hang on, seen from both sides: who carries a task, and what an indicator serves."""

from dataclasses import dataclass

from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme, Task
from baton.engine.scheme.structure import Index

KINDS = ("main_line", "higher_assessment", "duty_list")
"""The three lists: main-line tasks of the county, assessments from above, the township duty list."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A task and the indicators that hang on it and that somebody carries; `own` of them are departments' own targets.

    A main-line task without any is how the hard is avoided (domain.md, last section, 10).
    """

    task: Task
    indicators: tuple[Indicator, ...]
    own: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """`lists` by kind of task; `unhooked`: indicators on nothing, which keep a scheme from being published."""

    lists: dict[str, tuple[Carried, ...]]
    unhooked: tuple[Indicator, ...]

    @property
    def not_carried(self) -> tuple[Task, ...]:
        """The main-line tasks that no indicator carries."""
        return tuple(one.task for one in self.lists["main_line"] if not one.indicators)


def coverage(scheme: Scheme) -> Coverage:
    """Give who carries what, in the order of the scheme."""
    index = Index(scheme)
    hung: dict[str, list[Indicator]] = {}
    for one in scheme.indicators:
        if index.carriers(one):
            for hook in one.hooks:
                hung.setdefault(hook, []).append(one)
    rows = [_carried(task, hung.get(task.code, [])) for task in scheme.tasks]
    lists = {kind: tuple(one for one in rows if one.task.kind == kind) for kind in KINDS}
    return Coverage(lists, tuple(one for one in scheme.indicators if not one.hooks))


def _carried(task: Task, indicators: list[Indicator]) -> Carried:
    return Carried(task, tuple(indicators), sum(is_own(one) for one in indicators))


def is_own(indicator: Indicator) -> bool:
    """Whether an indicator is a unit's own target rather than one of a group."""
    return len(indicator.units) == 1
