"""Restores: verified first, whole or not at all, and nothing lost of what stood there."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.config.operations.installations import (
    FILE,
    FILE_NAME,
    MOMENT,
    STEPS,
    asked,
    figures,
    filled,
    installed,
    url_of,
)

from baton.config.operations import restore as restore_module
from baton.config.operations.backup import take_backup
from baton.config.operations.in_use import at_work, is_at_work, is_unfinished
from baton.config.operations.installation import Installation
from baton.config.operations.keys import save_keys
from baton.config.operations.restore import restore_backup
from baton.words import Refused

type Two = tuple[Installation, Installation]


def test_a_backup_comes_back_in_another_place(places: Two, tmp_path: Path) -> None:
    old, new = places
    made = take_backup(old, tmp_path / "b.zip")
    save_keys(old.keys, tmp_path / "k.json")
    done = restore_backup(new, made.path, tmp_path / "k.json")
    assert figures(new) == [1]
    assert (new.files / FILE_NAME).read_bytes() == FILE
    assert new.database.applied() == STEPS
    assert asked(new, "SELECT * FROM django_session") == []
    assert (done.aside, done.other_keys, done.pending) == ("", False, 0)
    assert not is_unfinished(new.home)


def test_without_the_keys_second_factors_are_lost_and_that_is_told(places: Two, tmp_path: Path) -> None:
    old, new = places
    done = restore_backup(new, take_backup(old, tmp_path / "b.zip").path)
    assert [problem.code for problem in done.problems] == ["operations.other_keys"]


WAYS = '[post]\nkind = "mail"\n'


def test_ways_out_of_the_house_come_back_only_when_asked(places: Two, tmp_path: Path) -> None:
    old, new = places
    (old.home / "channels.toml").write_text(WAYS)
    made = take_backup(old, tmp_path / "b.zip")
    assert restore_backup(new, made.path).channels_left
    assert not (new.home / "channels.toml").exists(), "a rehearsal sends nothing"
    (new.home / "channels.toml").write_text("[other]\n")
    done = restore_backup(new, made.path, replace=True, channels=True)
    assert not done.channels_left
    assert (new.home / "channels.toml").read_text() == WAYS
    assert (new.home / done.aside / "channels.toml").read_text() == "[other]\n"


def test_ways_that_stood_there_come_back_with_a_restore_that_fails(
    place: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place.home / "channels.toml").write_text(WAYS)
    made = take_backup(place, tmp_path / "b.zip")
    (place.home / "channels.toml").write_text("[other]\n")

    def broken(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(type(place.database), "forget_sign_ins", broken)
    with pytest.raises(ZeroDivisionError):
        restore_backup(place, made.path, replace=True, channels=True)
    assert (place.home / "channels.toml").read_text() == "[other]\n"
    assert figures(place) == [1]


def test_data_are_replaced_only_when_asked_and_kept_aside(places: Two, tmp_path: Path) -> None:
    old, _ = places
    made = take_backup(old, tmp_path / "b.zip")
    asked(old, "INSERT INTO figure VALUES (2)")
    (old.files / "later").write_text("later")
    with pytest.raises(Refused, match=r"operations\.home_full"):
        restore_backup(old, made.path)
    assert figures(old) == [1, 2]
    done = restore_backup(old, made.path, replace=True)
    assert done.aside == "before_20260930t230000"
    assert figures(old) == [1]
    assert not (old.files / "later").exists()
    assert (old.home / done.aside / "files" / "later").read_text() == "later"
    if old.database.kind == "sqlite":
        aside = installed(old.home / done.aside)
        assert figures(aside) == [1, 2]
    else:
        assert asked(old, f"SELECT count(*) FROM {done.aside}.figure") == [(2,)]


def test_what_was_set_aside_is_in_no_later_backup(places: Two, tmp_path: Path) -> None:
    old, new = places
    made = take_backup(old, tmp_path / "b.zip")
    restore_backup(old, made.path, replace=True)
    restore_backup(new, take_backup(old, tmp_path / "c.zip").path)
    if new.database.kind == "postgresql":
        assert asked(new, "SELECT 1 FROM pg_namespace WHERE nspname LIKE 'before%'") == []
    assert figures(new) == [1]


@pytest.mark.parametrize("where", ["forget_sign_ins", "_unpacked"])
def test_a_restore_that_fails_leaves_everything_as_it_was(
    places: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    old, _ = places
    made = take_backup(old, tmp_path / "b.zip")
    asked(old, "INSERT INTO figure VALUES (2)")

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    target = type(old.database) if where == "forget_sign_ins" else restore_module
    monkeypatch.setattr(target, where, broken)
    with pytest.raises(KeyboardInterrupt):
        restore_backup(old, made.path, replace=True)
    assert figures(old) == [1, 2]
    assert (old.files / FILE_NAME).read_bytes() == FILE
    assert not is_unfinished(old.home)
    assert not list(old.home.glob("before_*"))
    assert not list(old.home.glob(".restore-*"))


def test_an_installation_at_work_is_never_replaced(places: Two, tmp_path: Path) -> None:
    old, _ = places
    made = take_backup(old, tmp_path / "b.zip")
    with at_work(old.home):
        assert is_at_work(old.home)
        with pytest.raises(Refused, match=r"operations\.home_in_use"):
            restore_backup(old, made.path, replace=True)
    assert not is_at_work(old.home)


@pytest.mark.postgresql
def test_a_database_that_others_use_is_never_replaced(places: Two, tmp_path: Path) -> None:
    old, _ = places
    made = take_backup(old, tmp_path / "b.zip")
    if old.database.kind == "sqlite":
        assert old.database.others() == 0
        return
    with old.database._connected(), pytest.raises(Refused, match=r"operations\.database_in_use"):  # type: ignore[attr-defined]
        restore_backup(old, made.path, replace=True)


def test_a_newer_schema_is_refused_and_an_older_one_told(place: Installation, tmp_path: Path) -> None:
    made = take_backup(place, tmp_path / "b.zip")
    earlier = installed(tmp_path / "earlier", known=frozenset({("core", "0001_initial")}))
    with pytest.raises(Refused, match=r"operations\.newer_backup"):
        restore_backup(earlier, made.path)
    later = installed(tmp_path / "later", known=STEPS | {("core", "0002_more")})
    assert restore_backup(later, made.path).pending == 1


@pytest.mark.postgresql
def test_the_kinds_do_not_mix(places: Two, tmp_path: Path) -> None:
    old, new = places
    made = take_backup(old, tmp_path / "b.zip")
    if old.database.kind == "sqlite":
        return
    with pytest.raises(Refused, match=r"operations\.other_kind"):
        restore_backup(installed(tmp_path / "sqlite"), made.path)
    made = take_backup(filled(installed(tmp_path / "filled")), tmp_path / "c.zip")
    with pytest.raises(Refused, match=r"operations\.other_kind"):
        restore_backup(new, made.path)


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Write a backup again with other content, as somebody would who wants it to pass."""
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    change(content)
    target = path.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, value in content.items():
            archive.writestr(name, value)
    return target


