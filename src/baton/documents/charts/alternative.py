"""A chart in words: its data as a table of texts, and one sentence for readers who do not see the picture."""

from baton.documents.charts.figures import (
    Curve,
    Figure,
    HeatMap,
    Lines,
    PointsBars,
    RangeBars,
    RankedBars,
    Value,
)

MISSING = "—"
_SHOWN_ROWS = 24
_NARROW = 3


def shown(value: Value) -> str:
    """Give a value as it stands in every chart: plain digits as given, an em dash for missing."""
    return MISSING if value is None else f"{value:f}"


def table(figure: Figure) -> tuple[tuple[str, ...], ...]:
    """Give the data of a chart as texts, the header first: what the button "show the data" shows."""
    match figure:
        case RankedBars():
            head: tuple[str, ...] = (figure.label_title, figure.value_title, figure.grade_title)
            rows = [(bar.label, shown(bar.value), bar.grade) for bar in figure.bars]
            if not figure.grades:
                return (head[:2], *(row[:2] for row in rows))
            return (head, *rows)
        case Lines():
            cells = [(line.name, *map(shown, line.values)) for line in figure.series]
            return ((figure.value_title, *figure.periods), *cells)
        case HeatMap():
            return ((figure.label_title, *figure.columns), *((label, *map(shown, row)) for label, row in figure.rows))
        case Curve():
            points = [(f"{x:f}", f"{y:f}") for piece in figure.pieces for x, y in piece.points]
            return ((figure.x_title, figure.y_title), *points)
        case PointsBars():
            items = [(bar.label, shown(bar.obtained), shown(bar.full)) for bar in figure.bars]
            return ((figure.label_title, figure.obtained_title, figure.full_title), *items)
        case RangeBars():
            ranges = [(bar.label, f"{bar.place:f}", _range(bar.narrow), _range(bar.wide)) for bar in figure.bars]
            return ((figure.label_title, figure.place_title, figure.narrow_title, figure.wide_title), *ranges)


def _range(places: tuple[int, int] | None) -> str:
    """Give first and last place; one number where they are the same."""
    if places is None:
        return MISSING
    first, last = places
    return f"{first}" if first == last else f"{first}–{last}"


def alternative(figure: Figure) -> str:
    """Give the text alternative: the title, what the figures are, then a clause per row (first and last of many).

    Up to three columns are named once, in brackets after the title; more columns are named beside every value.
    A reader who needs every row takes `table`.
    """
    head, *rows = table(figure)
    narrow = len(head) <= _NARROW
    clauses = [" ".join(filter(None, row)) if narrow else _clause(head, row) for row in rows]
    if len(clauses) > _SHOWN_ROWS:
        half = _SHOWN_ROWS // 2
        clauses = [*clauses[:half], "…", *clauses[-half:]]
    named = [name for name in (head if narrow else head[:1]) if name]
    if _is_chinese(figure.title):
        return f"{figure.title}{f'（{"、".join(named)}）' if named else ''}：{'；'.join(clauses)}。"
    return f"{figure.title}{f' ({", ".join(named)})' if named else ''}: {'; '.join(clauses)}."


def _is_chinese(words: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in words)


def _clause(head: tuple[str, ...], row: tuple[str, ...]) -> str:
    label, *cells = row
    return f"{label} " + ("，" if _is_chinese("".join(head)) else ", ").join(
        f"{title} {cell}" for title, cell in zip(head[1:], cells, strict=True)
    )
