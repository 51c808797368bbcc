"""The store of results: written whole or not at all, read back with every digest checked."""

from baton.reports.store.held import OnDisk, scratch
from baton.reports.store.load import changed_documents, events_of, load_results, load_years
from baton.reports.store.provenance import Input, Run, Slot
from baton.reports.store.save import place_for_results, save_results, save_summary, save_years
from baton.reports.store.write import new_folder, write_file, write_files

__all__ = [
    "Input",
    "OnDisk",
    "Run",
    "Slot",
    "changed_documents",
    "events_of",
    "load_results",
    "load_years",
    "new_folder",
    "place_for_results",
    "save_results",
    "save_summary",
    "save_years",
    "scratch",
    "write_file",
    "write_files",
]
