"""`./baton` finds a Python that works, installs once, and says clearly what it lacks."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-spark.lock")

# A stand-in for Python: answers the script's questions, writes down how it was called, and makes a .venv of itself.
STAND_IN = """#!/bin/sh
case "$1" in
-c) case "$2" in *version_info*) printf '%s\\n' "$0"; exit {old} ;; *) exit {bare} ;; esac ;;
esac
printf '%s\\n' "$*" >>"{log}"
printf '%s\\n' "${{BATON_CALLED-}}" >"{log}.called"
case "$*" in
"-m venv --clear "*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
"-m pip "*) exit {pip} ;;
esac
"""


class Trial:
    """A copy of the script in an empty house, with a PATH on which the only Pythons are stand-ins."""

    def __init__(self, folder: Path) -> None:
        self.house = folder / "a house"
        self.commands = folder / "commands"
        self.log = folder / "log"
        self.house.mkdir()
        self.commands.mkdir()
        shutil.copy(HOUSE / "baton", self.house)
        for lock in LOCKS:
            (self.house / lock).write_text(f"{lock} 1\n")
        for command in ("sh", "cmp", "cp", "mkdir", "readlink", "cat"):
            (self.commands / command).symlink_to(shutil.which(command) or command)

    def python(self, name: str, *, old: int = 0, bare: int = 0, pip: int = 0) -> None:
        """Put a Python on the PATH: too old, without venv, or with a pip that fails."""
        path = self.commands / name
        path.write_text(STAND_IN.format(old=old, bare=bare, pip=pip, log=self.log))
        path.chmod(0o755)

    def run(self, *args: str, script: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        """Run the script with nothing but this PATH."""
        command = [script or str(self.house / "baton"), *args]
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": str(self.commands), **env},
            cwd=self.house.parent,
        )

    def called(self) -> str:
        """The name by which the last Python was told that the user called the script; empty if it was not told."""
        return Path(f"{self.log}.called").read_text().strip()

    def calls(self) -> list[str]:
        """What the Pythons were asked to do, one call a line, since the last time."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return Trial(tmp_path)


def installed(calls: list[str]) -> list[str]:
    return [Path(call.split(" -r ")[1]).name for call in calls if " -r " in call]


def test_without_python_it_says_what_to_do(trial: Trial) -> None:
    done = trial.run("demo")
    assert done.returncode == 69
    assert "Python 3.12" in done.stderr
    assert "BATON_PYTHON" in done.stderr
    assert not (trial.house / ".venv").exists()


def test_a_name_that_answers_but_cannot_run_is_passed_over(trial: Trial) -> None:
    trial.python("python3.14", old=127)
    trial.python("python3.13", old=1)
    trial.python("python3.12")
    done = trial.run("--help")
    assert done.returncode == 0, done.stderr
    assert "python3.12" in done.stderr


def test_a_shim_that_runs_only_elsewhere_is_asked_there(trial: Trial) -> None:
    shim = trial.commands / "python3.13"
    trial.python("real")
    shim.write_text(f'#!/bin/sh\n[ "$PWD" = / ] || exit 1\nexec "{trial.commands / "real"}" "$@"\n')
    shim.chmod(0o755)
    done = trial.run("--help")
    assert done.returncode == 0, done.stderr
    assert str(trial.commands / "real") in done.stderr


def test_a_python_without_venv_is_named(trial: Trial) -> None:
    trial.python("python3.12", bare=1)
    done = trial.run("--help")
    assert done.returncode == 69
    assert "python3-venv" in done.stderr


def test_a_python_can_be_named_by_hand(trial: Trial, tmp_path: Path) -> None:
    trial.python("my own python")
    done = trial.run("--help", BATON_PYTHON=str(trial.commands / "my own python"))
    assert done.returncode == 0, done.stderr


def test_it_installs_once_with_hashes_and_then_keeps_quiet(trial: Trial) -> None:
    trial.python("python3")
    first = trial.run("score", "--engine", "duckdb", "two words")
    assert first.returncode == 0, first.stderr
    calls = trial.calls()
    assert installed(calls) == ["requirements.lock"]
    assert all("--require-hashes" in call for call in calls if " pip install" in call)
    assert calls[-1] == "-m baton score --engine duckdb two words"

    second = trial.run("--help")
    assert (second.stdout, second.stderr) == ("", "")
    assert trial.calls() == ["-m baton --help"]


def test_it_installs_again_when_the_lock_changes(trial: Trial) -> None:
    trial.python("python3")
    trial.run("--help")
    trial.calls()
    (trial.house / "requirements.lock").write_text("requirements.lock 2\n")
    trial.run("--help")
    calls = trial.calls()
    assert installed(calls) == ["requirements.lock"]
    assert not [call for call in calls if "venv" in call.split()]


def test_an_install_that_fails_is_said_and_tried_again(trial: Trial) -> None:
    trial.python("python3", pip=1)
    done = trial.run("--help")
    assert done.returncode == 69
    assert "pip" in done.stderr
    assert "-m baton --help" not in trial.calls()
    trial.run("--help")
    assert installed(trial.calls()) == ["requirements.lock"]


def test_the_tests_bring_their_own_lock_which_holds_the_runtime(trial: Trial) -> None:
    trial.python("python3")
    trial.run("test", "tests/words")
    calls = trial.calls()
    assert installed(calls) == ["requirements-test.lock"]
    assert calls[-1] == "-m pytest tests/words"
    trial.run("--help")
    assert trial.calls() == ["-m baton --help"]


@pytest.mark.parametrize(("args", "env"), [(["test", "--spark", "-k", "x"], {}), (["test", "-k", "x"], {"CI": "true"})])
def test_spark_comes_when_asked_and_in_ci(trial: Trial, args: list[str], env: dict[str, str]) -> None:
    trial.python("python3")
    trial.run(*args, **env)
    calls = trial.calls()
    assert installed(calls) == ["requirements-test.lock", "requirements-spark.lock"]
    assert calls[-1] == "-m pytest -k x"


def test_it_can_be_called_through_a_link_and_from_anywhere(trial: Trial, tmp_path: Path) -> None:
    trial.python("python3")
    link = tmp_path / "somewhere"
    link.symlink_to(trial.house / "baton")
    assert trial.run("--help", script=str(link)).returncode == 0
    assert trial.run("--help", script=os.path.relpath(trial.house / "baton", tmp_path)).returncode == 0
    assert (trial.house / ".venv").is_dir()


def test_only_the_command_line_is_told_how_it_was_called(trial: Trial) -> None:
    trial.python("python3")
    trial.run("--help")
    assert trial.called() == str(trial.house / "baton")
    trial.run("test", "tests/words")
    assert trial.called() == ""
