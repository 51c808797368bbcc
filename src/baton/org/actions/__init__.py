"""Every write of units, people, roles and the calendar."""
