"""The house under measure: its home, its database, `baton serve` as people start it, and scripts run beside it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCE = HERE.parents[1] / "src"
_PATIENCE = 120.0


@dataclass
class House:
    """An installation in a folder, on a database (empty: SQLite in the folder)."""

    folder: Path
    database: str = ""
    port: int = 0
    county: dict[str, Any] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What the house's processes are told."""
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("BATON_", "DATABASE_"))},
            "BATON_HOME": str(self.folder / "home"),
            "DATABASE_URL": self.database,
            "BATON_SECOND_FACTOR": "optional",
            "PYTHONPATH": str(SOURCE),
            **({"BATON_CLOCK": self.county["moment"]} if self.county else {}),
        }

    def run(self, script: str, *arguments: str) -> str:
        """Run a script of this folder in the house; give what it printed."""
        words = [sys.executable, str(HERE / script), *arguments]
        return subprocess.run(words, check=True, env=self.environment, stdout=subprocess.PIPE, text=True).stdout

    def fill(self, *size: int, script: str = "seed.py") -> None:
        """Fill the database by a script, unless the folder says that it was filled."""
        told = self.folder / "county.json"
        if not told.exists():
            self.run(script, str(self.folder), *map(str, size))
        self.county = json.loads(told.read_text("utf-8"))

    @contextmanager
    def served(self) -> Iterator["House"]:
        """Serve, until the body is through."""
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        words = [sys.executable, "-m", "baton", "serve", "--port", str(self.port)]
        with (self.folder / "serve.log").open("ab") as log:
            process = subprocess.Popen(words, env=self.environment, stdout=log, stderr=log)
        try:
            self._wait(process)
            yield self
        finally:
            process.terminate()
            process.wait(_PATIENCE)

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + _PATIENCE
        while process.poll() is None and time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        msg = f"`baton serve` does not answer; see {self.folder / 'serve.log'}"
        raise SystemExit(msg)
