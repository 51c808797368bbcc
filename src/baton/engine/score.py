"""The one door of the engine: score a panel by a scheme."""

from collections.abc import Callable
from dataclasses import replace

from baton.engine.adjust import adjustments
from baton.engine.backends import Backend, PolarsBackend
from baton.engine.door import frame_years, known_of
from baton.engine.matters import Matters
from baton.engine.panel.panel import Panel
from baton.engine.ready import ready, refuse_errors
from baton.engine.result.assemble import assemble
from baton.engine.result.scores import unit_scores
from baton.engine.result.sheet import ScoreSheet
from baton.engine.scheme.model import Scheme
from baton.engine.steps.cells import Cells
from baton.engine.steps.portions import portions
from baton.engine.steps.statistics import statistics
from baton.engine.steps.values import Values
from baton.engine.tree import walk

type Progress = Callable[[str], None]


def score(
    scheme: Scheme,
    panel: Panel,
    year: int | None = None,
    backend: Backend | None = None,
    progress: Progress = lambda step: None,
) -> ScoreSheet:
    """Score one year of a panel by a scheme, on the engine of `backend` (None: Polars).

    `year` None: the only year of the panel. `progress` is told the code of each step (`engine.step_...`).
    Raises `Refused` with every problem at once: of the scheme's structure, of the panel's keys, of figures that must be
    supplied, of denominators no policy covers.
    """
    chosen: Backend = backend or PolarsBackend()
    refuse_errors(scheme)
    asked = year if year is not None else frame_years(panel)
    progress("engine.step_read")
    made = ready(scheme, asked, panel.decimals, known_of(panel, chosen))
    plan = made.plan
    parts = portions(plan, chosen.portion)
    cells = Cells(made.tables, panel, chosen, apart=len(parts) > 1)
    values = Values(plan, made.parameters, cells, made.large, chosen).of_all(parts)
    del cells
    progress("engine.step_settle")
    matters = Matters(plan, panel.events)
    for one in values:
        matters.read(one.complete(), chosen)
    outcome = adjustments(scheme, panel.events, matters.cost)
    values = [replace(one, frame=matters.released(one.frame, outcome, chosen)) for one in values]
    progress("engine.step_compare")
    found = [statistics(plan, one, chosen) for one in values]
    progress("engine.step_score")
    scores = made.leaf_scores(chosen)
    rows = [scores.add(values.pop(0), statistic, matters, outcome) for statistic in found]
    sums = scores.result()
    leaves = [one for one in rows if one is not None]
    rows.clear()
    progress("engine.step_sum")
    nodes = walk(plan, sums)
    compared = {spot: one for part in found for spot, one in part.items()}
    totals = unit_scores(plan, nodes, leaves)
    sheet = assemble(plan, panel, leaves, nodes, compared, outcome, totals)
    return replace(sheet, engine=chosen.name)
