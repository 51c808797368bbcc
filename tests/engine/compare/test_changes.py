"""The changes of tests/cases/changes.yaml, worked out by hand, taken apart."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.engine.test_cases import YEAR, observations, scheme_of

from baton.engine.compare import Case, attribute
from baton.engine.panel.panel import Panel
from baton.engine.scheme.adjustments import Event

FILE = Path(__file__).parents[2] / "cases" / "changes.yaml"


class _Texts(yaml.SafeLoader):
    """Reads every scalar as text, and merges `<<`, which the base loader leaves alone."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, match) for tag, match in found if tag.endswith(":merge")]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


CASES = yaml.load(FILE.read_text("utf-8"), _Texts)


def side(given: Mapping[str, Any]) -> Case:
    events = [Event.model_validate(one) for one in given.get("事件", ())]
    return Case(scheme_of(given["方案"], {}), Panel.of(observations(given["数据"]), events), YEAR)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["名称"])
def test_a_change_is_taken_apart_as_on_paper(case: Mapping[str, Any]) -> None:
    found = attribute(side(case["先前"]), side(case["后来"]))
    assert found.joined_because == ()
    got = {
        one.unit: {
            piece.code: {step[0]: part for step, part in zip(found.steps, piece.parts, strict=True) if part}
            for piece in one.pieces
            if any(piece.parts)
        }
        for one in found.units
    }
    for unit, pieces in case["拆分"].items():
        wanted = {code: {step: Decimal(part) for step, part in parts.items()} for code, parts in pieces.items()}
        assert got[unit] == wanted, unit
