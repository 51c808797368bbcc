"""Published results read from tables, so that a result can be held against them."""

from baton.sheets.published.model import PublishedColumn, PublishedMapping, read_published_mapping
from baton.sheets.published.read import read_published

__all__ = ["PublishedColumn", "PublishedMapping", "read_published", "read_published_mapping"]
