"""The engine: schemes, rules, scores and their explanation. Pure: no files, no clock, no chance."""
