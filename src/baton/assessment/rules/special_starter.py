"""A scheme to begin a special assessment with: the units of its item, one group, one tree, a first indicator."""

from collections.abc import Sequence
from typing import Any

from baton.engine.scheme.model import Scheme

ROOT, GROUP, FIRST = "ZX", "Z", "Z01"

type Named = tuple[str, str]
"""Code and name."""


def starter_scheme(code: str, title: str, year: int, units: Sequence[Named], lead: Named, words: Named) -> Scheme:
    """Give a scheme that is filled in from here. `lead`: who leads the first indicator; `words`: names of group and it.

    The first indicator compares what was done, month by month, with a plan for the year.
    """
    assessed: list[dict[str, Any]] = [{"code": one, "name": name, "group": GROUP} for one, name in units]
    if lead[0] not in {one for one, _ in units}:
        assessed.append({"code": lead[0], "name": lead[1]})
    first = {
        "code": FIRST,
        "name": words[1],
        "parent": ROOT,
        "points": {GROUP: 100},
        "unit": "个",
        "rule": {"kind": "completion"},
        "series": f"{code}-{FIRST}",
        "frequency": "month",
        "aggregation": "sum",
        "missing": "required",
        "lead": lead[0],
    }
    return Scheme.model_validate(
        {
            "language": 1,
            "code": code,
            "name": title,
            "effective_from": f"{year}-01-01",
            "effective_to": f"{year}-12-31",
            "groups": [{"code": GROUP, "name": words[0], "root": ROOT, "graded": False}],
            "units": assessed,
            "nodes": [{"code": ROOT, "name": title, "full": 100, "renormalise": True}],
            "indicators": [first],
        }
    )
