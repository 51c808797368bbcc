"""Lists as all pages have them: filtered, sorted, paged and exported by the address, so that a link keeps the place."""

from baton.web.lists.columns import Choice, Column, Filter
from baton.web.lists.listing import Listing
from baton.web.lists.respond import list_page

__all__ = ["Choice", "Column", "Filter", "Listing", "list_page"]
