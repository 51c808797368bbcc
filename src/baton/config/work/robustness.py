"""Keep a robustness analysis in a folder of its own: everything as JSON, the units as a table."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from baton.config.screen.values import plain_values
from baton.engine.result.sheet import ScoreSheet
from baton.engine.robustness.result import Robustness
from baton.engine.robustness.robustness import robustness
from baton.engine.robustness.settings import Progress, silent
from baton.reports.store import new_folder
from baton.reports.store.save import place_for
from baton.words import Language, Problem, Refused, Severity

TABLE, ALL = "robustness.parquet", "robustness.json"


def place_for_robustness(target: Path) -> None:
    """Refuse a folder that holds something else than an earlier analysis; raises `Refused`."""
    place_for(target, ALL, {TABLE, ALL})


def analysed(sheet: ScoreSheet, progress: Progress = silent) -> tuple[Robustness | None, tuple[Problem, ...]]:
    """Analyse a result under the usual settings: the analysis, None where no group can be, and what must be said.

    What stands in the way of an analysis does not stand in the way of a result: it is a warning.
    """
    try:
        found = robustness(sheet, progress=progress)
    except Refused as refused:
        return None, tuple(replace(problem, severity=Severity.WARNING) for problem in refused.problems)
    return found, (*found.problems, *(one for group in found.groups for one in group.notices))


def told_robustness(found: Robustness, language: Language) -> dict[str, Any]:
    """Give the analysis as plain values; problems and notices are told by the answer."""
    told: dict[str, Any] = plain_values(found, language)
    del told["problems"]
    for group in told["groups"]:
        del group["notices"]
    return told


def save_robustness(target: Path, sheet: ScoreSheet, found: Robustness, language: Language) -> None:
    """Write the folder, whole or not at all. Raises OSError."""
    with new_folder(target) as folder:
        _table(sheet, found).write_parquet(folder / TABLE)
        told = {"scheme_digest": sheet.scheme_digest, **told_robustness(found, language)}
        (folder / ALL).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _table(sheet: ScoreSheet, found: Robustness) -> pl.DataFrame:
    """One row per unit: rank, both intervals, noise, band, and the probability of each grade under both."""
    grades = [grade.code for grade in sheet.scheme.grading.grades]
    rows = []
    for group in found.groups:
        for one in group.units:
            row: dict[str, Any] = {
                "group": group.group,
                "unit": one.unit,
                "rank": one.rank,
                "total": one.total,
                "grade": one.grade,
                "everyday_best": None if one.everyday is None else one.everyday.best,
                "everyday_worst": None if one.everyday is None else one.everyday.worst,
                "choices_best": one.choices.best,
                "choices_worst": one.choices.worst,
                "noise": one.noise,
                "band": one.band,
            }
            for kind, shares in (("everyday", one.grades_everyday), ("choices", one.grades_by_choice)):
                row |= {f"{kind}_{code}": shares.get(code, 0.0) if shares else None for code in grades}
            rows.append(row)
    return pl.DataFrame(rows, infer_schema_length=None)