def changed(content: dict[str, bytes]) -> None:
    content[f"files/{FILE_NAME}"] = b"evidencE\n"


def missing(content: dict[str, bytes]) -> None:
    del content[f"files/{FILE_NAME}"]


def more(content: dict[str, bytes]) -> None:
    content["files/more"] = b"more"


def outside(content: dict[str, bytes]) -> None:
    told = json.loads(content["manifest.json"])
    name = f"files/{FILE_NAME}"
    content["files/../../out"] = content.pop(name)
    next(one for one in told["members"] if one["name"] == name)["name"] = "files/../../out"
    content["manifest.json"] = json.dumps(told).encode()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (changed, "operations.backup_changed"),
        (missing, "operations.backup_lacks"),
        (more, "operations.backup_has_more"),
        (outside, "operations.backup_has_more"),
        (lambda content: content.pop("manifest.json"), "operations.no_backup"),
        (lambda content: content.update({"manifest.json": b"{}"}), "operations.no_backup"),
    ],
)
def test_a_backup_that_is_not_what_it_says_is_refused(
    place: Installation, tmp_path: Path, change: Callable[[dict[str, bytes]], None], code: str
) -> None:
    made = take_backup(place, tmp_path / "b.zip")
    new = installed(tmp_path / "new")
    with pytest.raises(Refused) as refused:
        restore_backup(new, rewritten(made.path, change))
    assert code in {problem.code for problem in refused.value.problems}
    assert new.database.is_empty()
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("share", [0, 0.3, 0.9])
def test_a_backup_that_was_cut_off_is_refused(place: Installation, tmp_path: Path, share: float) -> None:
    made = take_backup(place, tmp_path / "b.zip")
    content = made.path.read_bytes()
    made.path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(Refused, match=r"operations\.no_backup"):
        restore_backup(installed(tmp_path / "new"), made.path)


