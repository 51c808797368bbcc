"""What a change comes from, on the command line."""

from pathlib import Path

import pytest
from tests.config.small import EVENTS, FIGURES, SCHEME, call, county

from baton.config.cli.ending import Code

LATER_SCHEME = SCHEME.replace("points: {A: 60}", "points: {A: 50}").replace("points: {A: 40}", "points: {A: 50}")
LATER_FIGURES = FIGURES.replace("U2,I2,actual,2025,5.2", "U2,I2,actual,2025,4.2")
NO_EVENTS = EVENTS.splitlines(keepends=True)[0]


def scored(folder: Path, *content: str) -> Path:
    folder.mkdir()
    scheme, figures, events = county(folder, *content)
    assert call("score", scheme, figures, events, "--no-report", "--output", folder / "results").code == Code.GOOD
    return folder


@pytest.fixture
def quiet(tmp_path: Path) -> tuple[Path, Path]:
    """Two results without events: their folders keep all figures."""
    return (
        scored(tmp_path / "one", SCHEME, FIGURES, NO_EVENTS),
        scored(tmp_path / "two", LATER_SCHEME, LATER_FIGURES, NO_EVENTS),
    )


@pytest.fixture
def eventful(tmp_path: Path) -> tuple[Path, Path]:
    """Two results with events, which folders do not keep."""
    return scored(tmp_path / "one"), scored(tmp_path / "two", LATER_SCHEME, LATER_FIGURES)


def test_figures_kept_beside_results_are_enough(quiet: tuple[Path, Path]) -> None:
    one, two = (folder / "results" for folder in quiet)
    found = call("compare", one, two, "--why", "--json").json["result"]["attribution"]
    assert found["steps"] == ["values", "peers", "rules", "weights", "adjustments"]
    units = {unit["unit"]: unit for unit in found["units"]}
    # U1 leads in I2 whatever the others do: 10 points less for I1 at 900.5 / 1200, 10 points more for I2 in full.
    moved = {(piece["code"], step): part for piece in units["U1"]["pieces"] for step, part in piece["parts"].items()}
    assert {spot for spot, part in moved.items() if part != "0"} == {("I1", "weights"), ("I2", "weights")}
    assert moved["I2", "weights"] == "10"
    assert set(units["U3"]["parts"]) == set(found["steps"])
    assert units["U3"]["parts"]["peers"] != "0"
    assert units["U3"]["parts"]["values"] == "0"


def test_where_events_counted_the_data_are_asked_for_and_taken(eventful: tuple[Path, Path]) -> None:
    one, two = (folder / "results" for folder in eventful)
    refused = call("compare", one, two, "--why", "--json")
    assert refused.code == Code.INPUT
    assert refused.codes == ["config.attribution_without_data"] * 2
    data = [
        option
        for name, folder in zip(("--data-before", "--data-after"), eventful, strict=True)
        for file in ("figures.csv", "events.csv")
        for option in (name, folder / file)
    ]
    shown = call("compare", one, two, *data)
    assert shown.code == Code.GOOD
    assert "变化从哪里来" in shown.out
    assert "没有影响的：" in shown.out
    other = call("compare", one, two, *data[:4], "--data-after", eventful[0] / "figures.csv", "--json")
    assert other.codes == ["engine.verify_data"]


def test_one_unit_is_taken_apart_by_indicators(quiet: tuple[Path, Path]) -> None:
    one, two = (folder / "results" for folder in quiet)
    shown = call("compare", one, two, "--unit", "红岩乡")
    assert shown.code == Code.GOOD
    assert "红岩乡" in shown.out
    assert "增速" in shown.out
    assert "同组其他单位" in shown.out
    assert call("compare", one, two, "--unit", "无此乡", "--json").codes == ["config.no_such_unit"]


def test_the_same_data_need_to_be_named_once(tmp_path: Path) -> None:
    one, two = scored(tmp_path / "one"), scored(tmp_path / "two", LATER_SCHEME)
    data = ("--data-after", two / "figures.csv", "--data-after", two / "events.csv")
    found = call("compare", one / "results", two / "results", *data, "--json").json["result"]["attribution"]
    assert all(set(unit["parts"]) == set(found["steps"]) for unit in found["units"])
    assert {step for unit in found["units"] for step, part in unit["parts"].items() if part != "0"} == {"weights"}


def test_a_unit_without_a_total_cannot_be_taken_apart(tmp_path: Path) -> None:
    kept = "".join(line for line in FIGURES.splitlines(keepends=True) if not line.startswith("U3"))
    one = scored(tmp_path / "one", SCHEME, FIGURES, NO_EVENTS)
    scheme = SCHEME.replace("frequency: month\n", "frequency: month\n    missing: exclude\n", 1)
    scheme = scheme.replace("rule: {kind: min_max}\n", "rule: {kind: min_max}\n    missing: exclude\n", 1)
    two = scored(tmp_path / "two", scheme, kept, NO_EVENTS)
    said = call("compare", one / "results", two / "results", "--unit", "U3", "--json")
    assert said.codes == ["config.attribution_without_total"]


def test_two_years_of_one_file_are_compared(tmp_path: Path) -> None:
    later = FIGURES.splitlines(keepends=True)[1:]
    both = FIGURES + "".join(line.replace("2025", "2026").replace(",5.2", ",4.2") for line in later)
    scheme, figures, events = county(tmp_path, SCHEME, both, NO_EVENTS)
    assert call("score", scheme, figures, events, "--year", "2025-2026", "--no-report", "-o", tmp_path / "r").code == 0
    one, two = tmp_path / "r" / "2025", tmp_path / "r" / "2026"
    assert call("compare", one, two, "--why", "--json").codes == ["config.attribution_without_data"] * 2
    data = ("--data-before", figures, "--data-after", figures)
    found = call("compare", one, two, *data, "--json").json["result"]["attribution"]
    moved = {unit["unit"]: {step for step, part in unit["parts"].items() if part != "0"} for unit in found["units"]}
    assert moved == {"U1": set(), "U2": set(), "U3": {"peers"}}
