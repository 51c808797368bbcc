"""An import on the terminal: how many of what, and the files with errors, cell by cell."""

from baton.config.screen.tables import print_table
from baton.sheets.reports import Import
from baton.words import Language, Place, Severity, render, text

_HEADS = ("config.head_file", "config.head_cell", "config.head_what", "config.head_mend")
_COUNTS = ("config.head_count_of", "config.head_count")


def print_import(found: Import, language: Language) -> None:
    """Print the counts of an import."""
    counted = (
        ("config.count_files", len(found.receipts)),
        ("config.count_taken", sum(receipt.taken for receipt in found.receipts)),
        ("config.count_refused", sum(not receipt.taken for receipt in found.receipts)),
        ("config.count_late", sum(receipt.late_days > 0 for receipt in found.receipts)),
        ("config.count_figures", len(found.observations)),
        ("config.count_events", len(found.events)),
        ("config.count_converted", found.conversions),
        ("config.count_corrected", len(found.corrections)),
        ("config.count_missing", len(found.missing)),
        ("config.count_errors", len(found.errors)),
    )
    rows = [(text(code, language), count) for code, count in counted if count]
    print_table(text("config.import_title", language), _COUNTS, rows, language)


def print_errors(found: Import, language: Language) -> None:
    """Print the errors of an import by file: cell, what is wrong, how to mend it."""
    rows = []
    for name, problems in found.problems_by_file().items():
        label = name
        for problem in problems:
            if problem.severity is Severity.ERROR:
                sentence = render(problem, language)
                spot = _spot(problem.place)
                rows.append((label, spot, sentence.what, sentence.mend))
                label = ""
    print_table(text("config.errors_title", language), _HEADS, rows, language)


def _spot(place: Place) -> str:
    """Give sheet and cell; of a text file, whose one sheet has the file's name, the cell alone."""
    in_text = place.file.lower().endswith(".csv")
    return "!".join(part for part in ("" if in_text else place.sheet, place.cell) if part)
