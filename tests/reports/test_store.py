"""Written whole or not at all: full disks, interruptions, killed runs; and results that come back as they were."""

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from tests.config.small import call, county, left

from baton.config.cli.ending import Code
from baton.config.engines import EngineName
from baton.config.inputs import read_data, read_scheme
from baton.config.work.scoring import score_years
from baton.engine.panel.panel import Panel
from baton.engine.result.sheet import ScoreSheet
from baton.engine.score import score
from baton.example import make_year
from baton.reports.store import Run, Slot, load_results, new_folder, save_results, write_file, write_files
from baton.reports.store.save import write_table

FULL = OSError(errno.ENOSPC, "No space left on device")


def sheet_of(folder: Path) -> ScoreSheet:
    scheme, figures, events = county(folder)
    file = read_scheme(scheme)
    (sheet,) = score_years(file, read_data([figures, events], file.latest), [2025], EngineName.POLARS)
    return sheet


def test_a_file_is_replaced_or_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "deep" / "a.txt"
    write_file(path, b"first")

    def full(handle: int) -> None:
        raise FULL

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match=r"a\.txt") as raised:
            write_file(path, b"second")
    assert raised.value.filename == str(path)
    assert path.read_bytes() == b"first"
    assert left(path.parent) == ["a.txt"]


def test_of_several_files_all_are_written_or_none(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where a folder is wanted")
    with pytest.raises(FileExistsError):
        write_files({tmp_path / "one.txt": b"1", tmp_path / "blocked" / "two.txt": b"2"})
    assert left(tmp_path) == ["blocked"]


@pytest.mark.parametrize("error", [FULL, KeyboardInterrupt(), ValueError("odd")])
def test_a_folder_in_the_making_vanishes_when_anything_goes_wrong(tmp_path: Path, error: BaseException) -> None:
    target = tmp_path / "results"
    with new_folder(target) as folder:
        (folder / "old").write_text("old")

    def fill() -> None:
        with new_folder(target) as folder:
            (folder / "new").write_text("half")
            raise error

    with pytest.raises(type(error)):
        fill()
    assert left(tmp_path) == ["results"]
    assert left(target) == ["old"]


@pytest.mark.parametrize("step", [1, 2])
def test_a_swap_that_fails_puts_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    target = tmp_path / "results"
    with new_folder(target) as folder:
        (folder / "old").write_text("old")
    real, calls = Path.rename, []

    def fails(self: Path, other: Path) -> Path:
        calls.append(other)
        if len(calls) == step:
            raise FULL
        return real(self, other)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OSError, match="No space left"), new_folder(target) as folder:
        (folder / "new").write_text("new")
    assert left(tmp_path) == ["results"]
    assert left(target) == ["old"]


def test_what_a_killed_run_moved_aside_is_put_back(tmp_path: Path) -> None:
    scheme, figures, events = county(tmp_path)
    target = tmp_path / "results"
    assert call("score", scheme, figures, events, "-o", target).code == Code.GOOD
    target.rename(tmp_path / ".results.before")
    assert call("explain", target, "U1").code == Code.GOOD
    assert ".results.before" not in left(tmp_path)


@pytest.mark.parametrize("slot", [Slot.LEAVES, Slot.STANDINGS, Slot.SCHEME, Slot.PROVENANCE])
def test_a_full_disk_leaves_the_earlier_result(slot: Slot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scheme, figures, events = county(tmp_path)
    target = tmp_path / "results"
    assert call("score", scheme, figures, events, "-o", target).code == Code.GOOD
    before = (target / Slot.PROVENANCE).read_bytes()
    real = Path.open

    def full(self: Path, mode: str = "r", *rest: object, **more: object) -> object:
        if self.name == slot and "w" in mode:
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return real(self, mode, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)
    said = call("score", scheme, figures, "-o", target, "--json")
    assert (said.code, said.codes) == (Code.ENVIRONMENT, ["config.disk_full"])
    assert said.json["problems"][0]["place"]["file"] == str(target)
    assert (target / Slot.PROVENANCE).read_bytes() == before
    assert not [name for name in left(tmp_path) if name.startswith(".")]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_table_says_by_number_that_there_is_no_room() -> None:
    with pytest.raises(OSError, match="No space left") as raised:
        write_table(Path("/dev/full"), pl.DataFrame({"a": range(100_000)}))
    assert raised.value.errno == errno.ENOSPC


INTERRUPTED = """
import sys
from baton.reports.store import save
from baton.config.cli.app import main
real = save.write_table
def waits(path, table):
    real(path, table)
    print("writing", flush=True)
    sys.stdin.read()
save.write_table = waits
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("earlier", [True, False])
def test_an_interruption_leaves_nothing_and_loses_nothing(tmp_path: Path, sent: signal.Signals, earlier: bool) -> None:
    scheme, figures, events = county(tmp_path)
    target = tmp_path / "results"
    if earlier:
        call("score", scheme, figures, "-o", target)
    before = left(tmp_path)
    words = ["score", str(scheme), str(figures), str(events), "-o", str(target), "--language", "zh"]
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "writing\n"
        assert any(".partial-" in name for name in left(tmp_path))
        process.send_signal(sent)
        said = process.stderr.read()
    assert process.returncode == Code.INTERRUPTED
    assert said.startswith("错误 已中断")
    assert left(tmp_path) == before
    if earlier:
        assert load_results(target).year == 2025


def test_results_come_back_as_they_were(tmp_path: Path) -> None:
    scheme, figures, events = county(tmp_path)
    call("score", scheme, figures, events, "-o", tmp_path / "results")
    made, read = sheet_of(tmp_path), load_results(tmp_path / "results")
    assert read.leaves.to_native().equals(made.leaves.to_native())
    assert read.nodes.to_native().equals(made.nodes.to_native())
    assert read.statistics.to_native().equals(made.statistics.to_native())
    assert (read.standings, read.adjustments) == (made.standings, made.adjustments)
    assert (read.scheme, read.digest, read.engine) == (made.scheme, made.digest, made.engine)


def test_the_same_run_gives_the_same_bytes_but_for_the_time(tmp_path: Path) -> None:
    scheme, figures, events = county(tmp_path)
    told = []
    for name in ("a", "b"):
        call("score", scheme, figures, events, "-o", tmp_path / name)
        told.append(json.loads((tmp_path / name / Slot.PROVENANCE).read_text("utf-8")))
    assert told[0]["files"] == told[1]["files"]
    assert {name for name in told[0] if told[0][name] != told[1][name]} <= {"written_at"}


def test_the_example_county_comes_back_as_it_was(tmp_path: Path) -> None:
    year = make_year()
    made = score(year.scheme, Panel.of(year.observations, year.events), year.year)
    with new_folder(tmp_path / "results") as folder:
        save_results(folder, made, Run(), {}, year.observations)
    read = load_results(tmp_path / "results")
    assert any(one.reasons for one in made.standings)
    assert read.standings == made.standings
    assert read.adjustments == made.adjustments
    assert read.scheme == made.scheme
