"""The docx package: properties without a clock, no leftovers of the template, same content same bytes."""

import datetime
import io
import zipfile
from typing import Final

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import qn

from baton.documents.content import Document

_EPOCH: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
_ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_UNWANTED: Final = ("stylesWithEffects", "thumbnail", "numbering")
_ALTERNATIVES: Final = (
    ("仿宋_GB2312", "仿宋"),
    ("楷体_GB2312", "楷体"),
    ("方正小标宋简体", "FZXiaoBiaoSong-B05S"),
    ("黑体", "SimHei"),
    ("宋体", "SimSun"),
)


def prepare(word: WordDocument, document: Document) -> None:
    """Put the document's own properties in the place of the template's."""
    properties = word.core_properties
    properties.title = document.title.replace("\n", "")
    properties.author = document.letterhead.authority if document.letterhead else ""
    properties.comments = ""
    properties.language = str(document.language)
    date = document.signature.date if document.signature else None
    moment = datetime.datetime.combine(date, datetime.time()) if date else _EPOCH
    properties.created = properties.modified = moment
    for holder in (word.part.package, word.part):
        for key, relation in list(holder.rels.items()):
            if any(name in relation.reltype for name in _UNWANTED):
                del holder.rels[key]
    settings = word.settings.element
    language = settings.find(qn("w:themeFontLang"))
    language.set(qn("w:eastAsia"), "zh-CN")
    fonts = word.part.part_related_by(RELATION.FONT_TABLE)
    fonts._blob = _font_table()


def packed(word: WordDocument) -> bytes:
    """Give the bytes of a docx: parts in the order of their names, every time stamp 1980-01-01."""
    raw = io.BytesIO()
    word.save(raw)
    target = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 0
            package.writestr(entry, source.read(name))
    return target.getvalue()


def _font_table() -> bytes:
    """Name a second choice for each font of the standard, for machines that lack the first."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _ALTERNATIVES
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:fonts xmlns:w="{space}">{entries}</w:fonts>'.encode()
