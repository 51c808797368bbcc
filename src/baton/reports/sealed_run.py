"""A run of a month, a year or a special assessment as a sealed file, for whoever computes it again."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from baton.assessment.models import AnnualRun, Run, SpecialRun
from baton.assessment.queries.annual.scored import ScoredYear, event_of
from baton.assessment.queries.monthly import Again
from baton.assessment.queries.special_scoring import SpecialScored
from baton.engine.panel import Observation
from baton.engine.result.sheet import ScoreSheet
from baton.engine.scheme.adjustments import Event
from baton.reports.store import provenance, save_results
from baton.reports.store.sealed import seal


def sealed_month(run: Run, again: Again, key: Ed25519PrivateKey) -> bytes:
    """Seal a run that was made again; the same run and key give the same bytes. `baton verify` takes the file."""
    published = [
        {"issue": one.issue, "document": one.document, "at": one.published_at.isoformat(timespec="seconds")}
        for one in run.publications.order_by("issue")
    ]
    told = {"month": run.month.period, **_about(run), "published": published}
    return _sealed(again.scored.sheet, again.figures, (), told, key)


def sealed_year(run: AnnualRun, again: ScoredYear, key: Ed25519PrivateKey) -> bytes:
    """Seal an annual run that was made again, with its events and what was decided on it."""
    decisions = [
        {
            "body": one.body,
            "document": one.document,
            "on": one.on.isoformat(),
            "grades": {row.unit.code: row.grade for row in one.grades.select_related("unit").order_by("unit__code")},
            "made_known": [
                {"issue": out.issue, "opens": out.opens.isoformat(), "closes": out.closes.isoformat()}
                for out in one.publications.order_by("issue")
            ],
        }
        for one in run.decisions.order_by("pk")
    ]
    told = {"year": run.annual.year, **_about(run), "decisions": decisions}
    return _sealed(again.sheet, again.figures, [event_of(one) for one in again.events], told, key)


def sealed_special(run: SpecialRun, again: SpecialScored, key: Ed25519PrivateKey) -> bytes:
    """Seal a run of a special assessment that was made again, with what put it out and, where it was, took it back."""
    row = run.special
    told: dict[str, Any] = {
        "special": row.item.title,
        "filing_number": row.item.number,
        "months": [row.first, row.last],
        "run": run.pk,
        "kind": run.kind,
        "scored_at": run.at.isoformat(timespec="seconds"),
        "scheme_of_the_house": row.version.digest,
        "not_waited_for_verification": run.reason,
        "published": {"document": run.document, "at": _moment(run.published_at)},
        "withdrawn": {"reason": run.withdrawn_reason, "at": _moment(run.withdrawn_at)} if run.withdrawn_at else None,
    }
    return _sealed(again.sheet, again.given, (), told, key)


def _moment(at: datetime | None) -> str:
    return "" if at is None else at.isoformat(timespec="seconds")


def _about(run: Run | AnnualRun) -> dict[str, Any]:
    return {
        "run": run.pk,
        "kind": run.kind,
        "scheme_of_the_year": run.scheme_digest,
        "scored_at": run.begun_at.isoformat(timespec="seconds"),
    }


def _sealed(
    sheet: ScoreSheet, figures: pl.DataFrame, events: Sequence[Event], told: Mapping[str, Any], key: Ed25519PrivateKey
) -> bytes:
    about = provenance.Run(options=told, observations=figures.height)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "result"
        save_results(folder, sheet, about, {}, _observations(figures), events)
        return seal(folder, key)


def _observations(figures: pl.DataFrame) -> Iterator[Observation]:
    rows: Iterable[Any] = figures.sort("unit", "series", "figure", "period").iter_rows()
    for unit, series, figure, period, value, early in rows:
        yield Observation(unit, series, figure, period, Decimal(value), early)
