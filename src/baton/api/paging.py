"""Pages of long answers: `?after=KEY&limit=100`; each answer names the key to go on after, or null at the end.

By key and not by number: rows that come in meanwhile neither repeat nor hide others.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from ninja import Field, Schema

MOST = 500


class Paging(Schema):
    """Where to go on, and how many rows at most."""

    after: int = Field(0, ge=0, description="the `next` of the answer before; 0: from the beginning")
    limit: int = Field(100, ge=1, le=MOST)


def paged[Row](rows: QuerySet[Any], paging: Paging, made: Callable[[Any], Row]) -> dict[str, object]:
    """Give one page of rows (in the order of their keys) as `items` and `next`."""
    found = list(rows.filter(pk__gt=paging.after).order_by("pk")[: paging.limit + 1])
    more = len(found) > paging.limit
    kept = found[: paging.limit]
    return {"items": [made(row) for row in kept], "next": kept[-1].pk if more else None}
