"""Sizes, fonts and the look common to all charts. A chart's pixel is 1/96 inch, as in CSS and in Word."""

from typing import Any, Final

import altair as alt

from baton.documents.charts.palette import INK, QUIET, RULE
from baton.documents.measure import ems, widest

FONT: Final = "Noto Sans SC"
FONT_PX: Final = 12
TITLE_PX: Final = 15
WIDTH_PX: Final = 588  # 156 mm, the text width of GB/T 9704, at 96 pixels an inch
ROW_PX: Final = 22
CROWDED_ROW_PX: Final = 17
_CROWDED = 30
_LINK_ORIGIN: Final = "https://links.invalid"

type Layer = alt.Chart | alt.LayerChart | alt.FacetChart
type Rows = list[dict[str, Any]]


def row_step(rows: int) -> int:
    """Give the height of a row in pixels: closer rows from 30 on."""
    return ROW_PX if rows <= _CROWDED else CROWDED_ROW_PX


def plot_width(labels: list[str], right_px: int = 0) -> int:
    """Give the width left for the plot beside its row labels and a margin on the right; never under 200 pixels."""
    return max(200, WIDTH_PX - round(widest(labels) * FONT_PX) - right_px - 30)


def base(rows: Rows) -> alt.Chart:
    """Start a chart over rows of plain values."""
    return alt.Chart(alt.InlineData(values=rows))


def link(target: str) -> str:
    """Mark a link for the renderer, which would otherwise resolve it against an address of its own."""
    return f"{_LINK_ORIGIN}{target}" if target else ""


def unlink(svg: str) -> str:
    """Give the links of an SVG back as the caller wrote them."""
    return svg.replace(_LINK_ORIGIN, "")


def places(count: int) -> alt.Scale:
    """Give the scale of rows or columns numbered from 0, all present even where a layer lacks some."""
    return alt.Scale(domain=list(range(count)))


def label_expression(labels: list[str]) -> str:
    """Give the Vega expression that turns a row number into its label, so that equal labels keep rows of their own."""
    quoted = ",".join("'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", " ") + "'" for text in labels)
    return f"[{quoted}][datum.value]"


def wrapped(title: str) -> str | list[str]:
    """Break a title that is wider than the chart into lines."""
    lines, line = [], ""
    for char in title:
        if ems(line + char) * TITLE_PX > WIDTH_PX:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line] if lines else title


def axis(title: str | None, **more: Any) -> alt.Axis:
    """Give a quiet axis: no ticks, no domain line, thin grid."""
    return alt.Axis(title=title, **{"domain": False, "ticks": False, "labelPadding": 6, **more})


def dressed(chart: Layer, title: str) -> Layer:
    """Put title, fonts and colours on a finished chart."""
    whole: Layer = (
        chart.properties(
            title=alt.TitleParams(wrapped(title), anchor="start", frame="bounds", offset=12), background="white"
        )
        .configure(font=FONT, padding=8)
        .configure_title(font=FONT, fontSize=TITLE_PX, fontWeight="normal", color=INK)
        .configure_view(stroke=None)
        .configure_text(font=FONT, fontSize=FONT_PX, color=INK)
        .configure_axis(
            labelFont=FONT,
            labelFontSize=FONT_PX,
            labelColor=INK,
            labelLimit=320,
            titleFont=FONT,
            titleFontSize=FONT_PX,
            titleFontWeight="normal",
            titleColor=QUIET,
            gridColor=RULE,
        )
        .configure_legend(
            labelFont=FONT,
            labelFontSize=FONT_PX,
            labelColor=INK,
            labelLimit=400,
            titleFont=FONT,
            titleFontSize=FONT_PX,
            titleFontWeight="normal",
            titleColor=QUIET,
            orient="top",
            direction="horizontal",
            offset=8,
        )
    )
    return whole
