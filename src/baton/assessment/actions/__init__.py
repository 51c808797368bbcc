"""Writes of the monthly cycle: one function, one transaction, its rows in the audit chain."""
