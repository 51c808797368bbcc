"""A year of figures, reports and results of the measured county.

Months are opened, scored, published and followed up by the house's own actions, on the days on which that happens.
Figures and reports are written in bulk as rows of the house's own models, since typing 360,000 of them takes hours.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import batched

from baton.config.ready import SETTINGS as SETTINGS  # makes Django ready before tables are named

# isort: split
from plan import MONTHS, NOW, YEAR, Plan

from baton.assessment.actions.months import open_month
from baton.assessment.actions.schemes import adopt_scheme
from baton.assessment.actions.scores import publish_month, score_month
from baton.assessment.actions.tracking import follow_up
from baton.assessment.choices import BatchKind, FigureSource, RunKind, StepRole, SubmissionState, Verb
from baton.assessment.models import Batch, Check, Figure, Month, Submission, SubmissionStep
from baton.assessment.rules.receipts import digest_of_figures, receipt_number
from baton.core import clock
from baton.core.acting import SYSTEM, Actor, acting
from baton.core.models import User
from baton.engine.scheme.text import to_yaml
from baton.example.running.load import ZONE, at
from baton.org.models import Unit

SEED = 2026
CORRECTED, WEAK_EVERY = 0.01, 125
AT_ONCE = 5_000
WAY = (
    (StepRole.CLERK, Verb.SUBMIT, "reporter"),
    (StepRole.LEADER_IN_CHARGE, Verb.APPROVE, "leader_in_charge"),
    (StepRole.UNIT_HEAD, Verb.APPROVE, "unit_head"),
)


class Year:
    """Lives through the year, month by month."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.chance = plan, random.Random(SEED)
        self.units = {unit.code: unit for unit in Unit.objects.filter(code__in=plan.codes)}
        self.users = {user.username: user for user in User.objects.exclude(username__startswith="p0")}
        self.level = {
            (code, number): 45 if (at * plan.indicators + number) % WEAK_EVERY == 1 else self.chance.uniform(82, 108)
            for at, code in enumerate(plan.codes)
            for number in range(plan.indicators)
        }

    def live(self) -> None:
        """Adopt the scheme, publish eleven months, and leave the twelfth as the clerks find it on its last day."""
        with at(_day(0, 5)):
            adopt_scheme(by=SYSTEM, text=to_yaml(self.plan.scheme()))
        head = Actor(self.users["office_head-0"])
        for number in range(1, MONTHS + 1):
            with at(_day(number, 1)):
                month = open_month(by=SYSTEM, period=f"{YEAR}-{number:02d}")
            with at(_day(number, 4)):
                self.report(month)
            if month.period == NOW:
                return
            with at(_day(number, 10)):
                self.check(month)
            with at(_day(number, 24)):
                score_month(by=SYSTEM, period=month.period, kind=RunKind.OFFICIAL)
            with at(_day(number, 25)):
                publish_month(by=head, period=month.period, document=f"云考办〔{YEAR}〕{number}号")
        raise AssertionError

    def report(self, month: Month) -> None:
        """Report a month: of the last one only what its busy departments report beside the first indicator of each."""
        own = {(row.series, row.unit_id): row for row in Submission.objects.filter(month=month)}
        wanted = range(self.plan.units, self.plan.indicators) if month.period == NOW else range(self.plan.indicators)
        numbers = [number for number in wanted if not (month.period == NOW and self.plan.is_own(number))]
        with acting(SYSTEM) as told:
            batches = Batch.objects.bulk_create(self._batch(month, number) for number in numbers)
            rows = [
                row
                for batch, number in zip(batches, numbers, strict=True)
                for row in self._figures(month, batch, number)
                if month.period != NOW or (row.series, row.unit_id) not in own
            ]
            for some in batched(rows, AT_ONCE):
                Figure.objects.bulk_create(some)
            self._correct(month, rows)
            for batch, number in zip(batches, numbers, strict=True):
                told.did("assessment.figures_entered", batch, count=self.plan.units, series=[f"I{number:03d}"])
            if month.period != NOW:
                self._reported({(row.series, row.unit_id): row.value for row in rows}, own.values())

    def _batch(self, month: Month, number: int) -> Batch:
        lead = self.plan.lead(number)
        by = self.users[f"reporter-{lead}".lower()]
        return Batch(kind=BatchKind.GRID, month=month, unit=self.units[lead], by=by, at=clock.now())

    def _figures(self, month: Month, batch: Batch, number: int) -> Iterator[Figure]:
        for code in self.plan.codes:
            value = self.level[code, number] + self.chance.gauss(0, 2)
            yield Figure(
                unit=self.units[code],
                series=f"I{number:03d}",
                figure="actual",
                period=month.period,
                value=f"{value:.2f}",
                source=FigureSource.TYPED,
                batch=batch,
            )

    def _correct(self, month: Month, rows: list[Figure]) -> None:
        """Correct one figure in a hundred."""
        chosen = [row for row in rows if self.chance.random() < CORRECTED]
        if not chosen:
            return
        batch = Batch.objects.create(kind=BatchKind.CORRECTION, month=month, at=clock.now(), reason="核实后更正")
        Figure.objects.bulk_create(
            Figure(
                unit_id=row.unit_id,
                series=row.series,
                figure=row.figure,
                period=row.period,
                version=1,
                value=f"{float(row.value) + 1:.2f}",
                source=row.source,
                batch=batch,
                supersedes=row,
                reason="核实后更正",
            )
            for row in chosen
        )

    def _reported(self, values: dict[tuple[str, int], str], own: object) -> None:
        """Put the units' own reports through their desks."""
        reports = [row for row in own if isinstance(row, Submission)]
        codes = {unit.pk: code.lower() for code, unit in self.units.items()}
        for row in reports:
            row.state = SubmissionState.APPROVED.value
            row.values = {f"actual:{row.month.period}": values[row.series, row.unit_id]}
        Submission.objects.bulk_update(reports, ["state", "values"], batch_size=500)
        SubmissionStep.objects.bulk_create(
            SubmissionStep(
                submission=row, role=role, verb=verb, by=self.users[f"{name}-{codes[row.unit_id]}"], at=clock.now()
            )
            for row in reports
            for role, verb, name in WAY
        )

    def check(self, month: Month) -> None:
        """Sign every unit's figures."""
        seen: dict[int, list[tuple[str, str, str, int, str]]] = {}
        rows = Figure.objects.counting().filter(period=month.period)
        for unit, *key in rows.values_list("unit", "series", "figure", "period", "version", "value"):
            seen.setdefault(unit, []).append(tuple(key))  # type: ignore[arg-type]
        with acting(SYSTEM):
            Check.objects.bulk_create(
                Check(
                    month=month,
                    unit=unit,
                    receipt=receipt_number(month.period, code, 1),
                    seen=digest_of_figures(seen[unit.pk]),
                    figures=len(seen[unit.pk]),
                    by=self.users[f"unit_head-{code}".lower()],
                    at=clock.now(),
                )
                for code, unit in self.units.items()
            )


def follow() -> None:
    """Open items for what lags by the last result that is out."""
    follow_up(period=f"{YEAR}-{MONTHS - 1:02d}")


def _day(month: int, day: int) -> datetime:
    """Give a morning in the month after one."""
    first = date(YEAR + month // 12, month % 12 + 1, 1)
    return datetime.combine(first + timedelta(days=day - 1), datetime.min.time(), ZONE) + timedelta(hours=9)


def real_now() -> datetime:
    """Give the moment by the machine's clock."""
    return datetime.now(UTC)
