"""How sure a rank is: intervals under noise and under other choices, grades, weights that matter, reversal points."""