KILLED = """
import os, sys
from datetime import datetime
from pathlib import Path
from django.conf import settings
settings.configure(USE_TZ=True, TIME_ZONE="Asia/Shanghai")
from baton.config.database import database_of
from baton.config.operations.database import database_at
from baton.config.operations.installation import Installation
from baton.config.operations.restore import restore_backup
home, url, moment, backup = sys.argv[1:]
database = database_at(database_of(url, Path(home)))
type(database).forget_sign_ins = lambda _: os.kill(os.getpid(), 9)
steps = frozenset({("core", "0001_initial"), ("org", "0001_initial")})
place = Installation(Path(home), Path(home) / "files", database, steps, clock=lambda: datetime.fromisoformat(moment))
restore_backup(place, Path(backup), replace=True)
"""


def killed(place: Installation, backup: Path) -> None:
    """Restore in a process that is killed when the new data are in place and the old ones aside."""
    command = [sys.executable, "-c", KILLED, str(place.home), url_of(place), MOMENT.isoformat(), str(backup)]
    assert subprocess.run(command, check=False).returncode == -9


def test_a_restore_that_was_killed_is_told_and_can_be_run_again(places: Two, tmp_path: Path) -> None:
    old, _ = places
    made = take_backup(old, tmp_path / "b.zip")
    asked(old, "INSERT INTO figure VALUES (2)")
    killed(old, made.path)
    with pytest.raises(Refused, match=r"operations\.restore_unfinished"), at_work(old.home):
        pass
    with pytest.raises(Refused, match=r"operations\.restore_unfinished"):
        take_backup(old, tmp_path / "c.zip")
    later = replace(old, clock=lambda: MOMENT + timedelta(minutes=1))
    assert restore_backup(later, made.path).aside == "before_20260930t230100"
    assert figures(old) == [1]
    assert not is_unfinished(old.home)
    assert not list(old.home.glob(".restore-*"))
    if old.database.kind == "sqlite":
        assert figures(installed(old.home / "before_20260930t230000")) == [1, 2]
    else:
        assert asked(old, "SELECT count(*) FROM before_20260930t230000.figure") == [(2,)]


@pytest.mark.parametrize("content", [b"", b"no database at all" * 300])
def test_a_database_that_is_beyond_repair_is_replaced_and_kept(
    place: Installation, tmp_path: Path, content: bytes
) -> None:
    made = take_backup(place, tmp_path / "b.zip")
    for path in place.home.glob("baton.sqlite3*"):
        path.unlink()
    (place.home / "baton.sqlite3").write_bytes(content)
    done = restore_backup(place, made.path, replace=True)
    assert figures(place) == [1]
    assert (place.home / done.aside / "baton.sqlite3").read_bytes() == content


def test_any_other_file_is_no_file_of_keys(place: Installation, tmp_path: Path) -> None:
    made = take_backup(place, tmp_path / "b.zip")
    (tmp_path / "k.json").write_text('{"sign": "x"}')
    with pytest.raises(Refused, match=r"operations\.no_keys_file"):
        restore_backup(installed(tmp_path / "new"), made.path, tmp_path / "k.json")
