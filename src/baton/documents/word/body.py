"""The body: blocks one after the other, landscape pages where a table needs them."""

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from baton.documents.content import Align, Block, Chart, Heading, PageBreak, Paragraph, Picture, Table
from baton.documents.word import layout
from baton.documents.word.numbering import Counter
from baton.documents.word.pages import turn
from baton.documents.word.picture import chart, picture
from baton.documents.word.table import needs_landscape, table
from baton.documents.word.xml import element, paragraph, run
from baton.words import Language

_JUSTIFIED = "both"


class Setter:
    """Sets blocks into a Word document and knows which way the present page lies."""

    def __init__(self, word: WordDocument, language: Language) -> None:
        self._word = word
        self._language = language
        self._landscape = False

    def put(self, *elements: BaseOxmlElement) -> None:
        """Set finished elements at the end."""
        end = self._word.element.body
        for item in elements:
            end.insert_element_before(item, "w:sectPr")

    def hold(self) -> None:
        """Keep the last paragraph so far with what comes: a signature may not stand on a page without text (7.3.5)."""
        last = self._word.element.body[-2] if len(self._word.element.body) > 1 else None
        properties = None if last is None or last.tag != qn("w:p") else last.find(qn("w:pPr"))
        if properties is not None and properties.find(qn("w:keepNext")) is None:
            properties.insert(1, element("keepNext"))

    def upright(self) -> None:
        """Go back to upright pages if the present one is landscape."""
        self._lie(landscape=False)

    def blocks(self, body: tuple[Block, ...]) -> None:
        """Set blocks; headings just before a wide table go with it to its landscape page."""
        counter = Counter(self._language)
        for index, block in enumerate(body):
            self._lie(landscape=self._wants_landscape(body, index))
            self.put(*self._set(block, counter))

    def new_page(self, body: tuple[Block, ...]) -> None:
        """Begin a new page, lying as the first of the blocks to come wants it."""
        if not self._lie(landscape=self._wants_landscape(body, 0)):
            self.put(_page_break())

    def _lie(self, *, landscape: bool) -> bool:
        turned = landscape != self._landscape
        if turned:
            turn(self._word, landscape=landscape)
            self._landscape = landscape
        return turned

    def _wants_landscape(self, body: tuple[Block, ...], index: int) -> bool:
        following = (block for block in body[index:] if not isinstance(block, Heading))
        block = next(following, None)
        return isinstance(block, Table) and needs_landscape(block)

    def _set(self, block: Block, counter: Counter) -> list[BaseOxmlElement]:
        room = layout.TEXT_HEIGHT_MM if self._landscape else layout.TEXT_WIDTH_MM
        match block:
            case Heading():
                number = counter.next(block.level) if block.numbered else ""
                return [paragraph(f"Heading{block.level}", run(number + block.text))]
            case Paragraph():
                return [_paragraph(block)]
            case Table():
                return table(block, room)
            case Chart():
                return chart(self._word, block, room)
            case Picture():
                return picture(self._word, block, room)
            case PageBreak():
                return [_page_break()]


def _paragraph(block: Paragraph) -> BaseOxmlElement:
    runs = [run(block.lead, element("b"), element("bCs"))] if block.lead else []
    runs.append(run(block.text))
    style = "BodyText" if block.indented and block.align is Align.LEFT else "Normal"
    stand = _JUSTIFIED if block.align is Align.LEFT else block.align.value
    return paragraph(style, *runs, properties=(element("jc", val=stand),))


def _page_break() -> BaseOxmlElement:
    return paragraph("Normal", element("r", element("br", type="page")))
