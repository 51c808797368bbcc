"""Reads of the desks: what a unit checks, what a department verifies, the office's board of a month, lagging work.

Each starts at who asks and gives what one page shows, in a number of queries that does not grow with the county.
"""
