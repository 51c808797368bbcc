"""Everything the target checks of a year found, as commands and reports hand it on."""

from dataclasses import dataclass, field

from baton.engine.integrity.asked import Asked
from baton.engine.integrity.sampling import Plan
from baton.engine.integrity.series import Flag
from baton.engine.integrity.stretch import CountyPlan
from baton.engine.integrity.visits import VisitForm
from baton.words import Problem


@dataclass(frozen=True)
class Entries:
    """Of how many figures entry and deadline were known (`by_register`: by a file's arrival), of how many evidence."""

    timed: int = 0
    by_register: int = 0
    evidence: int = 0


@dataclass(frozen=True)
class Checks:
    """What was found. `plans`: the county's own target beside its units', by indicator; `notices`: what was not judged.

    `series` counts the monthly series that were looked at; `groups`: the group of each unit;
    `form`: the plan as it goes out.
    """

    year: int
    asked: tuple[Asked, ...]
    plans: dict[str, CountyPlan]
    flags: tuple[Flag, ...]
    points: tuple[Flag, ...]
    plan: Plan | None
    series: int
    notices: tuple[Problem, ...] = ()
    groups: dict[str, str] = field(default_factory=dict)
    entries: Entries = Entries()
    form: VisitForm | None = None
