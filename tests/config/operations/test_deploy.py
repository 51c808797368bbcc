"""What operators copy: units, scripts and pages name commands and settings that are there."""

import re
import subprocess
from pathlib import Path

import pytest

from baton.config import settings
from baton.config.cli.table import COMMANDS
from baton.config.operations.checking.limits import BACKUP_HOURS

HOUSE = Path(__file__).parents[3]
DEPLOY = HOUSE / "deploy"
PAGES = [HOUSE / "docs" / "howto" / f"{name}.md" for name in ("deploy", "offline", "backup", "upgrade")]
OF_SCRIPTS = {"BATON_PYTHON", "BATON_CALLED"}


@pytest.mark.parametrize("path", sorted(DEPLOY.glob("*.service")), ids=lambda path: path.name)
def test_a_unit_starts_a_command_that_there_is(path: Path) -> None:
    (words,) = re.findall(r"^ExecStart=/srv/baton/current/baton (.*)$", path.read_text(), re.M)
    assert words.split()[0] in COMMANDS
    assert "User=baton" in path.read_text()


@pytest.mark.parametrize("path", [*sorted(DEPLOY.iterdir()), *PAGES], ids=lambda path: path.name)
def test_settings_that_are_named_are_read(path: Path) -> None:
    named = set(re.findall(r"\b(?:BATON_[A-Z_]+|DATABASE_URL)\b", path.read_text()))
    read = set(re.findall(r"\b(?:BATON_[A-Z_]+|DATABASE_URL)\b", Path(settings.__file__).read_text()))
    assert named <= read | OF_SCRIPTS


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_names_commands_that_there_are(path: Path) -> None:
    named = set(re.findall(r"(?:^|[ `/])baton ([a-z]+)\b(?! -)", path.read_text(), re.M)) - {"home"}
    assert named
    assert named <= set(COMMANDS) | {"kit"}


def test_logs_are_kept_for_six_months_at_least() -> None:
    rotate = re.search(r"rotate (\d+)", (DEPLOY / "logrotate").read_text())
    assert rotate is not None
    assert int(rotate[1]) >= 184  # the longest six months in a row


def test_backups_are_taken_more_often_than_their_age_is_warned_of() -> None:
    assert "OnCalendar=*-*-* " in (DEPLOY / "baton-backup.timer").read_text()
    assert BACKUP_HOURS >= 24


def test_the_install_script_is_for_any_shell() -> None:
    assert subprocess.run(["sh", "-n", DEPLOY / "install.sh"], check=False).returncode == 0
