"""A process that does one thing to the small county, to be killed in the middle: `python -m midway DOING [HOLD]`.

With HOLD it waits for ever when everything is written and nothing committed. It says what stands, before and after.
"""

import json
import sys
import threading
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import openpyxl
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

import baton.config.ready  # noqa: F401
from baton.assessment.actions.scores import publish_month, score_month
from baton.assessment.actions.workbooks import import_workbook, try_workbook
from baton.assessment.choices import RunKind
from baton.assessment.models import Batch, Figure, LeafResult, Month, Publication, Run
from baton.core import acting, clock
from baton.core.acting import SYSTEM
from baton.core.chain import verify_chain
from baton.core.models import AuditRow, Notice, StoredFile
from baton.engine.scheme.text import from_yaml
from baton.sheets.templates import lead_template
from county import SCHEME, make_county

FIRST = {"assessment": "0003_newest_figure_of_a_run", "org": "0002_names_powers_imports", "core": "0005_notices_jobs"}
"""The earliest step of each app at which the tables that the county fills are all there."""
PERIOD, DAY = "2026-09", date(2026, 10, 2)


def make() -> None:
    """Set the county up, with September open and every figure there but the hotline's."""
    call_command("migrate", interactive=False, verbosity=0)
    county = make_county(settings)
    county.month()
    townships = ("T1", "T2", "T3")
    county.enter("", "INV", dict.fromkeys((*townships, "D1", "D2"), "100"))
    county.enter("", "ARB", dict.fromkeys(townships, "10"))


def bring_in() -> None:
    """Take a workbook with the hotline of everybody."""
    (scheme,) = from_yaml(SCHEME, "")
    book = openpyxl.load_workbook(BytesIO(lead_template(scheme, "D2", PERIOD)))
    sheet = book.worksheets[0]
    names = ("甲镇", "乙镇", "丙镇", "发改局", "政府办")
    for row in [cell.row for cells in sheet.iter_rows() for cell in cells if cell.value in names]:
        sheet.cell(row, 5, 95)
    out = BytesIO()
    book.save(out)
    given = {"by": SYSTEM, "period": PERIOD, "name": "热线.xlsx", "content": out.getvalue()}
    import_workbook(**given, agreed=try_workbook(**given).agreed)


def back_and_forward() -> None:
    """Take every step of the schema back as far as it goes without losing a table that is filled, and take it again."""
    for app, step in FIRST.items():
        call_command("migrate", app, step, interactive=False, verbosity=0)
    known = MigrationExecutor(connection).loader.applied_migrations
    assert not [one for one in known if one[0] in FIRST and one[1] > FIRST[one[0]]], "the steps were not taken back"
    call_command("migrate", interactive=False, verbosity=0)


def everything() -> None:
    """Let the month run from its first figure to its publication."""
    for doing in ("make", "import", "score", "publish"):
        DOINGS[doing]()


DOINGS: dict[str, Callable[[], object]] = {
    "make": make,
    "import": bring_in,
    "score": lambda: score_month(by=SYSTEM, period=PERIOD, kind=RunKind.OFFICIAL, key="s"),
    "publish": lambda: publish_month(by=SYSTEM, period=PERIOD, key="p"),
    "everything": everything,
    "migrate": back_and_forward,
}


def hold() -> None:
    """Let every action wait before its commit."""
    append = acting.append

    def held(*given: object) -> None:
        append(*given)  # type: ignore[arg-type]
        print("in the middle", flush=True)  # noqa: T201
        threading.Event().wait()

    acting.append = held


def standing() -> dict[str, object]:
    """Say what stands."""
    tables = (Figure, Batch, Run, LeafResult, Publication, StoredFile, Notice, AuditRow)
    found: dict[str, object] = {table.__name__: table.objects.count() for table in tables}
    values = Figure.objects.order_by("pk").values_list("unit", "series", "period", "value", "supersedes", "batch")
    results = Run.objects.order_by("pk").values_list("digest", flat=True)
    return found | {
        "state": Month.objects.get().state,
        "chain": verify_chain()[1] is None,
        "figures": [list(one) for one in values],
        "results": list(results),
        "kept": is_kept(),
    }


def is_kept() -> bool:
    """Whether the database itself still refuses to change a figure."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE assessment_figure SET value = '1'")
    except DatabaseError:
        return True
    return False


if __name__ == "__main__":
    doing, *held = sys.argv[1:]
    if doing not in ("make", "everything"):
        settings.CLOCK_OFFSET = timedelta(days=(DAY - clock.today()).days)
        print(json.dumps(standing()), flush=True)  # noqa: T201
    if held:
        hold()
    DOINGS[doing]()
    print(json.dumps(standing()), flush=True)  # noqa: T201
