"""The sheet of a year as rows that pages list."""

from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from baton.assessment.models import AnnualLeaf, AnnualNode, AnnualResult, AnnualRun
from baton.assessment.queries.annual.scored import EventRow, ScoredYear, SureOfYear
from baton.core.bulk import add_rows, decimal_text
from baton.engine.result.sheet import Adjustment, Standing
from baton.engine.terms import plain
from baton.org.models import Unit


def write_year(run: AnnualRun, scored: ScoredYear, sure: Mapping[str, SureOfYear]) -> None:
    """Write a sheet down as the rows of a run: units, and all nodes and leaves of every period."""
    units = dict(Unit.objects.filter(code__in=[one.unit for one in scored.sheet.standings]).values_list("code", "pk"))
    AnnualResult.objects.bulk_create(_results(run, scored, units, sure))
    number = pl.col("unit").cast(pl.String).replace_strict(units, return_dtype=pl.Int64)
    points = pl.lit(scored.scheme.decimals)
    nodes = scored.sheet.nodes.to_native()
    add_rows(
        AnnualNode,
        nodes.select(
            run_id=pl.lit(run.pk),
            unit_id=number,
            node="node",
            period="period",
            score=decimal_text("score", points),
            full=decimal_text("full", points),
        ),
    )
    leaves = scored.sheet.leaves.to_native()
    add_rows(
        AnnualLeaf,
        leaves.select(
            run_id=pl.lit(run.pk),
            unit_id=number,
            indicator=pl.col("indicator").cast(pl.String),
            part=pl.col("part").cast(pl.String),
            period=pl.col("period").cast(pl.String),
            value=decimal_text("value", "decimals").fill_null(""),
            target=decimal_text("target", "decimals").fill_null(""),
            points=decimal_text("points", points),
            full=decimal_text("full", points),
            rank="rank",
            flags=pl.col("flags").cast(pl.Int64),
        ),
    )


def _results(
    run: AnnualRun, scored: ScoredYear, units: Mapping[str, int], sure: Mapping[str, SureOfYear]
) -> Iterator[AnnualResult]:
    entries = _entries(scored.events)
    for one in scored.sheet.standings:
        known = sure.get(one.unit)
        place = None if known is None else known.place
        yield AnnualResult(
            run=run,
            unit_id=units[one.unit],
            group=one.group,
            base=one.base,
            bonus=one.bonus,
            deduction=one.deduction,
            total=one.total,
            compared=one.compared,
            rank=one.rank,
            by_score=one.grade_by_score or "",
            grade=one.grade or "",
            reasons=_reasons(one),
            parts={code: None if points is None else plain(points) for code, points in one.parts.items()},
            vetoes=list(one.vetoes),
            tie_keys=[None if key is None else plain(key) for key in one.tie_keys],
            adjustments=[_adjustment(row, entries) for row in scored.sheet.adjustments if row.unit == one.unit],
            best=None if place is None else place.interval.best,
            worst=None if place is None else place.interval.worst,
            sure=None if known is None else known.grade,
        )


def _reasons(one: Standing) -> list[dict[str, object]]:
    return [
        {"code": code, "params": {name: str(value) for name, value in given.items()}} for code, given in one.reasons
    ]


def _entries(events: Iterable[EventRow]) -> dict[tuple[str, str, str, str], list[int]]:
    found: dict[tuple[str, str, str, str], list[int]] = {}
    for one in events:
        found.setdefault(_key(one), []).append(one["entry"])
    return found


def _key(row: EventRow) -> tuple[str, str, str, str]:
    return row["unit"], row["item"], row["matter"], row["document"]


def _adjustment(row: Adjustment, entries: Mapping[tuple[str, str, str, str], list[int]]) -> dict[str, object]:
    """Give an event and what it came to; `entry` leads to the ledger where only one entry can be meant."""
    named = entries.get((row.unit, row.item, row.matter, row.document), [])
    return {
        "item": row.item,
        "kind": row.kind,
        "matter": row.matter,
        "asked": plain(row.asked),
        "points": plain(row.points),
        "counting": row.counting,
        "reason": row.reason,
        "document": row.document,
        "level": row.level,
        "note": row.note,
        "entry": named[0] if len(named) == 1 else None,
    }
