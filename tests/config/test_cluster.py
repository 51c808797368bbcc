"""Spark on a real standalone cluster gives the same result, also when a worker is killed in the middle of a job."""

from decimal import Decimal
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from baton.config.engines import EngineName, carried, open_engine
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.scheme.model import Scheme
from baton.engine.score import score

from .cluster import HOST, Cluster, standalone, until

UNITS = [f"U{number:03}" for number in range(60)]
RULES: list[dict[str, Any]] = [
    {"kind": "min_max"},
    {"kind": "rank_points", "step": "0.1"},
    {"kind": "z_score", "mean": "0.5", "deviation": "0.1"},
    {"kind": "bands", "edges": [0, 30, 60, 90], "shares": ["0", "0.6", "0.8", "1"]},
]


def small() -> tuple[Scheme, Panel]:
    """Sixty units in three groups, four indicators, twelve months that are each scored."""
    shared = {"parent": "M", "points": {"*": 10}, "frequency": "month", "missing": "exclude", "decimals": 2}
    scheme = Scheme.model_validate(
        {
            "code": "S",
            "name": "S",
            "effective_from": "2025-01-01",
            "groups": [{"code": f"G{n}", "name": f"G{n}", "root": "R"} for n in range(3)],
            "units": [{"code": unit, "name": unit, "group": f"G{n % 3}"} for n, unit in enumerate(UNITS)],
            "nodes": [
                {"code": "R", "name": "R", "combine": {"kind": "arithmetic"}},
                {"code": "M", "name": "M", "parent": "R", "frequency": "month", "weight": {"*": 1}},
            ],
            "indicators": [{"code": f"I{n}", "name": f"I{n}", "rule": rule} | shared for n, rule in enumerate(RULES)],
        }
    )
    figures = [
        Observation(unit, f"I{n}", "actual", f"2025-{m:02}", Decimal((u * 37 + n * 11 + m * 101) % 9973).scaleb(-2))
        for u, unit in enumerate(UNITS)
        for n in range(len(RULES))
        for m in range(1, 13)
        if (u + n + m) % 19
    ]
    return scheme, Panel.of(figures)


class Killer:
    """Kills a worker as soon as tasks of a job run on the cluster."""

    def __init__(self, cluster: Cluster, session: Any, name: str) -> None:
        self.cluster, self.tracker, self.name = cluster, session.sparkContext.statusTracker(), name
        self.killed_in: list[int] = []
        self.thread = Thread(target=self._watch, daemon=True)

    def step(self, code: str) -> None:
        """Begin to watch once figures are read: by then frames are kept on the workers."""
        if code == "engine.step_compare":
            self.thread.start()

    def _watch(self) -> None:
        stage = until("a job", self._running, every=0.005)
        self.cluster.kill(self.name)
        self.killed_in.append(stage)

    def _running(self) -> int | None:
        for stage in self.tracker.getActiveStageIds():
            info = self.tracker.getStageInfo(stage)
            if info is not None and info.numActiveTasks:
                return int(stage)
        return None


@pytest.mark.spark
def test_a_killed_worker_does_not_change_the_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARK_LOCAL_IP", HOST)
    scheme, panel = small()
    expected = score(scheme, panel).digest
    with standalone(tmp_path, workers=2) as cluster, open_engine(EngineName.SPARK, cluster.url) as backend:
        session = backend.session  # type: ignore[attr-defined]
        executors = session.sparkContext._jsc.sc()
        until("both executors", lambda: executors.getExecutorMemoryStatus().size() == 3 or None)
        killer = Killer(cluster, session, "worker-0")
        sheet = score(scheme, carried(panel, backend), 2025, backend, killer.step)
        killer.thread.join(timeout=60)
        assert len(killer.killed_in) == 1
        until("the master to miss the worker", lambda: cluster.alive() == 1 or None)
        assert sheet.digest == expected
    assert cluster.processes == {}
