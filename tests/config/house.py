"""Installations of the small county in processes of their own, on both databases."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from tests.config.operations.installations import database_on_server

TESTS = Path(__file__).parents[1]
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


class House:
    """An installation of its own."""

    def __init__(self, home: Path, url: str) -> None:
        path = os.pathsep.join([str(TESTS), str(TESTS.parent / "src")])
        ours = {"BATON_HOME": str(home), "DATABASE_URL": url, "PYTHONPATH": path}
        self.environment = {**os.environ, **ours}
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)

    def do(self, doing: str) -> list[dict[str, Any]]:
        """Do something whole; gives what stood before and what stands then."""
        command = [sys.executable, "-m", "midway", doing]
        said = subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True).stdout
        return [json.loads(line) for line in said.splitlines() if line.startswith("{")]

    def die(self, doing: str) -> None:
        """Do something and be killed when everything is written, and nothing committed."""
        command = [sys.executable, "-m", "midway", doing, "hold"]
        with subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert [process.stdout.readline() for _ in range(2)][-1] == "in the middle\n"
            process.kill()


@pytest.fixture(params=BOTH)
def house(request: pytest.FixtureRequest, ready_home: Path) -> Iterator[House]:
    with ExitStack() as stack:
        url = stack.enter_context(database_on_server(ready=True)) if request.param == "postgresql" else ""
        yield House(ready_home, url)
