"""The indicators of a scheme as the library of indicators keeps them: what they are found by."""

from collections.abc import Iterator

from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure import Index

_LONGEST = 200


def library_lines(scheme: Scheme) -> Iterator[dict[str, str]]:
    """Give a row per indicator: code, name, part of the tree, unit of measure, kind of rule, who leads, whose own."""
    index = Index(scheme)
    for one in scheme.indicators:
        parent, lead = index.nodes.get(one.parent), index.units.get(one.lead or "")
        own = index.units.get(one.units[0]) if len(one.units) == 1 else None
        yield {
            "code": one.code,
            "name": one.name,
            "part": "" if parent is None else parent.name[:_LONGEST],
            "measure": one.unit[:_LONGEST],
            "rule": str(getattr(one.rule, "kind", ""))[:32],
            "lead": (one.lead or "") if lead is None else lead.name[:_LONGEST],
            "own": "" if own is None else own.name[:_LONGEST],
            "definition": one.definition,
        }
