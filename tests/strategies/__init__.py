"""Hypothesis strategies: valid small schemes with every kind of rule, and panels that fit them.

`schemes()` makes schemes that `structure.check` takes; `panels(scheme)` makes figures with gaps, zeros and ties;
`events(scheme)` makes events for its bonuses, deductions and vetoes.
"""

from tests.strategies.panels import events, observations, panels
from tests.strategies.rules import RULES, rules
from tests.strategies.schemes import schemes

__all__ = ["RULES", "events", "observations", "panels", "rules", "schemes"]
