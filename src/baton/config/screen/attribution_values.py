"""An attribution as plain values for JSON."""

from typing import Any

from baton.config.screen.steps import step_name
from baton.config.screen.values import plain_values
from baton.engine.compare.attribution import Attribution, UnitParts
from baton.words import Language, render


def attribution_values(found: Attribution, units: tuple[UnitParts, ...], language: Language) -> dict[str, Any]:
    """Give an attribution as plain values for some of its units; decimals as text, parts by the names of steps."""
    names = [step_name(step) for step in found.steps]

    def by_step(parts: tuple[Any, ...]) -> dict[str, Any]:
        return dict(zip(names, plain_values(parts, language), strict=True)) if parts else {}

    return {
        "steps": names,
        "joined_because": [render(problem, language).what for problem in found.joined_because],
        "left_out": list(found.left_out),
        "units": [
            {
                **plain_values({"unit": one.unit, "name": one.name, "difference": one.difference}, language),
                "parts": by_step(one.parts),
                "pieces": [
                    {
                        **plain_values({"kind": p.kind, "code": p.code, "name": p.name}, language),
                        "difference": plain_values(p.difference, language),
                        "parts": by_step(p.parts),
                    }
                    for p in one.pieces
                ],
            }
            for one in units
        ],
    }
