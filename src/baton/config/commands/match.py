"""`baton match`: a result beside what was published of it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from baton.config.cli.answer import Answer
from baton.config.commands.parameters import ResultFolder
from baton.config.inputs.mapped import read_published_table
from baton.config.screen.matches import print_matches
from baton.config.work.matching import Column
from baton.config.work.matching import match as match_sheets
from baton.engine.compare import Held
from baton.engine.terms import plain
from baton.reports.store import load_years
from baton.words import Language


def match(
    context: typer.Context,
    results: ResultFolder,
    published: Annotated[Path, typer.Argument(metavar="PUBLISHED", help="config.help_published")],
    mapping: Annotated[Path, typer.Option("--mapping", metavar="FILE", help="config.help_published_mapping")],
) -> Answer:
    """Hold a result against a published table. JSON: `columns`, each with its counts and what does not fit."""
    sheets = tuple(load_years(results))
    columns = match_sheets(sheets, read_published_table(published, mapping, sheets[-1].scheme))
    names = {unit.code: unit.name for sheet in sheets for unit in sheet.scheme.units}

    def show(language: Language) -> None:
        print_matches(columns, names, language)

    problems = tuple(column.problem(names) for column in columns if column.unfit)
    return Answer({"columns": [_told(column) for column in columns]}, show, problems)


def _told(column: Column) -> dict[str, Any]:
    furthest = column.furthest
    return {
        "year": column.year,
        "column": column.name,
        "compared": len(column.compared),
        "fit": len(column.compared) - len(column.unfit),
        "only_ours": column.only_ours,
        "largest_difference": None if furthest is None else _text(furthest, "difference"),
        "unfit": [_figure(one) for one in column.unfit],
    }


def _figure(one: Held) -> dict[str, Any]:
    published = one.published
    return {
        "unit": published.unit,
        "figure": published.figure,
        "of": list(published.of),
        "period": published.period,
        "published": None if published.value is None else plain(published.value),
        "ours": _text(one, "ours"),
        "difference": _text(one, "difference"),
        "cell": published.place.label(),
    }


def _text(one: Held, part: str) -> str | None:
    value = one.difference if part == "difference" else one.ours
    return None if value is None else plain(value)
