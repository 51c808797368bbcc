"""Ranked bars: units by value, the grade told by a word, a shape and a tone."""

from typing import Any

import altair as alt

from baton.documents.charts.alternative import shown
from baton.documents.charts.figures import Bar, RankedBars
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
from baton.documents.charts.palette import GRADE_SHAPES, GRADE_TONES, MAIN, of
from baton.documents.measure import widest


def ranked_bars(figure: RankedBars) -> Layer:
    """Draw `RankedBars`: rows in the order given; beside each bar its value, and shape and word of its grade."""
    labels = [bar.label for bar in figure.bars]
    rows = [_row(figure, index, bar) for index, bar in enumerate(figure.bars)]
    room = round(widest([row["text"] for row in rows]) * FONT_PX) + 12
    y = alt.Y("row:O", scale=places(len(rows)), axis=axis(None, labelExpr=label_expression(labels)))
    width = plot_width(labels, room)
    chart = base(rows)
    bars = chart.mark_bar(height={"band": 0.72}).encode(
        y=y,
        x=alt.X("value:Q", axis=axis(figure.value_title, tickCount=6, grid=False), scale=alt.Scale(zero=True)),
        color=alt.Color("tone:N", scale=None),
        href="link:N",
        description="said:N",
    )
    texts = chart.mark_text(align="left", dx=5, aria=False).encode(y=y, x="end:Q", text="text:N")
    layers = alt.layer(bars, texts).properties(width=width, height=alt.Step(row_step(len(rows))))
    return dressed(layers, figure.title)


def _row(figure: RankedBars, index: int, bar: Bar) -> dict[str, Any]:
    place = figure.grades.index(bar.grade) if bar.grade in figure.grades else -1
    grade = f"  {of(GRADE_SHAPES, place)} {bar.grade}" if place >= 0 else ""
    return {
        "row": index,
        "value": None if bar.value is None else float(bar.value),
        "end": 0.0 if bar.value is None else max(0.0, float(bar.value)),
        "tone": of(GRADE_TONES, place) if place >= 0 else MAIN,
        "text": f"{shown(bar.value)}{grade}",
        "said": f"{bar.label} {shown(bar.value)} {bar.grade}".strip(),
        "link": link(bar.link),
    }
