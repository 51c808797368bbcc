"""Ranges of places: for each unit the place it has, and between which places it could as well stand."""

from typing import Any

import altair as alt

from baton.documents.charts.figures import RangeBar, RangeBars
from baton.documents.charts.layout import (
    FONT_PX,
    Layer,
    axis,
    base,
    dressed,
    label_expression,
    link,
    places,
    plot_width,
    row_step,
)
from baton.documents.charts.palette import ALARM, GRADE_TONES, INK, PAPER, QUIET
from baton.documents.measure import widest

_HALF = 0.38
"""Half the length of a range that covers a single place."""
_MOST_LABELS = 12


def range_bars(figure: RangeBars) -> Layer:
    """Draw `RangeBars`: a pale frame for the wide range, a dark bar for the narrow one, a dot at the place itself."""
    labels = [bar.label for bar in figure.bars]
    rows = [_row(index, bar, figure) for index, bar in enumerate(figure.bars)]
    room = round(widest([row["text"] for row in rows]) * FONT_PX) + 12
    last = max((bar.wide[1] for bar in figure.bars), default=1)
    step = max(1, -(-last // _MOST_LABELS))
    y = alt.Y("row:O", scale=places(len(rows)), axis=axis(None, labelExpr=label_expression(labels)))
    scale = alt.Scale(domain=[1 - 2 * _HALF, last + 2 * _HALF], nice=False, zero=False)
    ticks = axis(_legend(figure), values=list(range(1, last + 1, step)), format="d")
    x = alt.X("wide_from:Q", scale=scale, axis=ticks)
    chart = base(rows)
    wide = chart.mark_bar(
        color=GRADE_TONES[-1], stroke=QUIET, strokeWidth=0.6, height={"band": 0.78}, aria=False
    ).encode(y=y, x=x, x2="wide_to:Q")
    narrow = chart.mark_bar(color=GRADE_TONES[2], height={"band": 0.44}, aria=False).encode(
        y=y, x="narrow_from:Q", x2="narrow_to:Q"
    )
    dots = chart.mark_point(filled=True, size=52, stroke=PAPER, strokeWidth=0.8, opacity=1).encode(
        y=y,
        x="place:Q",
        color=alt.Color("tone:N", scale=None),
        shape=alt.Shape("shape:N", scale=None),
        href="link:N",
        description="said:N",
    )
    texts = chart.mark_text(align="left", dx=6, aria=False).encode(y=y, x="end:Q", text="text:N")
    layers = alt.layer(wide, narrow, dots, texts).properties(
        width=plot_width(labels, room), height=alt.Step(row_step(len(rows)))
    )
    return dressed(layers, figure.title)


def _legend(figure: RangeBars) -> str:
    return f"● {figure.place_title}    ■ {figure.narrow_title}    □ {figure.wide_title}"


def _row(index: int, bar: RangeBar, figure: RangeBars) -> dict[str, Any]:
    narrow = bar.narrow or (None, None)
    said = [bar.label, f"{figure.place_title} {bar.place:f}", f"{figure.wide_title} {bar.wide[0]}–{bar.wide[1]}"]
    if bar.narrow:
        said.insert(2, f"{figure.narrow_title} {bar.narrow[0]}–{bar.narrow[1]}")
    return {
        "row": index,
        "place": float(bar.place),
        "wide_from": bar.wide[0] - _HALF,
        "wide_to": bar.wide[1] + _HALF,
        "narrow_from": None if narrow[0] is None else narrow[0] - _HALF,
        "narrow_to": None if narrow[1] is None else narrow[1] + _HALF,
        "end": max(bar.wide[1], narrow[1] or 0) + _HALF,
        "tone": ALARM if bar.marked else INK,
        "shape": "diamond" if bar.marked else "circle",
        "text": bar.note,
        "said": " ".join(said),
        "link": link(bar.link),
    }
