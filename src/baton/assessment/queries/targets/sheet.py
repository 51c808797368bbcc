"""A unit's sheet: every target that it is to propose or answer, with last year's figure and what may be expected."""

from collections.abc import Mapping
from dataclasses import dataclass

from baton.assessment.actions.below.doors import SIGNS
from baton.assessment.choices import TargetStepKind
from baton.assessment.models import SchemeVersion, Target, TargetStep
from baton.assessment.queries.targets.judging import Judging, Key, held_before, judging_of
from baton.assessment.queries.targets.lists import own_sheet
from baton.core import clock
from baton.core.models import User
from baton.org.queries import powers


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A target on a unit's sheet. `theirs`: what was last said to the unit; `signs`: whether this person signs it."""

    target: Target
    last: float | None
    expected: float | None
    interval: tuple[float, float] | None
    theirs: TargetStep | None
    signs: bool
    late: bool


def sheet_of(user: User) -> list[SheetRow]:
    """Give the sheets of a person's units, unit by unit; figures of the years before are read once for all."""
    rows = own_sheet(user)
    schemes = SchemeVersion.objects.in_bulk({row.call.scheme_id for row in rows})
    judged: dict[tuple[int, Key], Judging] = {}
    for year, scheme in sorted({(row.year, row.call.scheme_id) for row in rows}):
        keys = {(row.series, row.figure_name) for row in rows if (row.year, row.call.scheme_id) == (year, scheme)}
        held = held_before(schemes[scheme], keys, year)
        judged |= {(year, key): judging_of(schemes[scheme], key, year, {}, held) for key in keys}
    said = _said(rows)
    mine = powers(user, clock.today())
    return [
        _row(row, judged[row.year, (row.series, row.figure_name)], said, mine.has_in(row.unit_id, *SIGNS))
        for row in rows
    ]


def _said(rows: list[Target]) -> Mapping[int, TargetStep]:
    steps = TargetStep.objects.filter(target__in=rows, kind=TargetStepKind.COUNTERED).select_related("of")
    return {one.target_id: one for one in steps.order_by("pk")}


def _row(row: Target, judged: Judging, said: Mapping[int, TargetStep], signs: bool) -> SheetRow:
    code = row.unit.code
    outlook = judged.outlooks.get(code)
    return SheetRow(
        target=row,
        last=judged.actual.get(code, {}).get(row.year - 1),
        expected=None if outlook is None else outlook.expected,
        interval=None if outlook is None else outlook.interval(),
        theirs=said.get(row.pk),
        signs=signs,
        late=row.round == 0 and row.call.closes < clock.today(),
    )
