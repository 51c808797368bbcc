"""A small county on the command line: its scheme, its figures, and a way to call."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from baton.config.cli.app import app

SCHEME = """\
code: S1
name: 小县考核方案
effective_from: 2025-01-01
tasks:
  - {code: t1, name: 工业立县, kind: main_line}
groups:
  - {code: A, name: 甲组, root: R}
grading:
  grades:
    - {code: 优秀, name: 优秀, at_least: 90, quota: 0.5}
    - {code: 良好, name: 良好}
bonuses:
  - {code: B1, name: 表彰, measure: {kind: level, levels: {国家级: 3, 省级: 2}}, cap: 3, basis: 小县发〔2025〕1号}
units:
  - {code: U1, name: 白水镇, short_name: 白水, group: A}
  - {code: U2, name: 青山镇, group: A}
  - {code: U3, name: 红岩乡, group: A}
  - {code: D1, name: 县发改局}
nodes:
  - {code: R, name: 总分, full: 100}
indicators:
  - code: I1
    name: 投资完成率
    unit: 万元
    parent: R
    points: {A: 60}
    rule: {kind: completion}
    lead: D1
    hooks: [t1]
    frequency: month
  - code: I2
    name: 增速
    unit: "%"
    parent: R
    points: {A: 40}
    rule: {kind: min_max}
    lead: D1
    hooks: [t1]
"""
FIGURES = """\
unit,series,figure,period,value
U1,I1,target,2025,1200
U1,I1,actual,2025-01,700
U1,I1,actual,2025-02,200.5
U1,I2,actual,2025,8.1
U2,I1,target,2025,800
U2,I1,actual,2025-01,900
U2,I2,actual,2025,5.2
U3,I1,target,2025,500
U3,I1,actual,2025-01,250
U3,I2,actual,2025,6.6
"""
EVENTS = """\
unit,item,level,on,document,confirmed
U3,B1,省级,2025-05-20,省政发〔2025〕7号,是
"""


@dataclass(frozen=True)
class Said:
    """What a call gave: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on the standard output."""
        found = json.loads(self.out)
        assert found.keys() == {"ok", "code", "problems", "result"}
        assert found["code"] == self.code
        return found

    @property
    def codes(self) -> list[str]:
        """The codes of its problems."""
        return [problem["code"] for problem in self.json["problems"]]


def call(*arguments: object, language: str = "zh", **environment: str) -> Said:
    """Call the command line in this process; a traceback fails the test at once."""
    words = [str(argument) for argument in arguments]
    result = CliRunner().invoke(app, words, env={"BATON_LANGUAGE": language, "COLUMNS": "120", **environment})
    assert "Traceback" not in result.output
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Said(result.exit_code, result.stdout, result.stderr)


def county(folder: Path, scheme: str = SCHEME, figures: str = FIGURES, events: str = EVENTS) -> Sequence[Path]:
    """Write scheme, figures and events; gives their paths."""
    paths = (folder / "scheme.yaml", folder / "figures.csv", folder / "events.csv")
    for path, content in zip(paths, (scheme, figures, events), strict=True):
        path.write_text(content, "utf-8")
    return paths


def left(folder: Path) -> list[str]:
    """Name what lies in a folder, hidden things too."""
    return sorted(path.name for path in folder.iterdir())
