"""The value reader: calamine behind one door, its ways of failing turned into problems."""

from collections.abc import Callable, Mapping
from io import BytesIO

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from baton.sheets.workbook.model import Facts, Sheet, Visibility
from baton.words import Place, Problem, Refused


def _visibility(shown: SheetVisibleEnum) -> Visibility:
    if shown == SheetVisibleEnum.Visible:
        return Visibility.VISIBLE
    return Visibility.HIDDEN if shown == SheetVisibleEnum.Hidden else Visibility.VERY_HIDDEN


def _guarded[T](work: Callable[[], T], place: Place) -> T:
    """Run calamine; a panic of its native code arrives as a BaseException that no ordinary clause would catch."""
    try:
        return work()
    except PasswordError as error:
        raise Refused([Problem("sheets.password", {}, place)]) from error
    except Exception as error:
        raise Refused([Problem("sheets.broken_file", {"reason": str(error)}, place)]) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Refused([Problem("sheets.broken_file", {"reason": str(error)}, place)]) from error


def open_values(data: bytes, place: Place) -> CalamineWorkbook:
    """Open a workbook; raises Refused when it is broken or locked."""
    return _guarded(lambda: CalamineWorkbook.from_object(BytesIO(data)), place)


def worksheets(book: CalamineWorkbook) -> list[tuple[str, Visibility]]:
    """List the sheets that hold cells: charts and macro sheets are left out."""
    return [
        (sheet.name, _visibility(sheet.visible))
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]


def read_values(book: CalamineWorkbook, file: str, known: Mapping[str, Facts]) -> tuple[Sheet, ...]:
    """Read every worksheet; raises Refused with all sheets that cannot be read."""
    sheets: list[Sheet] = []
    refused: list[Problem] = []
    for name, visibility in worksheets(book):
        try:
            sheets.append(_read_sheet(book, name, visibility, file, known.get(name) or Facts()))
        except Refused as refusal:
            refused += refusal.problems
    if refused:
        raise Refused(refused)
    return tuple(sheets)


def _read_sheet(book: CalamineWorkbook, name: str, visibility: Visibility, file: str, facts: Facts) -> Sheet:
    place = Place(file, name)
    source: CalamineSheet = _guarded(lambda: book.get_sheet_by_name(name), place)
    rows = _guarded(lambda: source.to_python(skip_empty_area=True), place)
    first_row, first_column = source.start or (0, 0)
    merged = source.merged_cell_ranges
    if merged:
        facts.merged = [(*first, *last) for first, last in merged]
    return Sheet(name, visibility, rows, first_row, first_column, facts, file)
