"""From a typed workbook to the bytes of an xlsx: the same content gives the same bytes."""

import datetime
import io

import xlsxwriter

from baton.documents.excel.cells import Pen
from baton.documents.excel.check import problems
from baton.documents.excel.content import Workbook
from baton.documents.excel.formats import DEFAULT, Formats
from baton.documents.excel.names import sheet_names
from baton.documents.excel.sheet import Page
from baton.documents.excel.validation import ChoiceLists
from baton.words import Refused, text


def write(workbook: Workbook) -> bytes:
    """Write a workbook as xlsx, in memory; its only time is `workbook.created`.

    Raises Refused with every problem of the content (`documents.*`).
    """
    if found := problems(workbook):
        raise Refused(found)
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_urls": False, "default_format_properties": dict(DEFAULT)}
    book = xlsxwriter.Workbook(target, options)
    moment = datetime.datetime.combine(workbook.created, datetime.time())
    book.set_properties({"title": workbook.title, "author": workbook.author, "created": moment})
    *names, choices_name = sheet_names(
        [*(sheet.name for sheet in workbook.sheets), text("documents.choices_sheet", workbook.language)]
    )
    targets = {sheet.key or sheet.name: name for sheet, name in zip(workbook.sheets, names, strict=True)}
    formats, lists = Formats(book), ChoiceLists(choices_name)
    footer = text("documents.page_of", workbook.language, page="&P", pages="&N")
    for sheet, name in zip(workbook.sheets, names, strict=True):
        page = book.add_worksheet(name)
        pen = Pen(page, formats, targets, workbook.language)
        Page(book, sheet, page, (formats, pen, lists)).write(footer)
    _hidden_lists(book, lists)
    book.close()
    return target.getvalue()


def _hidden_lists(book: xlsxwriter.Workbook, lists: ChoiceLists) -> None:
    if lists.lists:
        page = book.add_worksheet(lists.name)
        for place, choices in enumerate(lists.lists):
            page.write_column(0, place, choices)
        page.hide()
