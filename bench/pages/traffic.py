"""What lies about on the desks of a county beside figures: the running ledger, contests, lent roles."""

import random
from datetime import timedelta

from baton.config.ready import SETTINGS as SETTINGS  # makes Django ready before tables are named

# isort: split
from plan import MONTHS, YEAR, Plan

from baton.assessment.choices import ContestState, LedgerKind, LedgerState
from baton.assessment.models import Contest, Figure, LedgerEntry, Month
from baton.core import clock
from baton.core.acting import SYSTEM, acting
from baton.core.models import User
from baton.org.models import Unit

ENTRIES, CONTESTS = 400, 60


def load_traffic(plan: Plan) -> None:
    """Note deductions in every state, and contests of the last published month that wait for an answer."""
    chance, now, today = random.Random(11), clock.now(), clock.today()
    units = list(Unit.objects.filter(code__in=plan.codes))
    head = User.objects.get(username="office_head-0")
    month = Month.objects.get(period=f"{YEAR}-{MONTHS - 1:02d}")
    figures = Figure.objects.counting().filter(period=month.period, series="I000")
    with acting(SYSTEM) as told:
        entries = LedgerEntry.objects.bulk_create(
            _entry(n, units[n % len(units)], units[0], head, chance) for n in range(ENTRIES)
        )
        contests = Contest.objects.bulk_create(
            Contest(
                month=month,
                unit_id=one.unit_id,
                about=one,
                claimed=one.value,
                reason="台账与通报数不一致，附验收单。",
                at=now,
                due=today + timedelta(days=3),
                state=ContestState.OPEN,
            )
            for one in figures.order_by("pk")[:CONTESTS]
        )
        told.did("example.people_loaded", count=len(entries) + len(contests))


def _entry(number: int, unit: Unit, by: Unit, head: User, chance: random.Random) -> LedgerEntry:
    on = clock.today() - timedelta(days=chance.randrange(3, 330))
    given = {
        "unit": unit,
        "kind": LedgerKind.DEDUCTION,
        "item": "K1",
        "level": "县级",
        "on": on,
        "document": f"云督〔{YEAR}〕{number}号",
        "note": "督查通报：整改销号超期。",
        "noted_for": by,
        "noted_at": clock.now(),
    }
    state = list(LedgerState)[number % 4]
    told = {} if state is LedgerState.NOTED else {"announced_at": clock.now(), "reply_until": clock.today()}
    decided = {"decided_by": head, "decided_at": clock.now()} if state is LedgerState.CONFIRMED else {}
    return LedgerEntry(state=state, **given, **told, **decided)
