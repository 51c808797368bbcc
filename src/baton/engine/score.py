"""The one door of the engine: score a panel by a scheme."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

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
from baton.engine.steps.statistics import statistics
from baton.engine.treatment.columns import treat_columns
from baton.engine.treatment.told import refuse_events
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
    supplied, of denominators no policy covers, of figures that the scheme's treatment cannot treat.
    """
    chosen: Backend = backend or PolarsBackend()
    refuse_errors(scheme)
    asked = year if year is not None else frame_years(panel)
    progress("engine.step_read")
    made = ready(scheme, asked, panel.decimals, known_of(panel, chosen))
    values = made.values(panel, chosen)
    treated = treat_columns(made.plan, values, chosen) if scheme.treatment else None
    if treated is not None:
        refuse_events(treated.treated, panel.events)
        made, values = made.after(treated.plan), treated.values
    plan = made.plan
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
    marked = None if treated is None else partial(treated.flagged, backend=chosen)
    rows = [scores.add(values.pop(0), statistic, matters, outcome, marked) for statistic in found]
    sums = scores.result()
    leaves = [one for one in rows if one is not None]
    rows.clear()
    progress("engine.step_sum")
    nodes = walk(plan, sums)
    compared = {spot: one for part in found for spot, one in part.items()}
    totals = unit_scores(plan, nodes, leaves)
    sheet = assemble(plan, panel, leaves, nodes, compared, outcome, totals)
    if treated is not None:
        sheet = replace(sheet, standings=treated.told(sheet.standings))
    return replace(sheet, engine=chosen.name)
