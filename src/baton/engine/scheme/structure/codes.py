"""Codes that occur twice, or that only look different: with full-width letters or in another case."""

import unicodedata
from collections.abc import Iterable, Iterator

from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure.index import EVERY_GROUP
from baton.words import Place, Problem


def _spaces(scheme: Scheme) -> Iterator[list[tuple[str, str]]]:
    """Give the lists within which a code means one thing, as pairs of code and field path."""

    def listed(name: str) -> list[tuple[str, str]]:
        return [(part.code, f"{name}[{part.code}]") for part in getattr(scheme, name)]

    yield listed("groups")
    yield listed("units")
    yield listed("tasks")
    yield [(grade.code, f"grading.grades[{grade.code}]") for grade in scheme.grading.grades]
    # Events name a bonus, deduction, veto or indicator, and tie-breaks a node or indicator: one space for all.
    yield [pair for name in ("nodes", "indicators", "bonuses", "deductions", "vetoes") for pair in listed(name)]


def folded(code: str) -> str:
    """Fold a code to what a reader takes it for: half-width, one case."""
    return unicodedata.normalize("NFKC", code).casefold()


def _same(pairs: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    seen: dict[str, tuple[str, str]] = {}
    for code, path in pairs:
        place = Place(field=f"{path}.code")
        if code == EVERY_GROUP:
            yield Problem("engine.scheme_code_reserved", {"code_given": code}, place)
        half = unicodedata.normalize("NFKC", code)
        if half != code:
            yield Problem("engine.scheme_code_full_width", {"code_given": code, "half": half}, place)
        if folded(code) not in seen:
            seen[folded(code)] = (code, path)
            continue
        other, where = seen[folded(code)]
        params = {"code_given": code, "other": other, "where": where}
        yield Problem("engine.scheme_code_twice" if other == code else "engine.scheme_code_lookalike", params, place)


def _names(scheme: Scheme) -> Iterator[Problem]:
    """Find two units that one name may mean; a former unit may share a name with its successor."""
    seen: dict[str, tuple[str, frozenset[str]]] = {}
    for unit in scheme.units:
        kin = frozenset({unit.code, *unit.successors})
        for name in dict.fromkeys(filter(None, (unit.name, unit.short_name, *unit.aliases))):
            other, others_kin = seen.setdefault(folded(name), (unit.code, kin))
            if not kin & others_kin:
                place = Place(field=f"units[{unit.code}].name")
                yield Problem("engine.scheme_unit_name_twice", {"name": name, "other": other}, place)


def check_codes(scheme: Scheme) -> Iterator[Problem]:
    """Find codes given twice or looking alike within a list, and names that mean two units."""
    for pairs in _spaces(scheme):
        yield from _same(pairs)
    yield from _names(scheme)
