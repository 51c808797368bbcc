"""The real worker process: killed in the middle of a job it leaves nothing half-done, and the next one goes on."""

import os
import select
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]
PATIENCE = 180
ASK = """
import baton.config.ready, sys
from baton.core.acting import SYSTEM, acting
from baton.core.jobs.asking import ask
with acting(SYSTEM) as told:
    ask(told, sys.argv[1])
"""


class House:
    """An installation of its own with a pipe through which its jobs speak."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.pipe = home / "pipe"
        os.mkfifo(self.pipe)
        # Open for writing too, so that the pipe never tells an end between two workers.
        self.reading = os.open(self.pipe, os.O_RDWR)
        self.heard = ""
        self.processes: list[subprocess.Popen[bytes]] = []
        path = os.pathsep.join([str(TESTS), str(TESTS.parent / "src")])
        ours = {"BATON_HOME": str(home), "DATABASE_URL": "", "SLOW_PIPE": str(self.pipe), "PYTHONPATH": path}
        self.environment = os.environ | ours | {"DJANGO_SETTINGS_MODULE": "slow_settings"}

    def run(self, *words: str) -> None:
        subprocess.run([sys.executable, *words], env=self.environment, check=True, cwd=self.home, timeout=PATIENCE)

    def start(self, *words: str, **given: Any) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "baton", *words]
        self.processes.append(subprocess.Popen(command, env=self.environment, cwd=self.home, **given))
        return self.processes[-1]

    def hear(self) -> str:
        """Wait for the next word of a job."""
        while "\n" not in self.heard:
            ready, _, _ = select.select([self.reading], [], [], PATIENCE)
            assert ready, "no job said anything"
            self.heard += os.read(self.reading, 4096).decode()
        word, _, self.heard = self.heard.partition("\n")
        return word

    def ask(self, query: str) -> list[Any]:
        with sqlite3.connect(self.home / "baton.sqlite3", timeout=30) as database:
            return database.execute(query).fetchall()


@pytest.fixture
def house(ready_home: Path) -> Iterator[House]:
    ours = House(ready_home)
    yield ours
    for process in ours.processes:
        if process.poll() is None:
            process.kill()
            process.wait()
    os.close(ours.reading)


def ended(number: int) -> None:
    """Wait for a process that is not our child."""
    try:
        handle = os.pidfd_open(number)
    except ProcessLookupError:
        return
    ready, _, _ = select.select([handle], [], [], PATIENCE)
    os.close(handle)
    assert ready, "it still runs"


def test_a_killed_worker_leaves_nothing_half_done_and_the_next_goes_on(house: House) -> None:
    house.run("-c", ASK, "slow")
    first = house.start("worker")
    assert house.hear() == "in the middle"
    first.kill()
    first.wait()
    assert house.ask("SELECT state, done FROM core_job") == [("running", 2)]
    assert len(house.ask("SELECT 1 FROM core_auditrow")) == 2, "the third item's write was cut off whole"

    house.ask("UPDATE core_job SET lease_until = '2020-01-01 00:00:00'")  # as if a minute had gone by
    second = house.start("worker")
    assert house.hear() == "through"
    second.send_signal(signal.SIGTERM)
    assert second.wait(PATIENCE) == 0
    assert house.ask("SELECT state, done, total, attempts FROM core_job") == [("done", 6, 6, 2)]
    numbers = house.ask("SELECT json_extract(detail, '$.number') FROM core_auditrow ORDER BY sequence")
    assert numbers == [(0,), (1,), (2,), (3,), (4,), (5,)], "every item once"


@pytest.mark.parametrize("told", ["terminate", "parent gone"])
def test_a_worker_ends_when_told_and_with_its_parent(house: House, told: str) -> None:
    house.run("-c", ASK, "quick")
    worker = house.start("worker", "--with-parent", stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert house.hear() == "quick"
    if told == "terminate":
        worker.terminate()
        said = worker.communicate(timeout=PATIENCE)[1] if worker.wait(PATIENCE) == 0 else b"Fatal"
    else:
        said = worker.communicate(timeout=PATIENCE)[1]
    assert worker.returncode == 0
    assert b"Fatal" not in said


def test_serving_keeps_a_worker_that_comes_back_and_goes_with_it(house: House) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = house.start("serve", "--port", str(port))
    house.run("-c", ASK, "quick")
    assert house.hear() == "quick"
    one = worker_of(server.pid)
    assert holders_of_input(one, among=children_of(server.pid)) == {one}, "the pages would keep the worker's input open"
    os.kill(one, signal.SIGKILL)
    house.run("-c", ASK, "quick")
    assert house.hear() == "quick", "another worker does it"
    two = worker_of(server.pid)
    assert two != one
    server.kill()
    server.wait()
    ended(two)


def worker_of(server: int) -> int:
    """Find the worker among the children of the server."""
    words = {child: Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0") for child in children_of(server)}
    return next(child for child, command in words.items() if b"--with-parent" in command)


def children_of(server: int) -> set[int]:
    """Give the processes that a server started, from whichever thread."""
    threads = Path(f"/proc/{server}/task").iterdir()
    return {int(child) for thread in threads for child in (thread / "children").read_text("ascii").split()}


def holders_of_input(worker: int, among: set[int]) -> set[int]:
    """Give the processes that hold the pipe which is the worker's standard input."""
    pipe = Path(f"/proc/{worker}/fd/0").readlink()
    held = {one: {file.readlink() for file in Path(f"/proc/{one}/fd").iterdir()} for one in among}
    return {one for one, files in held.items() if pipe in files}
