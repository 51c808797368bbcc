"""The year as about a thousand workbooks in the styles that offices use, with faults and the key to them."""

from baton.example.workbooks.folder import delivered, mend_workbooks, write_workbooks
from baton.example.workbooks.mapping import mapping_text
from baton.example.workbooks.planted import SHARES, FoundBy, Kind, Planted, key_text

__all__ = [
    "SHARES",
    "FoundBy",
    "Kind",
    "Planted",
    "delivered",
    "key_text",
    "mapping_text",
    "mend_workbooks",
    "write_workbooks",
]
