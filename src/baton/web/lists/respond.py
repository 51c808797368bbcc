"""Answers a request for a list: as a page, or as a workbook with all its rows."""

from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baton.core import clock
from baton.web.lists.listing import Listing
from baton.web.templatetags.words import page_language
from baton.words import text

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST = 40


def list_page(request: HttpRequest, listing: Listing, template: str, **context: Any) -> HttpResponse:
    """Show a list by a template that includes `web/lists/list.html`; `?export=xlsx` gives all its rows instead.

    Both take the rows that filters and sorting leave, so a workbook says what the page says.
    """
    if request.GET.get("export") == "xlsx":
        name = f"{context.get('file_name', 'list')}-{clock.today():%Y%m%d}.xlsx"
        answer = HttpResponse(workbook(listing), content_type=WORKBOOK)
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    return render(request, template, {"listing": listing, **context})


def workbook_file(content: bytes, name: str) -> HttpResponse:
    """Give a workbook to be saved; nobody else's cache keeps it."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=WORKBOOK, headers=headers)


def workbook(listing: Listing) -> bytes:
    """Write all rows of a list as a workbook of one sheet."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet.freeze_panes(1, 0)
        widths = []
        for number, column in enumerate(listing.columns):
            head = text(column.code, page_language())
            sheet.write_string(0, number, head, bold)
            widths.append(2 * len(head))
        for line, row in enumerate(listing.narrowed.iterator(2_000), 1):
            for number, column in enumerate(listing.columns):
                value = column.value(row)
                kept = value if isinstance(value, int | float) or value is None else str(value)
                widths[number] = max(widths[number], sum(1 + (letter > "\u2e80") for letter in str(value or "")))
                (sheet.write_string if isinstance(kept, str) else sheet.write)(line, number, kept)
        for number, width in enumerate(widths):
            sheet.set_column(number, number, min(width + 2, _WIDEST))
        if listing.columns:
            sheet.autofilter(0, 0, max(1, listing.narrowed.count()), len(listing.columns) - 1)
    return made.getvalue()
