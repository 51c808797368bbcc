"""The styles of a document: all of python-docx's template are taken out, only those the standard needs are put in.

Property elements stand in the order that the schema asks for (CT_PPrBase, CT_RPr).
"""

from typing import Final

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from baton.documents.word import layout
from baton.documents.word.layout import Fonts
from baton.documents.word.xml import element, fonts, sizes
from baton.words import Language

_KEPT: Final = frozenset({"DefaultParagraphFont", "TableNormal", "NoList"})
_LANGUAGE: Final = {Language.CHINESE: "zh-CN", Language.ENGLISH: "en-GB"}
CELL_SIDE_TWIPS: Final = 85  # 1.5 mm between a cell's text and its line
CELL_EDGE_TWIPS: Final = 28  # 0.5 mm above and below


def install(word: WordDocument, faces: Fonts, language: Language) -> None:
    """Replace the template's styles by those of an official document."""
    root = word.styles.element
    for style in list(root.findall(qn("w:style"))):
        if style.get(qn("w:styleId")) not in _KEPT:
            root.remove(style)
    defaults = root.find(qn("w:docDefaults"))
    root.replace(defaults, _defaults(faces, language))
    for style in (_normal(faces), *_texts(faces), *_headings(faces), *_tables(faces), *_margins(faces)):
        root.append(style)


def _defaults(faces: Fonts, language: Language) -> BaseOxmlElement:
    tongue = element("lang", val=_LANGUAGE[language], eastAsia="zh-CN", bidi="ar-SA")
    characters = element("rPr", fonts(faces.body, faces.latin), *sizes(layout.BODY_POINTS), tongue)
    lines = element("pPr", element("spacing", before=0, after=0, line=240, lineRule="auto"))
    return element("docDefaults", element("rPrDefault", characters), element("pPrDefault", lines))


def _style(
    style: tuple[str, str, str],
    paragraph: list[BaseOxmlElement],
    characters: list[BaseOxmlElement],
    *,
    kind: str = "paragraph",
) -> BaseOxmlElement:
    key, name, based_on = style
    built = element("style", element("name", val=name), type=kind, styleId=key)
    if based_on:
        built.append(element("basedOn", val=based_on))
    built.append(element("qFormat"))
    built.append(element("pPr", *paragraph))
    built.append(element("rPr", *characters))
    return built


def _normal(faces: Fonts) -> BaseOxmlElement:
    tight = element("spacing", val=layout.TIGHTEN_TWIPS)
    body = [fonts(faces.body, faces.latin), tight, *sizes(layout.BODY_POINTS)]
    built = _style(("Normal", "Normal", ""), [element("widowControl", val=0), element("jc", val="both")], body)
    built.set(qn("w:default"), "1")
    return built


def _texts(faces: Fonts) -> list[BaseOxmlElement]:
    first_line = element("ind", firstLineChars=200, firstLine=layout.FIRST_LINE_TWIPS)
    title_line = element("spacing", line=round(layout.TITLE_LINE_POINTS * 20), lineRule="exact")
    centred = element("jc", val="center")
    off_grid = element("snapToGrid", val=0)
    title = [fonts(faces.title, faces.latin), element("spacing", val=0), *sizes(layout.TITLE_POINTS)]
    sign = [fonts(faces.title, faces.title), element("color", val=layout.RED), element("spacing", val=0)]
    return [
        _style(("BodyText", "Body Text", "Normal"), [first_line], []),
        _style(("Title", "Title", "Normal"), [off_grid, title_line, centred, element("outlineLvl", val=0)], title),
        _style(
            ("Sign", "公文发文机关标志", "Normal"), [element("snapToGrid", val=0), element("jc", val="center")], sign
        ),
    ]


def _headings(faces: Fonts) -> list[BaseOxmlElement]:
    faces_by_level = (faces.heading, faces.subheading, faces.body, faces.body)
    return [
        _style(
            (f"Heading{level}", f"heading {level}", "BodyText"),
            [element("keepNext"), element("keepLines"), element("outlineLvl", val=level)],
            [fonts(face, faces.latin)],
        )
        for level, face in enumerate(faces_by_level, start=1)
    ]


def _tables(faces: Fonts) -> list[BaseOxmlElement]:
    def plain() -> list[BaseOxmlElement]:
        return [element("snapToGrid", val=0), element("spacing", line=240, lineRule="auto")]

    def small(face: str, points: float) -> list[BaseOxmlElement]:
        return [fonts(face, faces.latin), element("spacing", val=0), *sizes(points)]

    caption = [
        element("keepNext"),
        element("snapToGrid", val=0),
        element("spacing", before=160, after=80, line=240, lineRule="auto"),
        element("jc", val="center"),
    ]
    note = [element("snapToGrid", val=0), element("spacing", before=60, after=60, line=240, lineRule="auto")]
    figure = [element("keepNext"), element("snapToGrid", val=0), element("jc", val="center")]
    return [
        _style(("TableText", "公文表格文字", "Normal"), plain(), small(faces.body, 12)),
        _style(("TableHead", "公文表头", "TableText"), [element("keepNext")], [fonts(faces.heading, faces.latin)]),
        _style(("Caption", "caption", "Normal"), caption, small(faces.heading, 12)),
        _style(("FigureCaption", "公文图题", "Caption"), [element("keepNext", val=0)], []),
        _style(("TableNote", "公文表注", "Normal"), note, small(faces.body, layout.NOTE_POINTS)),
        _style(("Figure", "公文图", "Normal"), figure, [element("spacing", val=0)]),
        _grid(),
    ]


def _grid() -> BaseOxmlElement:
    names = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = element("tblBorders", *(element(name, val="single", sz=4, space=0, color="000000") for name in names))
    padding = {"top": CELL_EDGE_TWIPS, "left": CELL_SIDE_TWIPS, "bottom": CELL_EDGE_TWIPS, "right": CELL_SIDE_TWIPS}
    sides = (element(side, w=width, type="dxa") for side, width in padding.items())
    built = element("style", element("name", val="公文表格"), type="table", styleId="OfficialTable")
    built.append(element("basedOn", val="TableNormal"))
    built.append(element("tblPr", lines, element("tblCellMar", *sides)))
    return built


def _margins(faces: Fonts) -> list[BaseOxmlElement]:
    number = [fonts(faces.page_number, faces.page_number), element("spacing", val=0), *sizes(layout.SMALL_POINTS)]
    small = [fonts(faces.body, faces.latin), element("spacing", val=0), *sizes(layout.SMALL_POINTS)]
    return [
        _style(("Footer", "footer", "Normal"), [element("snapToGrid", val=0)], number),
        _style(("Imprint", "公文版记", "Normal"), [element("snapToGrid", val=0), element("jc", val="left")], small),
    ]
