"""An explanation on the terminal: only the branches of a shared tree that apply to the unit."""

from pathlib import Path

import pytest
from tests.config.small import EVENTS, FIGURES, SCHEME, call, county

SHARED = (
    SCHEME.replace("full: 100}", "full: 100}\n  - {code: N1, name: 两镇投资, parent: R}")
    .replace(
        "    parent: R\n    points: {A: 60}",
        "    parent: N1\n    points: {A: 60}\n    units: [U1, U2]",
    )
    .replace(
        "  - {code: N1",
        "  - {code: N2, name: 个性目标, parent: R}\n  - {code: N3, name: 个性投资, parent: N2}\n  - {code: N1",
    )
    + """\
  - code: I3
    name: 红岩投资
    parent: N3
    points: {A: 60}
    units: [U3]
    rule: {kind: attain}
    frequency: month
    target: {value: 1}
    lead: D1
    missing: exclude
    hooks: [t1]
"""
)
FIGURES_OF_OWN = FIGURES.replace("U3,I1,target,2025,500\n", "").replace("U3,I1", "U3,I3")


def shown(folder: Path, figures: str, unit: str) -> str:
    """What the terminal says of a unit."""
    paths = county(folder, scheme=SHARED, figures=figures, events=EVENTS)
    said = call("score", *paths, "--year", "2025", "-o", folder / "results", "--no-report")
    assert said.code == 0, said.err
    return call("explain", folder / "results", unit).out


@pytest.mark.parametrize(("unit", "own", "others"), [("U1", "两镇投资", "个性"), ("U3", "个性投资", "两镇投资")])
def test_branches_that_do_not_apply_to_the_unit_are_left_out(unit: str, own: str, others: str, tmp_path: Path) -> None:
    said = shown(tmp_path, FIGURES_OF_OWN, unit)
    assert own in said
    assert others not in said


def test_a_branch_that_applies_is_shown_when_nothing_was_reported(tmp_path: Path) -> None:
    figures = "".join(line for line in FIGURES.splitlines(keepends=True) if not line.startswith("U3,I1"))
    assert "个性投资" in shown(tmp_path, figures, "U3")
