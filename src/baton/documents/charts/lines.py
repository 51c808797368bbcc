"""Lines over periods, each named at its end, so that no reader has to match colours with a legend."""

from typing import Any, Final

import altair as alt

from baton.documents.charts.alternative import shown
from baton.documents.charts.figures import Lines, Series
from baton.documents.charts.layout import FONT_PX, Layer, axis, base, dressed, label_expression, link, plot_width
from baton.documents.charts.palette import LINE_DASHES, LINE_SHAPES, LINE_TONES, QUIET, of
from baton.documents.measure import widest

HEIGHT_PX: Final = 260
_LABEL_PX: Final = 16
_POINT_AREA: Final = 42


def spread(wanted: list[float], gap: float) -> list[float]:
    """Move label positions apart to at least `gap`, keeping their order and, as near as can be, their middle.

    Positions and gap share a unit. Labels that touch become a block centred on the mean of their wishes
    (isotonic regression by pooling adjacent violators).
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    blocks: list[tuple[float, list[int]]] = []
    for place, index in enumerate(order):
        blocks.append((wanted[index] - place * gap, [index]))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (late, second), (early, first) = blocks.pop(), blocks.pop()
            size = len(first) + len(second)
            blocks.append(((early * len(first) + late * len(second)) / size, first + second))
    result = [0.0] * len(wanted)
    place = 0
    for level, members in blocks:
        for index in members:
            result[index] = level + place * gap
            place += 1
    return result


def lines(figure: Lines) -> Layer:
    """Draw `Lines`: a gap where a value is missing; name and last value stand at the end of every line."""
    rows = [row for index, series in enumerate(figure.series) for row in _rows(figure, index, series)]
    low, high = _domain(rows)
    ends = _ends(figure, (high - low) * _LABEL_PX / HEIGHT_PX)
    room = round(widest([end["text"] for end in ends]) * FONT_PX) + 20
    width = plot_width([shown(v) for s in figure.series for v in s.values], room)
    x = alt.X(
        "period:Q",
        scale=alt.Scale(domain=[0, max(1, len(figure.periods) - 1)], nice=False, padding=8),
        axis=_period_axis(figure, width),
    )
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    y = alt.Y("value:Q", scale=scale, axis=axis(figure.value_title, tickCount=6))
    drawn = [_line(rows, index, x, y) for index in range(len(figure.series))]
    edge = base(ends).encode(x=alt.value(width + 14), color=alt.Color("tone:N", scale=None))
    labels = edge.mark_text(align="left", aria=False).encode(y=alt.Y("at:Q", scale=scale), text="text:N")
    leaders = (
        base(ends)
        .mark_rule(color=QUIET, strokeWidth=0.6, aria=False)
        .encode(x=x, x2=alt.value(width + 11), y=alt.Y("value:Q", scale=scale), y2="at:Q")
    )
    return dressed(alt.layer(leaders, *drawn, labels).properties(width=width, height=HEIGHT_PX), figure.title)


def _line(rows: list[dict[str, Any]], index: int, x: alt.X, y: alt.Y) -> Layer:
    mine = base([row for row in rows if row["series"] == index])
    tone = of(LINE_TONES, index)
    path = mine.mark_line(
        color=tone, strokeWidth=1.8, strokeDash=of(LINE_DASHES, index), invalid="break-paths-show-domains"
    )
    dots = mine.transform_filter("datum.value !== null").mark_point(
        color=tone, fill=tone, shape=of(LINE_SHAPES, index), size=_POINT_AREA, opacity=1
    )
    return alt.layer(path.encode(x=x, y=y), dots.encode(x=x, y=y, href="link:N", description="said:N"))


def _rows(figure: Lines, index: int, series: Series) -> list[dict[str, Any]]:
    return [
        {
            "series": index,
            "period": place,
            "value": None if value is None else float(value),
            "said": f"{series.name} {period} {shown(value)}",
            "link": link(series.link),
        }
        for place, (period, value) in enumerate(zip(figure.periods, series.values, strict=True))
    ]


def _domain(rows: list[dict[str, Any]]) -> tuple[float, float]:
    values = [row["value"] for row in rows if row["value"] is not None] or [0.0, 1.0]
    low, high = min(values), max(values)
    margin = (high - low) * 0.08 or abs(high) * 0.05 or 1.0
    return low - margin, high + margin


def _ends(figure: Lines, gap: float) -> list[dict[str, Any]]:
    ends: list[dict[str, Any]] = []
    for index, series in enumerate(figure.series):
        known = [(place, value) for place, value in enumerate(series.values) if value is not None]
        if known:
            place, value = known[-1]
            text = f"{series.name} {shown(value)}"
            ends.append({"period": place, "value": float(value), "text": text, "tone": of(LINE_TONES, index)})
    for end, at in zip(ends, spread([end["value"] for end in ends], gap), strict=True):
        end["at"] = at
    return ends


def _period_axis(figure: Lines, width: int) -> alt.Axis:
    fitting = max(1, width // round((widest(list(figure.periods)) + 0.6) * FONT_PX))
    step = -(-len(figure.periods) // fitting)
    places = list(range(0, len(figure.periods), step))
    return axis(
        figure.period_title, values=places, labelExpr=label_expression(list(figure.periods)), labelAngle=0, grid=False
    )
