"""Upgrades: a backup first, nothing newer touched, and a way back."""

import errno
from pathlib import Path

import psycopg
import pytest
from tests.config.operations.installations import STEPS, asked, database_on_server, figures, filled, installed

from baton.config.cli.ending import Unavailable
from baton.config.database import database_of
from baton.config.operations import upgrade as upgrade_module
from baton.config.operations.in_use import at_work
from baton.config.operations.installation import Installation
from baton.config.operations.restore import restore_backup
from baton.config.operations.upgrade import upgrade
from baton.words import Refused

LATER = STEPS | {("core", "0002_more")}


def steps_of(place: Installation) -> None:
    asked(place, "UPDATE figure SET value = 7")
    asked(place, "INSERT INTO django_migrations VALUES ('core', '0002_more')")


def test_an_upgrade_backs_up_first_and_leads_back(tmp_path: Path, places: tuple[Installation, Installation]) -> None:
    old, _ = places
    later = Installation(old.home, old.files, old.database, LATER, clock=old.clock)
    done = upgrade(later, lambda: steps_of(later))
    assert done.steps == 1
    assert done.backup == old.home / "backups" / "before-upgrade-20260930T230000.zip"
    assert figures(old) == [7]
    assert upgrade(later, lambda: pytest.fail("nothing to do")).steps == 0
    restore_backup(old, done.backup, replace=True)
    assert figures(old) == [1]


def test_a_new_installation_has_nothing_to_back_up(tmp_path: Path) -> None:
    place = installed(tmp_path / "home")
    taken: list[str] = []
    done = upgrade(place, lambda: taken.append("steps"))
    assert (done.backup, taken) == (None, ["steps"])


def test_a_newer_schema_is_refused(place: Installation) -> None:
    asked(place, "INSERT INTO django_migrations VALUES ('core', '0009_from_tomorrow')")
    with pytest.raises(Refused, match=r"operations\.newer_schema .*0009_from_tomorrow"):
        upgrade(place, lambda: pytest.fail("touched"))


def test_no_backup_no_upgrade(place: Installation) -> None:
    (place.home / "backups").write_text("no folder")
    later = Installation(place.home, place.files, place.database, LATER, clock=place.clock)
    with pytest.raises(OSError, match="backups"):
        upgrade(later, lambda: pytest.fail("touched"))


def test_a_running_server_is_not_upgraded_beneath_its_feet(place: Installation) -> None:
    later = Installation(place.home, place.files, place.database, LATER, clock=place.clock)
    with at_work(place.home), pytest.raises(Refused, match=r"operations\.home_in_use"):
        upgrade(later, lambda: pytest.fail("touched"))


@pytest.mark.postgresql
def test_a_server_of_another_machine_is_noticed(tmp_path: Path) -> None:
    with database_on_server() as url:
        place = filled(installed(tmp_path / "home", url))
        later = Installation(place.home, place.files, place.database, LATER, clock=place.clock)
        given = database_of(url, tmp_path / "elsewhere")
        label = given["OPTIONS"]["application_name"]
        with psycopg.connect(url, application_name="pgadmin"):
            refused = pytest.raises(Refused, match=r"operations\.others_at_work")
            with psycopg.connect(url, application_name=label), refused:
                upgrade(later, lambda: pytest.fail("touched"))
            assert upgrade(later, lambda: steps_of(later)).steps == 1, "other programs do not count"


@pytest.mark.postgresql
def test_two_machines_do_not_upgrade_one_database_at_once(tmp_path: Path) -> None:
    with database_on_server() as url:
        place = filled(installed(tmp_path / "home", url))
        later = Installation(place.home, place.files, place.database, LATER, clock=place.clock)
        other = installed(tmp_path / "other", url, LATER)

        def steps() -> None:
            with pytest.raises(Refused, match=r"operations\.home_locked"):
                upgrade(other, lambda: pytest.fail("touched"))
            steps_of(later)

        assert upgrade(later, steps).steps == 1
        assert upgrade(other, lambda: pytest.fail("nothing to do")).steps == 0


def test_a_disk_without_room_for_the_backup_keeps_the_schema_as_it_is(
    place: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = Installation(place.home, place.files, place.database, LATER, clock=place.clock)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(upgrade_module, "take_backup", full)
    with pytest.raises(Unavailable, match=r"operations\.upgrade_disk_full"):
        upgrade(later, lambda: pytest.fail("touched"))


def test_a_step_that_fails_says_which_backup_leads_back(place: Installation) -> None:
    later = Installation(place.home, place.files, place.database, LATER, clock=place.clock)

    def broken() -> None:
        raise ZeroDivisionError

    with pytest.raises(Unavailable) as failed:
        upgrade(later, broken)
    assert failed.value.problems[0].code == "operations.upgrade_failed"
    assert Path(str(failed.value.problems[0].params["backup"])).is_file()
