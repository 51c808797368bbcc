"""How often something honest goes out of the ordinary in a county: every rate of the generator, with its reason.

Counted in 40 indicators of which about 17 are money, 9 counts, 6 percentages and 8 stocks. Where no count is published
the rate is a judgement, and says what it comes to in a county of 150 units, so that an office can hold it against what
it knows.
"""

TYPED_WRONG = 0.0003
"""Share of figures that were typed wrong, got through the checks and are put right within three months: one in seven
unit-years. Published rates of keying errors before any check go from 0.04 to 0.67 % in clinics and from 0.55 to 3.6 %
in research (Barchard et al. 2020, Behavior Research Methods 52); a template with limits and a lead department that
reads along are taken to leave one in ten to one in twenty."""

REVISED_INDICATORS = 0.3
"""Share of indicators with a preliminary and a final figure, as statistics bureaus publish them."""
REVISED_MONTHS = (0.1, 0.6)
"""Share of months of such an indicator where the final figure is another one."""
REVISED_BY = 0.011
"""Standard deviation of that revision, relative: as monthly activity figures are revised. The sign is free."""

PROJECTS, PROJECT = 0.006, (0.7, 2.8)
"""One-off projects per money series and year, over the month they land in: one unit in ten has one each year."""
NEW_PLANTS, PLANT = 0.002, (1.12, 1.6)
"""New plants, schools or roads per money, count or stock series and year, and the factor by which a figure stays higher
from then on: one unit in fifteen has one each year. The linked meter follows; without one this
looks like a wider definition."""
MERGED_UNITS = 1 / 225
"""Units per unit and year that take over a neighbour: two of 150 in three years."""
POLICIES = 2
"""Policies in three years that move one indicator of everybody, by 13 to 50 %."""
FLOODED_UNITS, FLOODED_INDICATORS = 0.7, 0.6
"""Share of a district's units, and of what adds up, that one flood in three years hits."""

PUSHES, BEHIND = 0.03, 0.035
"""Share of the series that would end less than 3.5 % behind their target where people really work harder from September
on and get there: one unit in six each year. They are told from raised figures by nothing but the meter."""

POWER_CUTS = (0.8, 0.92)
"""What one dry month in three years leaves of everybody's linked physical figures."""
METERS = 0.004 / 3
"""Meters per linked series and year that read otherwise for two to five months: electricity meters fail less than once
in a hundred years of service, and most failures are seen at once."""
PHYSICAL_MISSING = 0.004
FIGURES_MISSING = 0.004
"""Share of figures that are not there: two a year for each unit."""
LATE_STARTERS = 0.015
"""Share of units that exist only since some month of the first year: two of 150."""
COARSE_CLERKS, COARSE_AT_MOST = 0.02, 0.006
"""Share of clerks who always leave out the last digit of money, where it says less than 0.6 %: three of 150."""

LATE_CLERKS = (0.5, 30.0)
"""Beta distribution of a clerk's share of late figures: 1.6 % on the average, more than 6 % for one in twenty. Half of
them come the same evening, half on one of the next days."""
CLERKS_AWAY = 0.005
"""Share of unit-months in which a clerk is away and everything comes 2 to 11 days late: one unit in 17 each year."""
ENTRY_UNKNOWN = 0.01
FILES_MISSING = 0.02
SAME_FILE = 0.0003
"""Share of own files that are last month's once more by mistake: one unit in twelve each year. A wrong attachment is
taken to be as frequent as a wrong figure that gets through, because the same people send and check both."""
