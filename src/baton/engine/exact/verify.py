"""Hold a result against the oracle: every leaf, node, adjustment and standing that differs is named."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import narwhals as nw

from baton.engine.exact.sheet import exact_sheet
from baton.engine.panel.panel import Panel
from baton.engine.plan import Plan
from baton.engine.result.digest import result_digest
from baton.engine.result.sheet import ScoreSheet
from baton.engine.scheme.digest import digest
from baton.engine.terms import plain
from baton.words import Place, Problem, Word

_LEAF = ("unit", "indicator", "part", "period")
_NODE = ("unit", "node", "period")
_STANDING = ("group", "base", "bonus", "deduction", "total", "compared", "rank", "tie_bonus", "vetoes", "grade")


def verify(sheet: ScoreSheet, panel: Panel) -> tuple[Problem, ...]:
    """Compute a result again in exact decimals from the data it names, and name every difference; empty: it holds.

    Compared are the digests of scheme, data and result, value, target, points and full points of every leaf, score and
    full mark of every node, all adjustments, and of every standing what `_STANDING` names; flags and reasons are not.
    A quotient may differ by one in its twelfth decimal, which is as exact as Float64 divides. Raises `Refused` where
    the data cannot be scored.
    """
    exact = exact_sheet(sheet.scheme, panel, sheet.year)
    plan = Plan(sheet.scheme, sheet.year, panel.decimals)
    derived = {(leaf.indicator.code, leaf.part) for leaf in plan.leaves if leaf.derived}
    scale = sheet.scheme.decimals
    return (
        *_digests(sheet, panel),
        *_rows(_by_key(sheet.leaves, _LEAF), _by_key(exact.leaves, _LEAF), ("points", "full"), scale),
        *_values(sheet, exact, derived),
        *_rows(_by_key(sheet.nodes, _NODE), _by_key(exact.nodes, _NODE), ("score", "full"), scale),
        *_adjustments(sheet, exact),
        *_rows(_standings(sheet), _standings(exact), _STANDING),
    )


type Rows = Mapping[tuple[str, ...], Mapping[str, Any]]


def _digests(sheet: ScoreSheet, panel: Panel) -> Iterator[Problem]:
    found = digest(sheet.scheme)
    if found != sheet.scheme_digest:
        yield Problem("engine.verify_scheme", {"found": found, "told": sheet.scheme_digest})
    if panel.digest != sheet.data_digest:
        yield Problem("engine.verify_data", {"found": panel.digest, "told": sheet.data_digest})
    found = result_digest(sheet.leaves, sheet.nodes, sheet.standings)
    if found != sheet.digest:
        yield Problem("engine.verify_result", {"found": found, "told": sheet.digest})


def _by_key(frame: nw.DataFrame[Any], keys: tuple[str, ...]) -> Rows:
    return {tuple(row[key] for key in keys): row for row in frame.iter_rows(named=True)}


def _standings(sheet: ScoreSheet) -> Rows:
    return {(one.unit,): {name: getattr(one, name) for name in _STANDING} for one in sheet.standings}


def _rows(told: Rows, exact: Rows, names: tuple[str, ...], scale: int = 0) -> Iterator[Problem]:
    """Rows that one side lacks, and numbers that differ; whole numbers are in units of 10^-scale."""
    for key in sorted(told.keys() | exact.keys()):
        if key not in told:
            yield Problem("engine.verify_lacking", {"spot": _spot(key)}, Place(field=_spot(key)))
        elif key not in exact:
            yield Problem("engine.verify_extra", {"spot": _spot(key)}, Place(field=_spot(key)))
        else:
            for name in names:
                if told[key][name] != exact[key][name]:
                    yield _difference(key, name, _shown(exact[key][name], scale), _shown(told[key][name], scale))


def _values(sheet: ScoreSheet, exact: ScoreSheet, derived: set[tuple[str, str]]) -> Iterator[Problem]:
    told = _by_key(sheet.leaves, _LEAF)
    for key, row in _by_key(exact.leaves, _LEAF).items():
        for name in ("value", "target") if key in told else ():
            one, other = row[name], told[key][name]
            near = name == "value" and key[1:3] in derived and one is not None and other is not None
            if one != other and not (near and abs(one - other) <= 1):
                yield _difference(key, name, _shown(one, row["decimals"]), _shown(other, told[key]["decimals"]))


def _adjustments(sheet: ScoreSheet, exact: ScoreSheet) -> Iterator[Problem]:
    for number, (told, found) in enumerate(zip(sheet.adjustments, exact.adjustments, strict=False), 1):
        for name in ("item", "kind", "matter", "asked", "points", "counting", "reason"):
            one, other = getattr(found, name), getattr(told, name)
            if told.unit != found.unit or one != other:
                yield _difference((told.unit, told.item, f"#{number}"), name, _shown(one), _shown(other))
    told_count, found_count = len(sheet.adjustments), len(exact.adjustments)
    if told_count != found_count:
        yield Problem("engine.verify_adjustments", {"found": found_count, "told": told_count})


def _difference(key: tuple[str, ...], name: str, found: str, told: str) -> Problem:
    params = {"spot": _spot(key), "what": Word(f"engine.verified_{name}"), "found": found, "told": told}
    return Problem("engine.verify_differs", params, Place(field=_spot(key)))


def _spot(key: tuple[str, ...]) -> str:
    return "/".join(part for part in key if part)


def _shown(value: object, scale: int = 0) -> str:
    if value is None or value == ():
        return "—"
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if isinstance(value, int):
        return plain(Decimal(value).scaleb(-scale))
    return plain(value) if isinstance(value, Decimal) else str(value)
