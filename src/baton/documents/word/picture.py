"""Pictures and charts as PNG in the line of text, with a text alternative and a caption below."""

import io

from docx.document import Document as WordDocument
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu

from baton.documents.charts import alternative, png
from baton.documents.content import Chart, Picture
from baton.documents.word import layout
from baton.documents.word.xml import paragraph, run

_CHART_SCALE = 2.5
_DOTS_PER_INCH = 96.0
_CAPTION_ROOM_MM = 14.0


def chart(word: WordDocument, content: Chart, room_mm: float) -> list[BaseOxmlElement]:
    """Set a chart at its natural size of 96 pixels an inch, smaller if the page asks for it."""
    image = png(content.figure, scale=_CHART_SCALE, titled=not content.caption)
    width = int.from_bytes(image[16:20], "big") / _CHART_SCALE / _DOTS_PER_INCH * 25.4
    words = content.alternative or alternative(content.figure)
    return picture(word, Picture(image, words, content.caption, width), room_mm)


def picture(word: WordDocument, content: Picture, room_mm: float) -> list[BaseOxmlElement]:
    """Set a picture centred, no wider than the text and no higher than a page."""
    pixels = int.from_bytes(content.png[16:20], "big"), int.from_bytes(content.png[20:24], "big")
    tallest = layout.TEXT_HEIGHT_MM if room_mm <= layout.TEXT_WIDTH_MM else layout.TEXT_WIDTH_MM
    width = min(content.width_mm, room_mm, (tallest - _CAPTION_ROOM_MM) * pixels[0] / pixels[1])
    inline = word.part.new_pic_inline(io.BytesIO(content.png), width=Emu(layout.emu(width)))
    inline.docPr.set("descr", content.alternative)
    inline.docPr.set("title", content.caption)
    holder = run("")
    holder.add_drawing(inline)
    caption = [paragraph("FigureCaption", run(content.caption))] if content.caption else []
    return [paragraph("Figure", holder), *caption]
