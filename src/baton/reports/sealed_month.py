"""A month's run as a sealed file: scheme, figures, result and digests, for whoever wants to compute it again."""

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import polars as pl
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from baton.assessment.models import Run
from baton.assessment.queries.monthly import Again
from baton.engine.panel import Observation
from baton.reports.store import provenance, save_results
from baton.reports.store.sealed import seal


def sealed_month(run: Run, again: Again, key: Ed25519PrivateKey) -> bytes:
    """Seal a run that was made again; the same run and key give the same bytes. `baton verify` takes the file."""
    told = {
        "month": run.month.period,
        "run": run.pk,
        "kind": run.kind,
        "scheme_of_the_year": run.scheme_digest,
        "scored_at": run.begun_at.isoformat(timespec="seconds"),
        "published": [
            {"issue": one.issue, "document": one.document, "at": one.published_at.isoformat(timespec="seconds")}
            for one in run.publications.order_by("issue")
        ],
    }
    about = provenance.Run(options=told, observations=again.figures.height)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "result"
        save_results(folder, again.scored.sheet, about, {}, _observations(again.figures))
        return seal(folder, key)


def _observations(figures: pl.DataFrame) -> Iterator[Observation]:
    for unit, series, figure, period, value, early in figures.sort("unit", "series", "figure", "period").iter_rows():
        yield Observation(unit, series, figure, period, Decimal(value), early)
