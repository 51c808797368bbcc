"""What only the generator knows of an honest county, for an oracle: no detector is shown any of it."""

from dataclasses import dataclass

from nature import Floats


@dataclass(frozen=True)
class Known:
    """The honest model of every figure, down to its noise.

    expected (U, I, T): the figure without noise (a stock: its path without steps of chance), with what moves everybody
    or all of a unit (season, growth, policies, floods, mergers) and without what befalls one series alone. unrest (U,):
    how much more a unit's figures move than others'. meter (U, I, T): what the linked figure is for each unit of the
    figure to the power `follows` (I,), NaN where nothing is linked. asked (U, I, Y): the target without the reasons
    that are the unit's own.
    """

    expected: Floats
    unrest: Floats
    meter: Floats
    follows: Floats
    asked: Floats
