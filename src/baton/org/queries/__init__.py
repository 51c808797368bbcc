"""Reads of units, people, roles and the calendar, each starting at who asks."""

from baton.org.queries.access import Powers, asked_once, may, powers, require
from baton.org.queries.units import Branch, tree

__all__ = ["Branch", "Powers", "asked_once", "may", "powers", "require", "tree"]
