"""A year of figures of the example county, made from a seed."""

from baton.example.figures.stories import Story
from baton.example.figures.year import CountyYear, make_year

__all__ = ["CountyYear", "Story", "make_year"]
