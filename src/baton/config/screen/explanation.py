"""An explanation on the terminal: the sum of the total, the tree, the indicators, the cells."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from baton.config.screen.tables import console, print_line, print_table
from baton.engine.explain import Explanation, IndicatorExplanation
from baton.engine.terms import plain
from baton.words import Language, text

_TREE = ("config.head_node", "config.head_points", "config.head_full", "config.head_contribution")
_INDICATORS = ("config.head_indicator", "config.head_points", "config.head_full", "config.head_contribution")
_LEAVES = (
    "config.head_period",
    "config.head_value",
    "config.head_target",
    "config.head_points",
    "config.head_full",
    "config.head_rank",
    "config.head_contribution",
)
_CELLS = ("config.head_figure", "config.head_period", "config.head_value", "config.head_cell", "config.head_conversion")
_ADJUSTMENTS = ("config.head_item", "config.head_points", "config.head_asked", "config.head_document")
_NOTHING = Decimal(0)


def print_explanation(
    found: Explanation, origins: Mapping[str, Sequence[Mapping[str, str]]], language: Language, whole: bool
) -> None:
    """Print why a unit has its total.

    `whole`: the tree and a line per indicator; else every period and every cell of the indicators.
    """
    one = found.standing
    print_line(
        "config.explain_head",
        language,
        unit=found.unit_name,
        group=found.group_name,
        year=found.year,
        rank="–" if one.rank is None else plain(one.rank),
        ranked=found.ranked,
        grade=one.grade or "–",
    )
    print_line(
        "config.explain_bounded_sum" if found.bounded else "config.explain_sum",
        language,
        base=_shown(one.base),
        bonus=_shown(one.bonus),
        deduction=_shown(one.deduction),
        bounded=_shown(found.bounded),
        total=_shown(one.total),
    )
    for reason in found.reasons:
        console().print(f"  · {reason.text(language)}", markup=False)
    if whole:
        _tree(found, language)
        _indicators(found, language)
    else:
        for indicator in found.indicators:
            _one(indicator, origins.get(indicator.code, ()), language)
    _adjustments(found, language)


def _shown(value: Decimal | None) -> str:
    return "–" if value is None else plain(value)


def _tree(found: Explanation, language: Language) -> None:
    """Print the nodes that carry an indicator of the unit, or a score; a shared tree has branches of other groups."""
    carrying = {name for one in found.indicators for name in one.path}
    rows = [
        ("　" * node.depth + node.name, node.score, node.full or None, node.contribution)
        for node in found.nodes
        if node.name in carrying or node.score or node.full or node.contribution
    ]
    print_table(text("config.tree_title", language), _TREE, rows, language)


def _indicators(found: Explanation, language: Language) -> None:
    rows = [
        (
            f"{one.code} {one.name}",
            sum((leaf.points for leaf in one.leaves if leaf.points is not None), _NOTHING),
            sum((leaf.full for leaf in one.leaves), _NOTHING),
            one.contribution,
        )
        for one in found.indicators
    ]
    rows.append((text("config.word_together", language), None, None, sum((row[3] for row in rows), _NOTHING)))  # type: ignore[arg-type]
    print_table(text("config.indicators_title", language), _INDICATORS, rows, language)


def _one(one: IndicatorExplanation, cells: Sequence[Mapping[str, str]], language: Language) -> None:
    out = console()
    out.print(f"{' › '.join(one.path)} › {one.code} {one.name}", style="bold", markup=False)
    for line in one.rule:
        out.print(f"  {line.text(language)}", markup=False)
    rows = [
        (
            f"{leaf.period} {leaf.part_name}".strip(),
            leaf.value,
            leaf.due if leaf.due is not None else leaf.target,
            leaf.points,
            leaf.full,
            None if leaf.rank is None else f"{leaf.rank}/{leaf.group.scored}",
            leaf.contribution,
        )
        for leaf in one.leaves
    ]
    print_table("", _LEAVES, rows, language)
    for leaf in one.leaves:
        for line in (*leaf.check, *leaf.flags):
            out.print(f"  {leaf.period}  {line.text(language)}", markup=False)
    if cells:
        told = [
            (
                _figure(cell, language),
                cell["period"],
                cell.get("value"),
                " › ".join(cell[name] for name in ("file", "sheet", "cell") if name in cell),
                cell.get("conversion"),
            )
            for cell in cells
        ]
        print_table(text("config.cells_title", language), _CELLS, told, language)


def _adjustments(found: Explanation, language: Language) -> None:
    if found.adjustments:
        names = {item.code: item.name for item in found.items}
        rows = [
            (f"{one.item} {names.get(one.item, '')}".rstrip(), one.points, one.asked, one.document or None)
            for one in found.adjustments
        ]
        print_table(text("config.adjustments_title", language), _ADJUSTMENTS, rows, language)


def _figure(cell: Mapping[str, str], language: Language) -> str:
    """Name a figure as forms do, and say where it is preliminary or a correction."""
    code = cell["figure"]
    stem = code.rstrip("0123456789")
    try:
        name = text(f"sheets.figure_{stem}", language, number=code.removeprefix(stem))
    except KeyError:
        name = code
    marks = [text("config.word_preliminary", language)] if "preliminary" in cell else []
    if "version" in cell:
        marks.append(text("config.word_version", language, version=cell["version"]))
    return f"{name} ({', '.join(marks)})" if marks else name
