"""Points obtained inside the full points of each item."""

from typing import Any

import altair as alt

from baton.documents.charts.alternative import shown
from baton.documents.charts.figures import PointsBar, PointsBars
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
from baton.documents.charts.palette import ALARM, MAIN, PALE, QUIET
from baton.documents.measure import widest


def points_bars(figure: PointsBars) -> Layer:
    """Draw `PointsBars`: a pale framed bar of the full points, the obtained points dark within, both as text."""
    labels = [bar.label for bar in figure.bars]
    rows = [_row(index, bar) for index, bar in enumerate(figure.bars)]
    room = round(widest([row["text"] for row in rows]) * FONT_PX) + 12
    y = alt.Y("row:O", scale=places(len(rows)), axis=axis(None, labelExpr=label_expression(labels)))
    x_axis = axis(f"{figure.obtained_title} / {figure.full_title}", tickCount=6, grid=False)
    chart = base(rows)
    full = chart.mark_bar(color=PALE, stroke=QUIET, strokeWidth=0.6, height={"band": 0.72}, aria=False).encode(
        y=y, x=alt.X("full:Q", axis=x_axis)
    )
    obtained = chart.mark_bar(height={"band": 0.46}).encode(
        y=y, x="obtained:Q", color=alt.Color("tone:N", scale=None), href="link:N", description="said:N"
    )
    texts = chart.mark_text(align="left", dx=5, aria=False).encode(y=y, x="end:Q", text="text:N")
    layers = alt.layer(full, obtained, texts).properties(
        width=plot_width(labels, room), height=alt.Step(row_step(len(rows)))
    )
    return dressed(layers, figure.title)


def _row(index: int, bar: PointsBar) -> dict[str, Any]:
    text = f"{shown(bar.obtained)} / {shown(bar.full)}"
    obtained = None if bar.obtained is None else float(bar.obtained)
    return {
        "row": index,
        "full": float(bar.full),
        "obtained": obtained,
        "end": max(float(bar.full), obtained or 0.0, 0.0),
        "tone": ALARM if obtained is not None and obtained < 0 else MAIN,
        "text": text,
        "said": f"{bar.label} {text}",
        "link": link(bar.link),
    }
