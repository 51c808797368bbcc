"""How strict the target checks are, as parameters with their reasons."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Parameters of `find`.

    false_discovery: of the flags of one kind, at most about this share may be honest figures (Benjamini & Hochberg,
    J. R. Stat. Soc. B 57, 1995); held over all units, indicators and years at once.
    line_width: "just above" is from 100 % to this share of the target (Gong, Shen & Chen 2025 see the bunching within
    2 % of the line). held_width: how far above the line figures stop that are held back.
    least_run: equal months in a row that a copy needs. least_months: months a year needs to be judged.
    material: a changed earlier figure counts from this share of the figure on; material_year: of the year's total.
    late_days: an entry counts as late from this many days after the deadline on.
    least_easy: a target counts as low from this distance (natural logarithm) under the peers' on.
    least_shift: a level counts as shifted from this logarithmic step on.
    fewest_units: fewer units cannot be compared with one another.
    """

    false_discovery: float = 0.15
    line_width: float = 0.02
    held_width: float = 0.03
    least_run: int = 3
    least_months: int = 6
    material: float = 0.05
    material_year: float = 0.01
    late_days: float = 2.0
    least_easy: float = 0.08
    least_shift: float = 0.08
    fewest_units: int = 5
