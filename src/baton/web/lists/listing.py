"""One list as its address asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from baton.web.lists.columns import Column, Filter

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a column: where a click on it leads (empty: nowhere), and `ascending`, `descending` or `none`."""

    column: Column
    address: str
    sorted: str


@dataclass
class Listing:
    """Rows that somebody may see, and how they are shown. `asked` is the query of the address.

    `first`: the column that sorts where the address does not say. Sort order ends with the key, so that pages neither
    repeat nor lose a row.
    """

    rows: QuerySet[Any]
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    first: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def chosen(self) -> dict[str, str]:
        """Filters that are set, by name."""
        found = {}
        for one in self.filters:
            value = self.asked.get(one.name, "").strip()
            if value and (not one.choices or value in {choice.value for choice in one.choices}):
                found[one.name] = value
        return found

    @cached_property
    def narrowed(self) -> QuerySet[Any]:
        """The rows that the filters leave, sorted."""
        rows = self.rows
        for one in self.filters:
            if one.name in self.chosen:
                rows = one.apply(rows, self.chosen[one.name])
        column, downwards = self._sorting
        if column is None:
            return rows
        return rows.order_by(*(f"-{name}" if downwards else name for name in column.order), "pk")

    @cached_property
    def _sorting(self) -> tuple[Column | None, bool]:
        asked = self.asked.get("sort", "") or self.first
        name, downwards = asked.removeprefix("-"), asked.startswith("-")
        column = next((one for one in self.columns if one.name == name and one.order), None)
        return column, downwards

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for; a number beyond the end gives the last page."""
        return Paginator(self.narrowed, PAGE_SIZE).get_page(self.asked.get("page"))

    @property
    def heads(self) -> list[Head]:
        """Headings with their sort links."""
        column, downwards = self._sorting
        found = []
        for one in self.columns:
            here = column is not None and one.name == column.name
            address = self.address(sort=f"-{one.name}" if here and not downwards else one.name) if one.order else ""
            found.append(Head(one, address, ("descending" if downwards else "ascending") if here else "none"))
        return found

    def address(self, **changed: str) -> str:
        """Give the query of the same list with something changed; the page starts anew."""
        kept = {**self.chosen, **({"sort": self.asked["sort"]} if self.asked.get("sort") else {}), **changed}
        query = urlencode({name: value for name, value in kept.items() if value})
        return f"?{query}" if query else "?"
