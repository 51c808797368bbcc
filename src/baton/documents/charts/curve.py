"""The picture of a scoring rule: a function in pieces, with filled and hollow ends where it jumps."""

from typing import Final

import altair as alt

from baton.documents.charts.figures import Curve
from baton.documents.charts.layout import Layer, axis, base, dressed
from baton.documents.charts.palette import INK, LINE_DASHES, LINE_TONES, PAPER, of

WIDTH_PX: Final = 440
HEIGHT_PX: Final = 240


def curve(figure: Curve) -> Layer:
    """Draw `Curve`: every piece as a line, marks as dots (hollow: value not taken) with their labels above."""
    names = list(dict.fromkeys(piece.name for piece in figure.pieces))
    x = alt.X("x:Q", axis=axis(figure.x_title, tickCount=8), scale=alt.Scale(zero=False, nice=True))
    y = alt.Y("y:Q", axis=axis(figure.y_title, tickCount=6), scale=alt.Scale(nice=True))
    layers: list[alt.Chart] = []
    for piece in figure.pieces:
        index = names.index(piece.name)
        rows = [{"x": float(px), "y": float(py), "order": order} for order, (px, py) in enumerate(piece.points)]
        line = base(rows).mark_line(color=of(LINE_TONES, index), strokeWidth=2, strokeDash=of(LINE_DASHES, index))
        layers.append(line.encode(x=x, y=y, order="order:Q"))
    if any(names):
        layers.append(_names(figure, names, x, y))
    if figure.marks:
        marks = [
            {"x": float(m.x), "y": float(m.y), "label": m.label, "fill": PAPER if m.hollow else INK}
            for m in figure.marks
        ]
        dots = base(marks).mark_point(stroke=INK, size=46, strokeWidth=1.4, opacity=1)
        layers.append(dots.encode(x=x, y=y, fill=alt.Fill("fill:N", scale=None), description="label:N"))
        layers.append(base(marks).mark_text(dy=-13, aria=False).encode(x=x, y=y, text="label:N"))
    return dressed(alt.layer(*layers).properties(width=WIDTH_PX, height=HEIGHT_PX), figure.title)


def _names(figure: Curve, names: list[str], x: alt.X, y: alt.Y) -> alt.Chart:
    last = {piece.name: piece.points[-1] for piece in figure.pieces if piece.name and piece.points}
    rows = [
        {"x": float(px), "y": float(py), "name": name, "tone": of(LINE_TONES, names.index(name))}
        for name, (px, py) in last.items()
    ]
    text: alt.Chart = base(rows).mark_text(align="left", dx=8, aria=False)
    named: alt.Chart = text.encode(x=x, y=y, text="name:N", color=alt.Color("tone:N", scale=None))
    return named
