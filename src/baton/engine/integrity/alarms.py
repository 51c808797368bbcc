"""How often each kind of flag is raised over honest figures."""

from collections.abc import Mapping
from types import MappingProxyType

from baton.engine.integrity.series import FlagKind

FALSE_ALARMS: Mapping[FlagKind, float] = MappingProxyType(
    {
        FlagKind.LOW_TARGET: 0.5,
        FlagKind.JUST_ABOVE: 2.0,
        FlagKind.LAST_MONTH: 2.0,
        FlagKind.TOO_SMOOTH: 0.2,
        FlagKind.COPIED: 0.2,
        FlagKind.ROUNDED: 0.2,
        FlagKind.HELD_BACK: 0.5,
        FlagKind.OUT_OF_LINE: 1.0,
        FlagKind.RESTATED: 0.2,
        FlagKind.SAME_EVIDENCE: 0.2,
        FlagKind.TWIN: 0.5,
        FlagKind.BACKDATED: 0.5,
        FlagKind.DRIFT: 1.0,
    }
)
"""Flags per 1,000 series and years that are honest: what the model allows for at the usual settings.

The model: size, growth, season of indicator and unit, lognormal noise of 12 % a month that differs between units, and
as shocks floods, a policy for all, one-off projects, a merged unit; and levels that
hardly move, quarterly levels, counts and rounded shares. Seeded tests hold the detectors to these figures.
Easy points and empty indicators are counted, not estimated: they have no such rate.
"""
