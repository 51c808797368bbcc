"""What the list template needs beside words."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from baton.web.lists.columns import Column
from baton.web.lists.listing import Listing

register = template.Library()


@register.filter
def under(values: Mapping[str, str], name: str) -> str:
    """Give what a table holds under a name; nothing where it holds nothing."""
    return values.get(name, "")


@register.simple_tag
def list_address(listing: Listing, **changed: object) -> str:
    """Give the address of the same list with something changed."""
    return listing.address(**{name: str(value) for name, value in changed.items()})


@register.simple_tag
def list_cell(column: Column, row: Any) -> str | SafeString:
    """Draw one cell."""
    if column.template:
        return render_to_string(column.template, {"row": row})
    words = shown(column.value(row))
    if column.address is None:
        return words
    return format_html('<a href="{}">{}</a>', column.address(row), words or "—")


def shown(value: object) -> str:
    """Write a value as people here write it: days as 2026-09-08, moments in the county's time, nothing as nothing."""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
