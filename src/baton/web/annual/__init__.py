"""The annual assessment: the office's board of a year, runs, decision, publicity; each unit's year for everybody."""
