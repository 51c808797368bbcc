"""Heat map: units by periods, every value printed in its cell so that the tone is only a help."""

from decimal import Decimal
from typing import Any

import altair as alt

from baton.documents.charts.alternative import shown
from baton.documents.charts.figures import HeatMap
from baton.documents.charts.layout import (
    FONT_PX,
    Layer,
    axis,
    base,
    dressed,
    label_expression,
    places,
    plot_width,
    row_step,
)
from baton.documents.charts.palette import HEAT_RANGE, PAPER, RULE
from baton.documents.measure import widest

_SMALLEST_PX = 8


def heat_map(figure: HeatMap) -> Layer:
    """Draw `HeatMap`: one hue from pale (lowest) to dark (highest); a missing value is an empty framed cell."""
    values = [value for _, row in figure.rows for value in row if value is not None]
    low, high = (min(values), max(values)) if values else (Decimal(0), Decimal(1))
    rows = [
        _cell((r, label), (c, column), value)
        for r, (label, cells) in enumerate(figure.rows)
        for c, (column, value) in enumerate(zip(figure.columns, cells, strict=True))
    ]
    labels = [label for label, _ in figure.rows]
    width = plot_width(labels)
    chart = base(rows)
    y = alt.Y("row:O", scale=places(len(labels)), axis=axis(None, labelExpr=label_expression(labels)))
    x_axis = axis(None, orient="top", labelAngle=0, labelExpr=label_expression(list(figure.columns)))
    x = alt.X("column:O", scale=places(len(figure.columns)), axis=x_axis)
    scale = alt.Scale(domain=[float(low), float(high)], range=list(HEAT_RANGE))
    legend = alt.Legend(title=figure.value_title, orient="bottom", gradientLength=160)
    tiles = (
        chart.transform_filter("datum.value !== null")
        .mark_rect(stroke=PAPER, strokeWidth=1)
        .encode(x=x, y=y, color=alt.Color("value:Q", scale=scale, legend=legend), description="said:N")
    )
    gaps = (
        chart.transform_filter("datum.value === null")
        .mark_rect(fill=PAPER, stroke=RULE, strokeWidth=1)
        .encode(x=x, y=y, description="said:N")
    )
    texts = chart.mark_text(aria=False, fontSize=_text_px(rows, width / max(1, len(figure.columns)))).encode(
        x=x, y=y, text="text:N"
    )
    layers = alt.layer(tiles, gaps, texts).properties(width=width, height=alt.Step(row_step(len(labels))))
    return dressed(layers, figure.title)


def _text_px(rows: list[dict[str, Any]], cell_px: float) -> int:
    fitting = int((cell_px - 4) / max(1.0, widest([row["text"] for row in rows]) * 1.1))
    return max(_SMALLEST_PX, min(FONT_PX - 1, fitting))


def _cell(row: tuple[int, str], column: tuple[int, str], value: Decimal | None) -> dict[str, Any]:
    return {
        "row": row[0],
        "column": column[0],
        "value": None if value is None else float(value),
        "text": shown(value),
        "said": f"{row[1]} {column[1]} {shown(value)}",
    }
