"""What is known of a panel before it is read: a door that has seen every row anyway writes it down."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """The names that occur in a panel.

    units: codes of the units. largest: what was reported as (series, figure, period), with its largest absolute value
    in units of 10^-decimals of the series.
    """

    units: frozenset[str]
    largest: Mapping[tuple[str, str, str], int]
