"""Small builders for WordprocessingML elements (ECMA-376, part 1)."""

import re
from copy import deepcopy
from typing import Final

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

# Characters that XML 1.0 cannot hold; they come in with texts pasted from other programs and carry no meaning.
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def element(tag: str, *children: BaseOxmlElement, **attributes: str | int | float) -> BaseOxmlElement:
    """Build `w:tag` with children; attributes are in the same namespace (`val=1` gives `w:val="1"`)."""
    built: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        built.set(qn(f"w:{name.rstrip('_')}"), str(value))
    built.extend(children)
    return built


def run(text: str, *properties: BaseOxmlElement) -> BaseOxmlElement:
    """Build a run of text with its properties; newlines become line breaks, tabs become tabs."""
    built = element("r")
    if properties:
        built.append(element("rPr", *properties))
    for index, line in enumerate(_ILLEGAL.sub("", text).split("\n")):
        if index:
            built.append(element("br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                built.append(element("tab"))
            if piece:
                built.append(_text(piece))
    return built


def paragraph(style: str, *runs: BaseOxmlElement, properties: tuple[BaseOxmlElement, ...] = ()) -> BaseOxmlElement:
    """Build a paragraph of a style; `properties` must stand in the order of the schema."""
    return element("p", element("pPr", element("pStyle", val=style), *properties), *runs)


def field(code: str, *properties: BaseOxmlElement) -> list[BaseOxmlElement]:
    """Build the runs of a field such as PAGE, with 1 as its text until it is updated."""

    def part(content: BaseOxmlElement) -> BaseOxmlElement:
        holder = [element("rPr", *map(deepcopy, properties))] if properties else []
        return element("r", *holder, content)

    instruction = element("instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    return [
        part(element("fldChar", fldCharType="begin")),
        part(instruction),
        part(element("fldChar", fldCharType="separate")),
        part(_text("1")),
        part(element("fldChar", fldCharType="end")),
    ]


def fonts(chinese: str, latin: str) -> BaseOxmlElement:
    """Name the fonts of a run or style; the hint sets quotes and dashes shared by both scripts in the Chinese one."""
    return element("rFonts", ascii=latin, hAnsi=latin, eastAsia=chinese, cs=latin, hint="eastAsia")


def sizes(points: float) -> tuple[BaseOxmlElement, BaseOxmlElement]:
    """Give the font size, in half points, for both kinds of script."""
    half = round(points * 2)
    return element("sz", val=half), element("szCs", val=half)


def _text(piece: str) -> BaseOxmlElement:
    built = element("t")
    built.text = piece
    if piece != piece.strip():
        built.set(qn("xml:space"), "preserve")
    return built
