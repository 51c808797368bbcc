"""`baton administrators` on an empty installation: three accounts with slips, once."""

import json
import os
import subprocess
import sys
from pathlib import Path

PEOPLE = ("--system", "chengmu=程木", "--security", "anlan=安澜", "--audit", "jianning=简宁")


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    ours = {"BATON_HOME": str(home), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "baton.config.settings"}
    command = [sys.executable, "-m", "baton", "administrators", *words]
    return subprocess.run(command, env=os.environ | ours, capture_output=True, text=True, check=False)


def test_three_administrators_are_made_once(tmp_path: Path) -> None:
    made = run(tmp_path, *PEOPLE, "--json")
    assert made.returncode == 0, made.stderr
    accounts = json.loads(made.stdout)["result"]["accounts"]
    assert [one["account"] for one in accounts] == ["chengmu", "anlan", "jianning"]
    assert len({one["code"] for one in accounts}) == 3
    again = run(tmp_path, *PEOPLE, "--language", "zh")
    assert again.returncode == 1
    assert "已经有管理员了" in again.stdout + again.stderr
