"""`baton audit verify` on a real database file: the exit code tells whether the chain holds."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

MAKE = """
import baton.config.ready
from baton.core.acting import SYSTEM, acting
for number in range(3):
    with acting(SYSTEM) as told:
        told.did("services.audit_exported", rows=number)
"""


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    ours = {
        "BATON_HOME": str(home),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "baton.config.settings",
    }
    return subprocess.run([sys.executable, *words], env=os.environ | ours, capture_output=True, text=True, check=False)


def test_the_exit_code_tells_whether_the_chain_holds(ready_home: Path) -> None:
    made = run(ready_home, "-c", MAKE)
    assert made.returncode == 0, made.stderr
    whole = run(ready_home, "-m", "baton", "audit", "verify", "--language", "zh")
    assert (whole.returncode, "3 行" in whole.stdout) == (0, True), whole.stderr
    with sqlite3.connect(ready_home / "baton.sqlite3") as database:
        database.execute("UPDATE core_auditrow SET action = 'x' WHERE sequence = 2")
    broken = run(ready_home, "-m", "baton", "audit", "verify", "--json")
    told = json.loads(broken.stdout)
    assert broken.returncode == 1
    assert told["result"] == {"verified": False, "rows": 3, "sequence": 2}
    assert told["problems"][0]["code"] == "core.audit_row_changed"
