"""Typed content of a document: parts after GB/T 9704, blocks of the body, and what can be wrong with them."""

from baton.documents.content.blocks import (
    Align,
    Block,
    Chart,
    Column,
    HeaderCell,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Table,
)
from baton.documents.content.check import problems
from baton.documents.content.document import Attachment, Document, Imprint, Letterhead, Signature

__all__ = [
    "Align",
    "Attachment",
    "Block",
    "Chart",
    "Column",
    "Document",
    "HeaderCell",
    "Heading",
    "Imprint",
    "Letterhead",
    "PageBreak",
    "Paragraph",
    "Picture",
    "Signature",
    "Table",
    "problems",
]
