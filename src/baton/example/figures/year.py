"""A year of the county: every true figure, the provisional ones before it, the events, and what is hidden in it."""

from dataclasses import dataclass
from decimal import Decimal

from baton.engine.panel import Observation
from baton.engine.scheme.adjustments import Event
from baton.engine.scheme.model import Scheme
from baton.example.figures.annual import make_annual
from baton.example.figures.events import make_events
from baton.example.figures.ledger import YEAR, Ledger, month
from baton.example.figures.monthly import make_monthly
from baton.example.figures.running import make_running
from baton.example.figures.special import make_ballots, make_goals, make_headquarters
from baton.example.figures.stories import Story, tell_stories
from baton.example.figures.worked import put_worked
from baton.example.yundu import scheme


@dataclass(frozen=True)
class CountyYear:
    """What truly happened: `observations` are the final figures, `provisional` the December figures first published."""

    scheme: Scheme
    year: int
    seed: int
    observations: tuple[Observation, ...]
    provisional: tuple[Observation, ...]
    events: tuple[Event, ...]
    stories: tuple[Story, ...]


def make_year(seed: int = 2025) -> CountyYear:
    """Make the figures of 2025 from a seed; the same seed gives the same figures everywhere."""
    ledger = Ledger(scheme(), seed)
    make_running(ledger)
    make_monthly(ledger)
    make_annual(ledger)
    make_headquarters(ledger)
    make_goals(ledger)
    make_ballots(ledger)
    stories = tell_stories(ledger)
    put_worked(ledger)
    events = make_events(ledger)
    return CountyYear(ledger.scheme, YEAR, seed, ledger.observations(), tuple(_provisional(ledger)), events, stories)


def _provisional(ledger: Ledger) -> list[Observation]:
    """December's investment as first published: a little off what the statistics office settles on in February."""
    found = []
    for unit in ledger.carriers("INV"):
        final = ledger.get(unit, "INV", "actual", month(12))
        off = ledger.draw("provisional", unit).normal(0, 0.002, -0.006, 0.006, 4)
        value = Decimal(round(final * (1 + off)))
        found.append(Observation(unit, "INV", "actual", month(12), value, preliminary=True))
    return found
