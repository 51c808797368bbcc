"""Fill the database that the environment names with the measured county, and say who works there and where.

Run: BATON_HOME=... DATABASE_URL=... PYTHONPATH=src python bench/pages/seed.py FOLDER [units indicators people]. Writes
into FOLDER: county.json (the moment to live at, sessions, pages, workbooks to be uploaded) and the workbooks.
"""

import json
import sys
from datetime import datetime
from pathlib import Path

from baton.config.ready import SETTINGS as SETTINGS  # makes Django ready before tables are named

# isort: split
from django.db import connection
from months import Year, follow
from opened import pages
from plan import NOW, Plan
from staff import load_people, load_units, sessions
from traffic import load_traffic
from uploads import make_workbooks

from baton.assessment.choices import Stage
from baton.assessment.models import Window
from baton.config.operations.installation import this_installation
from baton.config.serving import prepare
from baton.core.search.filling import refill
from baton.example.running.load import ZONE, at


def moment() -> str:
    """Give the evening of the last day on which December is reported."""
    closes = Window.objects.filter(month__period=NOW, stage=Stage.REPORT).order_by("closes").values_list("closes")[0][0]
    return f"{closes}T19:00"


def main(folder: Path, plan: Plan) -> None:
    """Fill, and write down what was filled."""
    folder.mkdir(parents=True, exist_ok=True)
    prepare(this_installation())
    load_units(plan)
    load_people(plan)
    Year(plan).live()
    evening = moment()
    with at(datetime.fromisoformat(evening).replace(tzinfo=ZONE)):
        follow()
        load_traffic(plan)
        for _ in refill():
            pass
        told = {
            "moment": evening,
            "sessions": sessions(),
            "pages": [page.told() for page in pages(plan)],
            "workbooks": make_workbooks(plan, folder),
        }
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    (folder / "county.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Plan(*map(int, sys.argv[2:])))
