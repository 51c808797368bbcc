"""The county's finished year: 2025 as it was handed over, its events, and the annual assessment to its end.

The county took Baton up with the year in progress. So 2025 comes in as earlier years do, in one step, and the annual
assessment is made of it by the same actions that people use, on the days on which they would.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from baton.assessment.actions.annual.deciding import decide_grades
from baton.assessment.actions.annual.publishing import announce, publish_annual
from baton.assessment.actions.annual.year import open_annual, run_annual
from baton.assessment.actions.earlier import bring_in_figures
from baton.assessment.actions.ledger import announce_event, confirm_event, note_event
from baton.assessment.actions.schemes import adopt_scheme
from baton.assessment.choices import LedgerKind, RunKind
from baton.core.acting import SYSTEM, Actor
from baton.engine.scheme.adjustments import Event
from baton.example.figures import CountyYear, make_year
from baton.example.running.clock import ZONE, at
from baton.example.yundu import scheme_text
from baton.org.models import Unit

YEAR: Final = 2025
DOCUMENT: Final = "云委〔2026〕4号（虚构文号）"
DECISION: Final = "云渡县委常委会第3次会议纪要（虚构）"
_FILE: Final = "2025年度考核数据（移交）.xlsx"


def load_finished_year(head: Actor, made: CountyYear | None = None) -> None:
    """Bring in 2025 and finish its annual assessment; the county's units must be there. Takes some seconds."""
    year = made or make_year()
    with at(_day(2025, 1, 6)):
        adopt_scheme(by=SYSTEM, text=scheme_text())
    for event in year.events:
        _note(event, head)
    with at(_day(2026, 1, 8)):
        bring_in_figures(by=SYSTEM, observations=year.observations, file_name=_FILE)
        open_annual(by=SYSTEM, year=YEAR)
        run_annual(by=SYSTEM, year=YEAR, kind=RunKind.TRIAL)
    with at(_day(2026, 1, 12)):
        run = run_annual(by=SYSTEM, year=YEAR, kind=RunKind.OFFICIAL)
    with at(_day(2026, 1, 16)):
        given = {"body": "县委常委会", "document": DECISION, "on": date(2026, 1, 15)}
        decide_grades(by=head, year=YEAR, run=run.pk, grades={}, reasons={}, **given)  # type: ignore[arg-type]
    with at(_day(2026, 1, 19)):
        announce(by=head, year=YEAR, opens=date(2026, 1, 19), contact="县考核办（县委组织部），电话见公示原件")
    with at(_day(2026, 1, 28)):
        publish_annual(by=head, year=YEAR, document=DOCUMENT, title="关于2025年度考核结果的通报")


def _note(event: Event, head: Actor) -> None:
    """Note an event on its day, announce what must be, and decide it when the unit has had its say."""
    happened = event.on or date(YEAR, 12, 20)
    units = _units()
    with at(_day(happened.year, happened.month, happened.day)):
        entry = note_event(
            by=SYSTEM,
            unit=units[event.unit],
            item=event.item,
            on=happened,
            level=event.level,
            quantity=event.quantity,
            points=event.points,
            matter=event.matter,
            indicator=event.indicator or "",
            share=event.share,
            document=event.document,
            note=event.note,
        )
        if entry.kind in (LedgerKind.DEDUCTION, LedgerKind.VETO):
            entry = announce_event(by=SYSTEM, entry=entry.pk)
    heard = (entry.reply_until or happened) + timedelta(days=1)
    with at(_day(heard.year, heard.month, heard.day)):
        confirm_event(by=head, entry=entry.pk, decision="核实无误")


def _units() -> Mapping[str, int]:
    return dict(Unit.objects.values_list("code", "pk"))


def _day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=ZONE)
