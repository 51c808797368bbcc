"""The self-test: what is well is said, what is not is said with how to mend it."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.config.operations.installations import MOMENT, STEPS, asked, baton, installed

from baton.config.cli.ending import Code
from baton.config.operations.backup import take_backup
from baton.config.operations.checking import Audited, Finding, Reach, State, self_test
from baton.config.operations.checking.home import room
from baton.config.operations.checking.machine import database_version
from baton.config.operations.checking.reach import look_at_reach
from baton.config.operations.database import Kind
from baton.config.operations.installation import Installation
from baton.core.rules.audit import Break
from baton.words import Language, render

ALONE = Reach(("localhost", "127.0.0.1", "[::1]"), https=False, proxies=(), channels=(), log="")
HELD = Audited(3, None, MOMENT)


def found(place: Installation, reach: Reach = ALONE, chain: Audited = HELD) -> dict[str, Finding]:
    """Run the self-test; every finding must have its words in both languages, and a mend where it is not good."""
    findings = list(self_test(place, reach, lambda: chain))
    for one in findings:
        for language in Language:
            sentence = render(one.problem, language)
            assert one.state is State.GOOD or sentence.mend
    return {one.problem.code.partition(".")[2]: one for one in findings}


def states(findings: dict[str, Finding], state: State) -> set[str]:
    return {code for code, one in findings.items() if one.state is state}


@pytest.fixture
def tidy(place: Installation) -> Installation:
    """An installation where all is well but the age of SQLite."""
    place.home.chmod(0o700)
    (place.home / "styles").mkdir()
    (place.home / "styles" / "baton.css").write_text("a")
    take_backup(place, place.home / "backups" / "b.zip")
    return place


def test_where_all_is_well_nothing_is_said_but_that(tidy: Installation) -> None:
    findings = found(tidy)
    assert not states(findings, State.ERROR)
    assert states(findings, State.WARNING) <= {"check_sqlite_old", "check_disk_low"}
    assert {"check_chain", "check_schema", "check_backup", "check_keys", "check_mail_off"} <= set(findings)


@pytest.mark.parametrize(
    ("kind", "version", "state"),
    [
        (Kind.SQLITE, "3.51.2", State.WARNING),
        (Kind.SQLITE, "3.51.3", State.GOOD),
        (Kind.SQLITE, "3.100.0", State.GOOD),
        (Kind.POSTGRESQL, "14.9", State.ERROR),
        (Kind.POSTGRESQL, "15.18", State.GOOD),
        (Kind.POSTGRESQL, "18beta1", State.GOOD),
    ],
)
def test_the_version_of_a_database_is_judged(kind: Kind, version: str, state: State) -> None:
    assert database_version(kind, version).state is state


def test_an_untidy_home_is_told(tidy: Installation) -> None:
    tidy.home.chmod(0o755)
    (tidy.keys / "sign").chmod(0o644)
    (tidy.home / "styles" / "baton.css").unlink()
    (tidy.home / "channels.toml").write_text("")
    (tidy.home / "channels.toml").chmod(0o644)
    (tidy.home / "restore-unfinished").touch()
    findings = found(tidy)
    assert {"check_keys_open", "check_unfinished", "check_channels_open"} <= states(findings, State.ERROR)
    assert {"check_home_open", "check_styles_missing"} <= states(findings, State.WARNING)
    (tidy.keys / "sign").unlink()
    assert "check_keys_missing" in states(found(tidy), State.ERROR)


@pytest.mark.parametrize(
    ("free", "kept", "state"),
    [
        (100 << 20, 0, State.ERROR),
        (1 << 30, 0, State.WARNING),
        (9 << 30, 5 << 30, State.WARNING),
        (9 << 30, 1, State.GOOD),
    ],
)
def test_room_is_judged_by_what_a_backup_takes(free: int, kept: int, state: State) -> None:
    assert room(free, kept).state is state


def test_another_schema_is_told_and_the_chain_left_alone(tidy: Installation) -> None:
    pending = replace(tidy, known=STEPS | {("core", "0002_more")})
    assert "check_schema_pending" in states(found(pending), State.WARNING)
    assert "check_chain" not in found(pending)
    asked(tidy, "INSERT INTO django_migrations VALUES ('core', '0009_later')")
    assert "newer_schema" in states(found(tidy), State.ERROR)


def test_a_new_installation_lacks_database_and_backup(tmp_path: Path) -> None:
    assert {"check_schema_none", "check_backup_none"} <= states(found(installed(tmp_path / "home")), State.WARNING)


def test_a_broken_chain_and_a_clock_that_went_back_are_errors(tidy: Installation) -> None:
    broken = Audited(3, Break(2, "core.audit_row_changed"), None)
    findings = list(self_test(tidy, ALONE, lambda: broken))
    assert "core.audit_row_changed" in {one.problem.code for one in findings if one.state is State.ERROR}
    later = Audited(3, None, MOMENT + timedelta(hours=1))
    assert "check_clock_back" in states(found(tidy, chain=later), State.ERROR)


def test_an_old_backup_is_told(tidy: Installation) -> None:
    later = replace(tidy, clock=lambda: MOMENT + timedelta(hours=49))
    assert "check_backup_old" in states(found(later), State.WARNING)


@pytest.mark.parametrize(
    ("reach", "code", "state"),
    [
        (ALONE, "check_https_here", State.GOOD),
        (replace(ALONE, hosts=("*",)), "check_hosts_any", State.WARNING),
        (replace(ALONE, hosts=("zhb.example",)), "check_https_off", State.WARNING),
        (replace(ALONE, hosts=("zhb.example",)), "check_log_none", State.WARNING),
        (replace(ALONE, https=True), "check_https_alone", State.ERROR),
        (replace(ALONE, https=True, proxies=("10.1.2.0/24",)), "check_https", State.GOOD),
        (replace(ALONE, proxies=("127.0.0.1",)), "check_proxies_plain", State.WARNING),
        (replace(ALONE, proxies=("proxy.example",)), "check_proxies_wrong", State.ERROR),
        (replace(ALONE, channels=("mail",)), "check_mail", State.GOOD),
        (replace(ALONE, log="baton.log"), "check_log", State.GOOD),
    ],
)
def test_how_the_pages_are_reached_must_fit_together(reach: Reach, code: str, state: State) -> None:
    found = {one.problem.code: one.state for one in look_at_reach(reach)}
    assert found[f"operations.{code}"] is state


def test_a_database_that_is_away_is_an_error(tmp_path: Path) -> None:
    away = installed(tmp_path / "home", "postgresql://baton@127.0.0.1:1/none")
    assert "database_away" in states(found(away), State.ERROR)


def test_the_command_says_it_in_both_languages_and_ends_by_it(tmp_path: Path) -> None:
    said = baton(tmp_path / "home", "check", "--json", "--language", "en")
    assert said.returncode == Code.GOOD, said.stdout + said.stderr
    result = json.loads(said.stdout)["result"]
    assert result["counts"]["error"] == 0
    assert "upgrade" in next(one["mend"] for one in result["findings"] if one["code"] == "operations.check_schema_none")
    said = baton(tmp_path / "home", "check", BATON_HTTPS="1")
    assert said.returncode == Code.INPUT
    assert "BATON_PROXIES" in said.stdout
