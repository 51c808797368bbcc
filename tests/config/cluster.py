"""A standalone Spark cluster of this machine: a master and workers, each a process of its own, gone when the test ends.

Ports are the system's choice. Every wait has a deadline and asks the processes themselves: the master's log for where
it listens, its JSON for the workers that have registered.
"""

import json
import os
import re
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from typing import Any

DEADLINE = 240.0
HOST = "127.0.0.1"
_OPTIONS = {
    "SPARK_LOCAL_IP": HOST,
    "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",
    "SPARK_DAEMON_MEMORY": "256m",
}


def until[T](what: str, look: Callable[[], T | None], every: float = 0.1) -> T:
    """Look until there is something to see; fails after the deadline, saying what was waited for."""
    end = time.monotonic() + DEADLINE
    pause = Event()
    while (found := look()) is None:
        assert time.monotonic() < end, f"waited in vain for {what}"
        pause.wait(every)
    return found


@dataclass
class Cluster:
    """A master with its workers."""

    folder: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    url: str = ""
    web: str = ""

    def start(self, name: str, *words: str) -> None:
        """Start one process in a group of its own, so that what it starts ends with it."""
        spec = find_spec("pyspark")
        assert spec is not None
        assert spec.origin is not None
        home = Path(spec.origin).parent
        work = self.folder / name
        work.mkdir()
        environment = {**os.environ, **_OPTIONS, "SPARK_HOME": str(home), "SPARK_LOCAL_DIRS": str(work)}
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                [str(home / "bin" / "spark-class"), *words],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )

    def log(self, name: str) -> str:
        """Read what a process has said so far."""
        return (self.folder / f"{name}.log").read_text("utf-8", errors="replace")

    def told(self) -> dict[str, Any]:
        """Ask the master how it is."""
        with urllib.request.urlopen(f"{self.web}/json/", timeout=10) as answer:
            found: dict[str, Any] = json.loads(answer.read())
            return found

    def alive(self) -> int:
        """Count the workers that the master knows to be alive."""
        return int(self.told()["aliveworkers"])

    def kill(self, name: str) -> None:
        """End a process and all that it started, at once."""
        process = self.processes.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=DEADLINE)


@contextmanager
def standalone(folder: Path, workers: int) -> Iterator[Cluster]:
    """Give a cluster whose workers (one core each) have all registered."""
    cluster = Cluster(folder)
    try:
        words = ("--host", HOST, "--port", "0", "--webui-port", "0")
        cluster.start("master", "org.apache.spark.deploy.master.Master", *words)

        def listening() -> tuple[str, str] | None:
            log = cluster.log("master")
            assert cluster.processes["master"].poll() is None, log
            url, port = re.search(r"spark://[\d.]+:\d+", log), re.search(r"'MasterUI' on port (\d+)", log)
            return (url[0], f"http://{HOST}:{port[1]}") if url and port and "New state: ALIVE" in log else None

        cluster.url, cluster.web = until("the master", listening)
        for number in range(workers):
            more = ("--host", HOST, "--webui-port", "0", "--cores", "1", "--memory", "1g")
            place = ("--work-dir", str(folder / f"work-{number}"))
            cluster.start(f"worker-{number}", "org.apache.spark.deploy.worker.Worker", *more, *place, cluster.url)
        until("the workers", lambda: cluster.alive() == workers or None)
        yield cluster
    finally:
        for name in list(cluster.processes):
            cluster.kill(name)
