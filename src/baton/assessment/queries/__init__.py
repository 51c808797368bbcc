"""Reads of the monthly cycle; each starts at who asks."""
