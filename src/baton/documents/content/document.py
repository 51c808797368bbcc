"""A whole official document (公文) as typed content; parts and their names after GB/T 9704-2012, chapter 7."""

import datetime
from dataclasses import dataclass

from baton.documents.content.blocks import Block
from baton.words import Language


@dataclass(frozen=True, slots=True)
class Letterhead:
    """版头: the issuing authority's sign in red with the document number (〔year〕 in six-cornered brackets).

    `signatory` (签发人) only for documents to a superior; `copy_number` (份号), `secrecy` (密级和保密期限) and
    `urgency` (紧急程度) stand in the upper left corner where given.
    """

    authority: str
    number: str = ""
    signatory: str = ""
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件: named after the body; with a body of its own it also follows on a new page."""

    title: str
    body: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """发文机关署名和成文日期; more than one authority in the order of their rank."""

    authorities: tuple[str, ...]
    date: datetime.date


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: to whom copies go (抄送机关), who printed the document and when; at the foot of the last page."""

    printed_by: str
    printed_on: datetime.date
    copies_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document in the order of its parts; every part but title and body may be missing.

    `recipients` (主送机关) is the line above the text, `remark` (附注) the bracketed line below the date.
    A newline in the title breaks it there; otherwise a long title is set in lines of like length.
    """

    title: str
    body: tuple[Block, ...]
    letterhead: Letterhead | None = None
    recipients: str = ""
    attachments: tuple[Attachment, ...] = ()
    signature: Signature | None = None
    remark: str = ""
    imprint: Imprint | None = None
    language: Language = Language.CHINESE
