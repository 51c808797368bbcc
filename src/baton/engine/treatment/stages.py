"""What a scheme's treatment does to a panel, step by step, without scoring it."""

from baton.engine.backends import Backend, PolarsBackend
from baton.engine.door import frame_years, known_of
from baton.engine.panel.panel import Panel
from baton.engine.ready import ready, refuse_errors
from baton.engine.scheme.model import Scheme
from baton.engine.treatment.columns import treat_columns
from baton.engine.treatment.treat import Treated


def treated_panel(scheme: Scheme, panel: Panel, year: int | None = None, backend: Backend | None = None) -> Treated:
    """Give the figures of a year after every step of the scheme's treatment, as `score` sees them.

    Raises `Refused` as `score` does before it scores.
    """
    chosen: Backend = backend or PolarsBackend()
    refuse_errors(scheme)
    asked = year if year is not None else frame_years(panel)
    made = ready(scheme, asked, panel.decimals, known_of(panel, chosen))
    return treat_columns(made.plan, made.values(panel, chosen), chosen).treated
