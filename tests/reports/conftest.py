"""What tests of reports share: the county's result, small schemes, and Excel's sums done again."""

import math
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.result import ScoreSheet
from baton.engine.scheme.adjustments import Event
from baton.engine.scheme.model import Scheme
from baton.engine.score import score
from baton.example import CountyYear, make_year


@pytest.fixture(scope="session")
def county_year() -> CountyYear:
    return make_year(2025)


@pytest.fixture(scope="session")
def county(county_year: CountyYear) -> ScoreSheet:
    """The example county's result: 85 units, monthly and yearly indicators, ballots, bonuses, deductions, vetoes."""
    return score(county_year.scheme, Panel.of(county_year.observations, county_year.events))


POSTS = {"kind": "goalposts", "low": 0, "high": 10, "clip": False}


@pytest.fixture(scope="session")
def small() -> Callable[..., ScoreSheet]:
    """Score a scheme of one node and one yearly indicator A (100 points, 0..10), given {unit: value}."""

    def run(values: Mapping[str, Any], **more: Any) -> ScoreSheet:
        groups = [{"code": "G", "name": "一组", "root": "S"}]
        units = [{"code": code, "name": f"{code}镇", "group": "G"} for code in values]
        indicator = {"code": "A", "name": "指标A", "parent": "S", "points": {"*": 100}, "rule": POSTS}
        scheme = {
            "code": "TEST", "name": "测试方案", "effective_from": "2025-01-01", "groups": groups, "units": units,
            "nodes": [{"code": "S", "name": "总分"}],
            "indicators": [{**indicator, "missing": "exclude", "decimals": 1}],
        }  # fmt: skip
        found = [Observation(unit, "A", "actual", "2025", Decimal(str(value))) for unit, value in values.items()]
        events = [Event.model_validate(event) for event in more.pop("events", ())]
        return score(Scheme.model_validate({**scheme, **more}), Panel.of(found, events), 2025)

    return run


@pytest.fixture(scope="session")
def sums() -> type["Sums"]:
    """The class that does Excel's sums again."""
    return Sums


REFERENCE = re.compile(r"\b([A-Z]{1,2})(\d+)(?::([A-Z]{1,2})(\d+))?\b")
WORDS = re.compile(r"(?<![<>=])=(?!=)")


def to_places(number: float, places: int) -> float:
    """Round half away from zero on the 15 digits Excel sees."""
    seen = Decimal(f"{number:.15g}")
    return float(seen.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP))


def up(number: float, places: int) -> float:
    return math.copysign(math.ceil(abs(number)), number)


def down(number: float, places: int) -> float:
    return float(math.trunc(number))


def choose(condition: bool, one: float, other: float) -> float:
    return one if condition else other


def numbers(cells: list[Any]) -> list[float]:
    return [cell for cell in cells if isinstance(cell, int | float)]


class Sums:
    """A sheet with its formulas (openpyxl, not data only); `value` computes a cell from scratch."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.known: dict[str, Any] = {}
        self.names = {
            "ROUND": to_places,
            "ROUNDUP": up,
            "ROUNDDOWN": down,
            "MIN": min,
            "MAX": max,
            "IF": choose,
            "LN": math.log,
            "EXP": math.exp,
            "SUM": lambda cells: sum(numbers(cells)),
            "AVERAGE": lambda cells: sum(numbers(cells)) / len(numbers(cells)),
            "value": self.value,
            "area": self.area,
        }

    def value(self, cell: str) -> Any:
        if cell not in self.known:
            found = self.sheet[cell].value
            self.known[cell] = self.compute(found) if isinstance(found, str) and found.startswith("=") else found
        return self.known[cell]

    def area(self, first: str, last: str) -> list[Any]:
        return [self.value(cell.coordinate) for row in self.sheet[f"{first}:{last}"] for cell in row]

    def compute(self, formula: str) -> float:
        def named(found: re.Match[str]) -> str:
            first, last = f"{found[1]}{found[2]}", f"{found[3]}{found[4]}"
            return f'area("{first}","{last}")' if found[3] else f'value("{first}")'

        python = WORDS.sub("==", REFERENCE.sub(named, formula[1:]).replace("^", "**"))
        return float(eval(python, {"__builtins__": {}}, self.names))
