"""Word documents in the layout of GB/T 9704-2012: typed content in, bytes of a docx out."""

from baton.documents.word.layout import Fonts
from baton.documents.word.write import write

__all__ = ["Fonts", "write"]
