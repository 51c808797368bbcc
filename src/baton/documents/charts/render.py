"""From a figure to SVG for the page and PNG for Word, by vl-convert, without browser, network or system fonts.

The same figure gives the same bytes. The SVG needs no script and carries no style attribute (strict CSP `'self'`).
"""

import hashlib
import re
import struct
import zlib
from functools import cache
from html import escape
from typing import Any, Final

import pylopdf_fonts_zh_cn
import vl_convert

from baton.documents.charts.alternative import alternative
from baton.documents.charts.bars import ranked_bars
from baton.documents.charts.curve import curve
from baton.documents.charts.figures import Curve, Figure, HeatMap, Lines, PointsBars, RangeBars, RankedBars
from baton.documents.charts.heat import heat_map
from baton.documents.charts.layout import Layer, unlink
from baton.documents.charts.lines import lines
from baton.documents.charts.points import points_bars
from baton.documents.charts.ranges import range_bars

_VEGA_LITE: Final = "6.4"
_CLIP = re.compile(r"\b(clip|gradient)_?(\d+)\b")


def draw(figure: Figure) -> Layer:
    """Give the Altair chart of a figure."""
    match figure:
        case RankedBars():
            return ranked_bars(figure)
        case Lines():
            return lines(figure)
        case HeatMap():
            return heat_map(figure)
        case Curve():
            return curve(figure)
        case PointsBars():
            return points_bars(figure)
        case RangeBars():
            return range_bars(figure)


def svg(figure: Figure) -> str:
    """Render a figure as SVG: named by its title, described by its text alternative, marks linked as given.

    Names of clips and gradients hold a digest of the drawing, so that several charts may stand in one page.
    """
    register_fonts()
    raw = unlink(vl_convert.vegalite_to_svg(_spec(figure), vl_version=_VEGA_LITE, allowed_base_urls=[]))
    numbers: dict[str, int] = {}
    bare = _CLIP.sub(lambda found: f"{found[1]}-{numbers.setdefault(found[0], len(numbers))}", raw)
    digest = hashlib.sha256(bare.encode()).hexdigest()[:10]
    named = re.sub(r"\b(clip|gradient)-(\d+)\b", rf"\1-{digest}-\2", bare)
    label, words = escape(figure.title), escape(alternative(figure))
    return named.replace("<svg ", f'<svg role="graphics-document" aria-label="{label}" ', 1).replace(
        "><", f"><desc>{words}</desc><", 1
    )


def png(figure: Figure, *, scale: float = 2.5, titled: bool = True) -> bytes:
    """Render a figure as PNG; scale 2.5 is 240 dots an inch at its natural size of 96 pixels an inch.

    `titled` False leaves the title out, for a document that has a caption of its own.
    """
    register_fonts()
    spec = _spec(figure)
    if not titled:
        del spec["title"]
    image: bytes = vl_convert.vegalite_to_png(spec, vl_version=_VEGA_LITE, scale=scale, allowed_base_urls=[])
    return _squeezed(image)


@cache
def register_fonts() -> None:
    """Make the wheel's Chinese fonts known to the renderer; once a process."""
    vl_convert.register_font_directory(str(pylopdf_fonts_zh_cn.sans_path().parent))


def _squeezed(image: bytes) -> bytes:
    """Pack the pixels of a PNG once more, smaller: the renderer packs for speed, at three times the size."""
    signature, position, data = image[:8], 8, b""
    chunks: list[tuple[bytes, bytes]] = []
    while position < len(image):
        length, kind = struct.unpack_from(">I4s", image, position)
        body = image[position + 8 : position + 8 + length]
        position += 12 + length
        if kind == b"IDAT":
            data += body
        elif kind == b"IEND":
            chunks.append((b"IDAT", zlib.compress(zlib.decompress(data), 6)))
        if kind != b"IDAT":
            chunks.append((kind, body))
    packed = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    return signature + b"".join(packed)


def _spec(figure: Figure) -> dict[str, Any]:
    return draw(figure).to_dict()
