"""Backups: whole or not at all, of one moment, for their owner only, without the keys."""

import errno
import json
import os
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from tests.config.operations.installations import FILE, FILE_NAME, MOMENT, asked, baton, installed

from baton.config.cli.ending import Code, Unavailable
from baton.config.operations import backup as backup_module
from baton.config.operations.backup import take_backup
from baton.config.operations.installation import Installation
from baton.config.operations.keep import clear_older, name_in
from baton.config.operations.keys import read_keys, save_keys
from baton.config.operations.last import last_backup
from baton.words import Refused


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_holds_database_files_and_what_they_are(
    places: tuple[Installation, Installation], tmp_path: Path
) -> None:
    place, _ = places
    made = take_backup(place, tmp_path / "out" / "b.zip")
    with zipfile.ZipFile(made.path) as archive:
        assert sorted(archive.namelist()) == ["database", f"files/{FILE_NAME}", "manifest.json"]
        assert archive.read(f"files/{FILE_NAME}") == FILE
        told = json.loads(archive.read("manifest.json"))
    assert told["kind"] == place.database.kind
    assert told["migrations"] == [["core", "0001_initial"], ["org", "0001_initial"]]
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert left(tmp_path / "out") == ["b.zip"]
    assert last_backup(place.home) == (MOMENT, str(made.path))


def test_no_key_is_in_a_backup(place: Installation, tmp_path: Path) -> None:
    made = take_backup(place, tmp_path / "b.zip")
    with zipfile.ZipFile(made.path) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    for key in place.keys.iterdir():
        assert key.read_bytes() not in content


def test_ways_out_of_the_house_are_in_it_and_that_it_is_a_secret_is_told(place: Installation, tmp_path: Path) -> None:
    (place.home / "channels.toml").write_text('[post]\nkind = "mail"\npassword = "geheim"\n')
    said = baton(place.home, "backup", tmp_path / "b.zip")
    assert "channels.toml" in said.stdout
    assert "按秘密文件保管" in said.stdout
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert b"geheim" in archive.read("channels.toml")
    assert (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600


def test_keys_have_a_file_of_their_own(place: Installation, tmp_path: Path) -> None:
    save_keys(place.keys, tmp_path / "k.json")
    assert (tmp_path / "k.json").stat().st_mode & 0o777 == 0o600
    assert read_keys(tmp_path / "k.json")["sign"] == (place.keys / "sign").read_text()


def test_what_is_written_while_a_backup_runs_stays_out_of_it(
    place: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = backup_module.kept_files

    def written_meanwhile(folder: Path) -> object:
        asked(place, "INSERT INTO figure VALUES (2)")
        return kept(folder)

    monkeypatch.setattr(backup_module, "kept_files", written_meanwhile)
    made = take_backup(place, tmp_path / "b.zip")
    zipfile.ZipFile(made.path).extract("database", tmp_path)
    with closing(sqlite3.connect(tmp_path / "database")) as copy:
        assert copy.execute("SELECT value FROM figure").fetchall() == [(1,)]


def test_a_name_that_is_taken_is_not_written_over(place: Installation, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("mine")
    with pytest.raises(Refused, match=r"operations\.name_taken"):
        take_backup(place, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_text() == "mine"


def test_an_empty_database_is_not_backed_up(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"operations\.nothing_to_back_up"):
        take_backup(installed(tmp_path / "home"), tmp_path / "b.zip")


def test_a_damaged_database_gives_no_backup(place: Installation, tmp_path: Path) -> None:
    asked(place, "CREATE TABLE wide (text text)")
    for _ in range(40):
        asked(place, f"INSERT INTO wide VALUES ('{'x' * 900}')")
    asked(place, "PRAGMA wal_checkpoint(TRUNCATE)")
    path = place.home / "baton.sqlite3"
    content = bytearray(path.read_bytes())
    content[-4096 * 3 : -4096 * 2] = os.urandom(4096)
    path.write_bytes(content)
    with pytest.raises(Refused, match=r"operations\.database_damaged"):
        take_backup(place, tmp_path / "out" / "b.zip")
    assert left(tmp_path / "out") == []


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_full_disk_and_ctrl_c_leave_nothing(
    place: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def broken(*_: object) -> str:
        raise error

    monkeypatch.setattr(backup_module, "_digest_of", broken)
    with pytest.raises(type(error)):
        take_backup(place, tmp_path / "out" / "b.zip")
    assert left(tmp_path / "out") == []
    assert last_backup(place.home) is None


def test_a_file_that_is_not_what_its_name_says_is_told_and_kept(place: Installation, tmp_path: Path) -> None:
    name = "0" * 64
    (place.files / name).write_bytes(b"rotten")
    (place.files / ".uploading").write_bytes(b"half")
    made = take_backup(place, tmp_path / "b.zip")
    assert made.damaged == (f"files/{name}",)
    assert [problem.code for problem in made.problems] == ["operations.file_damaged"]
    assert {f"files/{name}", "files/.uploading"} & set(zipfile.ZipFile(made.path).namelist()) == {f"files/{name}"}


def test_only_our_own_oldest_backups_are_cleared(place: Installation, tmp_path: Path) -> None:
    names = [f"baton-2026093{day}T230000.zip" for day in range(4)]
    for name in [*names, "baton-mine.zip", "other.zip"]:
        (tmp_path / name).touch()
    assert [path.name for path in clear_older(tmp_path, 2)] == names[:2]
    assert {*names[2:], "baton-mine.zip", "other.zip"} <= set(left(tmp_path))
    assert name_in(place) == "baton-20260930T230000.zip"


@pytest.mark.postgresql
@pytest.mark.parametrize(("said", "code"), [(None, "operations.program_missing"), ("9.6", "operations.program_old")])
def test_postgresql_wants_its_own_program(
    places: tuple[Installation, Installation],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: str | None,
    code: str,
) -> None:
    place, _ = places
    if place.database.kind == "sqlite":
        place.database.can_copy()
        return
    programs = tmp_path / "programs"
    programs.mkdir()
    if said:
        (programs / "pg_dump").write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {said}'\n")
        (programs / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/nowhere")
    with pytest.raises(Unavailable, match=code.replace(".", r"\.")):
        take_backup(place, tmp_path / "out" / "b.zip")
    assert left(tmp_path / "out") == []


def test_a_disk_that_takes_no_more_is_told_and_leaves_nothing(place: Installation, tmp_path: Path) -> None:
    (place.files / "large").write_bytes(os.urandom(300_000))
    (tmp_path / "out").mkdir()
    # The system refuses to let this process write more than 200 kB into a file, as a full disk would.
    said = baton(place.home, "backup", tmp_path / "out" / "b.zip", limit=200_000)
    assert said.returncode == Code.ENVIRONMENT, said.stdout + said.stderr
    assert "磁盘空间不足，备份写不下" in said.stderr
    assert "--output" not in said.stderr, "backup has no such option"
    assert left(tmp_path / "out") == []
