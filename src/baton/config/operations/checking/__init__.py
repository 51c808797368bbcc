"""The self-test of an installation: each question answered in words, with how to mend what is not well."""

from collections.abc import Iterator

from baton.config.operations.checking.data import Audited, Chain, look_at_data
from baton.config.operations.checking.finding import Finding, State
from baton.config.operations.checking.home import look_at_home
from baton.config.operations.checking.machine import look_at_machine
from baton.config.operations.checking.reach import Reach, look_at_reach
from baton.config.operations.installation import Installation

__all__ = ["Audited", "Finding", "Reach", "State", "self_test"]


def self_test(place: Installation, reach: Reach, chain: Chain) -> Iterator[Finding]:
    """Ask everything, in the order in which one would mend it. `chain`: goes along the audit chain."""
    yield from look_at_machine(place)
    yield from look_at_home(place)
    yield from look_at_data(place, chain)
    yield from look_at_reach(reach)
