"""The units of an assessment scheme as what they would change in the tree."""

from collections.abc import Mapping, Sequence

from baton.engine.scheme.model import Scheme
from baton.org.rules.imports import Plan, compared
from baton.words import Place, Problem


def scheme_plan(scheme: Scheme, known: Mapping[str, Mapping[str, str]], roots: Sequence[str]) -> Plan:
    """Try the units of a scheme against those known; new ones go below the one unit that stands under no other.

    A name that differs is no renaming: that takes a document and a day. A scheme keeps no tree, so that who is known
    stays where it stands.
    """
    changes, problems = [], []
    above = roots[0] if len(roots) == 1 else ""
    for unit in scheme.units:
        before = known.get(unit.code)
        after = {
            "name": unit.name,
            "short_name": unit.short_name,
            "aliases": "、".join(sorted(unit.aliases)),
            "kind": unit.kind,
            "parent": before["parent"] if before else above,
            "valid_from": unit.valid_from.isoformat() if unit.valid_from else "",
            "valid_to": unit.valid_to.isoformat() if unit.valid_to else "",
            "note": unit.note,
            "successors": "、".join(sorted(unit.successors)),
        }
        if before is not None and before["name"] != unit.name:
            params = {"code": unit.code, "name": before["name"]}
            problems.append(Problem("org.row_renames", params, Place(scheme.code, field=f"units[{unit.code}].name")))
        change = compared(unit.code, unit.name, before, after)
        changes += [change] if change else []
    return Plan(tuple(changes), len(scheme.units) - len(changes), tuple(problems))
