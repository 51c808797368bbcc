"""`baton compare`: what moved between two results, and why."""

from pathlib import Path
from typing import Annotated, Any

import typer

from baton.config.cli.answer import Answer
from baton.config.commands.parameters import Mapping
from baton.config.screen.attribution import print_attribution
from baton.config.screen.attribution_values import attribution_values
from baton.config.screen.comparison import print_comparison
from baton.config.screen.progress import meter
from baton.config.screen.unit_attribution import print_unit_attribution
from baton.config.screen.values import plain_values
from baton.config.work.attributing import Side, cases_of
from baton.config.work.templates import unit_code
from baton.engine.compare import Attribution, Comparison, attribute
from baton.engine.compare import compare as compare_sheets
from baton.engine.compare.attribution import UnitParts
from baton.engine.result.sheet import ScoreSheet
from baton.reports.store import load_results
from baton.words import Language, Problem, Refused


def compare(
    context: typer.Context,
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="config.help_before")],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="config.help_after")],
    pieces: Annotated[int, typer.Option("--pieces", min=0, metavar="N", help="config.help_pieces")] = 3,
    why: Annotated[bool, typer.Option("--why", help="config.help_why")] = False,
    unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help="config.help_why_unit")] = None,
    data_before: Annotated[
        list[Path] | None, typer.Option("--data-before", metavar="DATA", help="config.help_data_before")
    ] = None,
    data_after: Annotated[
        list[Path] | None, typer.Option("--data-after", metavar="DATA", help="config.help_data_after")
    ] = None,
    mapping: Mapping = None,
) -> Answer:
    """Compare two folders of results. JSON: the comparison, with `--why` also `attribution`; parts add up exactly."""
    sheets = load_results(before), load_results(after)
    found = compare_sheets(*sheets)
    attribution, chosen = None, None
    if why or unit or data_before or data_after:
        code = None if unit is None else unit_code(sheets[1].scheme, unit)
        with meter(context.obj) as progress:
            one, other = Side(before, sheets[0], data_before or ()), Side(after, sheets[1], data_after or ())
            cases = cases_of(one, other, mapping, progress.files)
            progress.step("config.step_attribute")
            attribution = attribute(*cases, lambda done, total: progress.count("config.step_attribute", done, total))
        chosen = None if code is None else _chosen(attribution, code)

    def show(language: Language) -> None:
        _show(found, attribution, chosen, sheets[1], language, pieces)

    return Answer(_told(found, attribution, chosen, context.obj.language), show)


def _chosen(found: Attribution, code: str) -> UnitParts:
    """Find the unit that was asked for; raises `Refused` where it has no total on one side."""
    for one in found.units:
        if one.unit == code:
            return one
    raise Refused([Problem("config.attribution_without_total", {"unit": code})])


def _show(
    found: Comparison,
    attribution: Attribution | None,
    chosen: UnitParts | None,
    after: ScoreSheet,
    language: Language,
    pieces: int,
) -> None:
    decimals = after.scheme.ranking.decimals
    if attribution is not None and chosen is not None:
        print_unit_attribution(attribution, chosen, language, after.scheme.decimals)
        return
    print_comparison(found, language, pieces if attribution is None else 0)
    if attribution is not None:
        print_attribution(attribution, language, decimals, pieces)


def _told(
    found: Comparison, attribution: Attribution | None, chosen: UnitParts | None, language: Language
) -> dict[str, Any]:
    told: dict[str, Any] = plain_values(found, language)
    for unit, source in zip(told["units"], found.units, strict=True):
        unit["difference"] = plain_values(source.difference, language)
        unit["places_won"] = plain_values(source.places_won, language)
        for piece, own in zip(unit["pieces"], source.pieces, strict=True):
            piece["difference"] = plain_values(own.difference, language)
    if attribution is not None:
        units = attribution.units if chosen is None else (chosen,)
        told["attribution"] = attribution_values(attribution, units, language)
    return told
