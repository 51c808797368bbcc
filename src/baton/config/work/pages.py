"""The demo in a browser: a database of its own in the demo's folder, and the pages on the day the county stands at."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

PAGES = "pages"
DAY = "2026-10-09T09:00"
"""Units check what was reported of September; the official figures are not there yet (example county, calendar)."""
_LETTERS = 9


def show_pages(folder: Path, host: str, port: int) -> None:
    """Load the county into a database below `folder` and serve it until Ctrl-C; takes the place of this process.

    Raises `subprocess.CalledProcessError` where the county cannot be loaded.
    """
    given = {
        "BATON_HOME": str((folder / PAGES).resolve()),
        "BATON_CLOCK": DAY,
        "BATON_EXAMPLE": "1",
        "BATON_SECOND_FACTOR": "optional",
        "BATON_DEMO_PASSWORD": secrets.token_urlsafe(_LETTERS),
    }
    environment = {**os.environ, **given}
    environment.pop("DATABASE_URL", None)
    baton = [sys.executable, "-m", "baton"]
    subprocess.run([*baton, "county"], check=True, env=environment)
    sys.stdout.flush()
    os.execve(sys.executable, [*baton, "serve", "--host", host, "--port", str(port)], environment)
