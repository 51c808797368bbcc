"""From a typed document to the bytes of a docx in the layout of GB/T 9704-2012."""

import docx

from baton.documents.content import Document, problems
from baton.documents.word.body import Setter
from baton.documents.word.head import head
from baton.documents.word.layout import Fonts
from baton.documents.word.package import packed, prepare
from baton.documents.word.pages import set_up
from baton.documents.word.styles import install
from baton.documents.word.tail import attachment_head, attachment_list, imprint, remark, signature
from baton.words import Refused

STANDARD_FONTS = Fonts()


def write(document: Document, fonts: Fonts = STANDARD_FONTS) -> bytes:
    """Set a document as docx; the same document gives the same bytes.

    Raises Refused with every problem of the content (`documents.*`).
    """
    if found := problems(document):
        raise Refused(found)
    word = docx.Document()
    install(word, fonts, document.language)
    prepare(word, document)
    set_up(word)
    setter = Setter(word, document.language)
    setter.put(*head(document, fonts))
    setter.blocks(document.body)
    if document.signature:
        setter.hold()
    setter.upright()
    setter.put(*attachment_list(document))
    if document.signature:
        setter.put(*signature(document.signature, document.language))
    setter.put(*remark(document))
    for number, attachment in enumerate(document.attachments, 1):
        if attachment.body:
            setter.new_page(attachment.body)
            setter.put(*attachment_head(number, attachment, document, fonts))
            setter.blocks(attachment.body)
    setter.upright()
    if document.imprint:
        setter.put(*imprint(document.imprint, document.language))
    return packed(word)
