"""The rehearsal: the real schema, the real commands, each in a process of its own, on both databases."""

import json
from pathlib import Path

import pytest
from tests.config.operations.conftest import BOTH
from tests.config.operations.installations import baton, database_on_server

from baton.config.cli.ending import Code

FILL = """
from baton.core.acting import SYSTEM, acting
with acting(SYSTEM) as told:
    told.did("core.audit_row_changed", number={number})
"""


def rows(home: Path, url: str) -> int:
    """Have the chain verified; gives its length."""
    said = baton(home, "audit", "verify", "--json", url=url)
    assert said.returncode == Code.GOOD, said.stdout
    return int(json.loads(said.stdout)["result"]["rows"])


def rehearse(tmp_path: Path, url: str) -> None:
    home, kept = tmp_path / "home", tmp_path / "kept"
    kept.mkdir()

    def good(*words: object) -> str:
        said = baton(home, *words, url=url)
        assert said.returncode == Code.GOOD, said.stdout + said.stderr
        return said.stdout

    good("upgrade")
    (home / "files").mkdir(exist_ok=True)
    (home / "files" / "a").write_text("evidence")
    good("manage", "--", "shell", "--no-imports", "--command", FILL.format(number=1))
    made = json.loads(good("backup", kept, "--keys", tmp_path / "keys.json", "--json"))["result"]
    good("manage", "--", "shell", "--no-imports", "--command", FILL.format(number=2))
    (home / "files" / "b").write_text("later evidence")
    assert rows(home, url) == 2

    refused = baton(home, "restore", made["file"], url=url)
    assert refused.returncode == Code.INPUT
    assert "--replace" in refused.stderr
    done = json.loads(good("restore", made["file"], "--keys", tmp_path / "keys.json", "--replace", "--json"))["result"]
    assert (done["files"], done["pending"], done["other_keys"]) == (1, 0, False)
    assert rows(home, url) == 2  # the one that was backed up, and the restore itself
    assert [path.name for path in (home / "files").iterdir()] == ["a"]
    assert "不用升级" in good("upgrade")


@pytest.mark.parametrize("kind", BOTH)
def test_a_backup_is_taken_and_restored_by_the_commands(tmp_path: Path, ready_home: Path, kind: str) -> None:
    assert ready_home == tmp_path / "home"
    if kind == "sqlite":
        rehearse(tmp_path, "")
        return
    with database_on_server(ready=True) as url:
        rehearse(tmp_path, url)
