"""A score made ready to run: scheme and names checked, plan and small tables made; of a panel whole or in parts."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from baton.engine.backends import Backend
from baton.engine.door import check_known
from baton.engine.panel.known import Known
from baton.engine.panel.panel import Panel
from baton.engine.plan import Plan
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure import check
from baton.engine.steps.cells import Cells
from baton.engine.steps.leaves import LeafScores
from baton.engine.steps.parameters import leaf_table
from baton.engine.steps.portions import portions
from baton.engine.steps.room import refuse_overflow
from baton.engine.steps.tables import Tables
from baton.engine.steps.values import Valued, Values
from baton.words import Place, Problem, Refused, Severity


@dataclass(frozen=True)
class Ready:
    """What every step of a score reads. `large`: some figure as reported may be too large for Float64.

    Where the scheme treats figures, `plan` is a reading plan until treatment is done: it holds values as reported.
    """

    plan: Plan
    tables: Tables
    parameters: pl.DataFrame
    large: bool

    def after(self, plan: Plan) -> "Ready":
        """The same for the plan that holds treated values."""
        tables = Tables(plan)
        return Ready(plan, tables, leaf_table(plan, tables), self.large)

    def values(self, panel: Panel, backend: Backend) -> list[Valued]:
        """Read a panel into the values of every portion of leaves."""
        parts = portions(self.plan, backend.portion)
        cells = Cells(self.tables, panel, backend, apart=len(parts) > 1)
        return Values(self.plan, self.parameters, cells, self.large, backend).of_all(parts)

    def leaf_scores(self, backend: Backend) -> LeafScores:
        """Give what scores the portions.

        Raises `Refused` where figures are still to be treated: that takes all units of an indicator at once.
        """
        if self.plan.reading:
            raise Refused([Problem("engine.treatment_takes_all", {}, Place(field="treatment"))])
        return LeafScores(self.plan, self.tables, self.parameters, backend)


def refuse_errors(scheme: Scheme) -> None:
    """Raise `Refused` with every error in the scheme's structure."""
    problems = [problem for problem in check(scheme) if problem.severity is Severity.ERROR]
    if problems:
        raise Refused(problems)


def ready(scheme: Scheme, year: int, decimals: Mapping[str, int], known: Known) -> Ready:
    """Plan a year and hold the names that occur against it.

    Raises `Refused` with every name and period that the scheme does not know, or every indicator whose figures could
    overflow.
    """
    plan = Plan(scheme, year, decimals, reading=bool(scheme.treatment))
    tables = Tables(plan)
    large = refuse_overflow(plan, tables, check_known(plan, tables, known))
    return Ready(plan, tables, leaf_table(plan, tables), large)
