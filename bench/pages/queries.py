"""Count what each page asks of the database. Run in the house: python bench/pages/queries.py FOLDER.

Prints a line of JSON per page: its address, the number of queries, the seconds they took, and the status.
"""

import json
import sys
from pathlib import Path

from baton.config.ready import SETTINGS as SETTINGS  # makes Django ready before tables are named

# isort: split
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def main(folder: Path) -> None:
    """Open every page twice, and count the second time."""
    county = json.loads((folder / "county.json").read_text("utf-8"))
    for page in county["pages"]:
        client = Client(headers={"host": "localhost"})
        if page["who"]:
            client.cookies[settings.SESSION_COOKIE_NAME] = county["sessions"][page["who"]]
        client.get(page["address"])
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(page["address"])
        took = sum(float(one["time"]) for one in asked.captured_queries)
        told = {**page, "queries": len(asked), "seconds": round(took, 3), "status": answer.status_code}
        print(json.dumps(told, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
