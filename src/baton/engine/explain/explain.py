"""The door: explain a unit, or one indicator of it, or every unit, from a score sheet."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches

from baton.engine.explain.contributions import Family, shared_out
from baton.engine.explain.explanation import Explanation, GroupFigures, IndicatorExplanation
from baton.engine.explain.items import explain_items
from baton.engine.explain.kinds import Setting, told
from baton.engine.explain.leaf import Surroundings, explain_leaf
from baton.engine.explain.line import Line, shown
from baton.engine.explain.nodes import explain_nodes
from baton.engine.explain.peers import group_figures, places
from baton.engine.explain.reading import LeafKey, UnitRows, rows_of
from baton.engine.plan import Leaf, Plan
from baton.engine.quantum import to_points, to_quanta
from baton.engine.result.sheet import ScoreSheet
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.units import Unit
from baton.words import Problem, Refused


def explain(sheet: ScoreSheet, unit: str, indicator: str | None = None) -> Explanation:
    """Say why a unit has its total: every leaf with value, rule, sum, rank and share, every adjustment, every reason.

    `unit` is a code, a name or a short name; `indicator` a code or a name (None: all). Everything is read from the
    sheet's stored leaves, nodes, statistics and parameters; no rule is applied again. Raises `Refused` for a unit or an
    indicator that the sheet does not have.
    """
    who = _unit(sheet, unit)
    family = Family(Plan(sheet.scheme, sheet.year, {}))
    return _explained(sheet, family, who, rows_of(sheet, [who.code])[who.code], indicator)


def explain_all(sheet: ScoreSheet) -> Iterator[Explanation]:
    """Explain every unit, in the order of the standings; what units share is read only once."""
    family = Family(Plan(sheet.scheme, sheet.year, {}))
    named = {unit.code: unit for unit in sheet.scheme.units}
    rows = rows_of(sheet)
    for standing in sheet.standings:
        yield _explained(sheet, family, named[standing.unit], rows[standing.unit], None)


def _explained(sheet: ScoreSheet, family: Family, who: Unit, rows: UnitRows, indicator: str | None) -> Explanation:
    standing = next(one for one in sheet.standings if one.unit == who.code)
    plan = family.plan
    decimals = sheet.scheme.decimals
    shares = {}
    if standing.base is not None:
        shares = shared_out(family, rows, to_quanta(standing.base, decimals))
    wanted = _indicators(sheet, rows, indicator)
    told_of = tuple(_Unit(sheet, plan, rows, shares, wanted).indicators())
    adjustments = tuple(one for one in sheet.adjustments if one.unit == who.code)
    bounded = Decimal(0)
    if standing.total is not None and standing.base is not None:
        bounded = standing.total - (standing.base + standing.bonus - standing.deduction)
    return Explanation(
        unit=who.code,
        unit_name=who.name,
        group=standing.group,
        group_name=next(group.name for group in sheet.scheme.groups if group.code == standing.group),
        year=sheet.year,
        standing=standing,
        ranked=sum(one.rank is not None for one in sheet.standings if one.group == standing.group),
        nodes=tuple(explain_nodes(plan, rows, shares)),
        indicators=told_of,
        elsewhere=to_points(sum(shares.values()), decimals) - sum((x.contribution for x in told_of), Decimal(0)),
        adjustments=adjustments,
        items=tuple(explain_items(sheet.scheme, {one.item for one in adjustments})),
        bounded=bounded,
        reasons=tuple(Line(code, params) for code, params in standing.reasons),
    )


class _Unit:
    """One unit's rows with everything its indicators need."""

    def __init__(
        self,
        sheet: ScoreSheet,
        plan: Plan,
        rows: UnitRows,
        shares: Mapping[LeafKey, int],
        wanted: list[Indicator],
    ) -> None:
        codes = {indicator.code for indicator in wanted}
        leaves = [leaf for leaf in plan.by_group.get(rows.group, ()) if leaf.indicator.code in codes]
        self.plan, self.rows, self.shares, self.wanted = plan, rows, shares, wanted
        self.leaves = {(leaf.indicator.code, leaf.part): leaf for leaf in leaves}
        self.figures = group_figures(sheet, rows.group, codes)
        self.places = places(sheet, leaves, rows.unit)

    def indicators(self) -> Iterator[IndicatorExplanation]:
        """Explain the wanted indicators in the scheme's order."""
        for indicator in self.wanted:
            keys = sorted(key for key in self.rows.leaves if key.indicator == indicator.code)
            names = {part.code: part.name for part in indicator.rule.parts()}
            yield IndicatorExplanation(
                code=indicator.code,
                name=indicator.name,
                unit=indicator.unit,
                path=self._path(indicator),
                lead=indicator.lead,
                source=indicator.source,
                definition=indicator.definition,
                rule=tuple(self._rule(indicator, names)),
                leaves=tuple(
                    explain_leaf(self._leaf(key), key, self.rows.leaves[key], self._around(key, names)) for key in keys
                ),
                contribution=self._points(sum(self.shares.get(key, 0) for key in keys)),
            )

    def _around(self, key: LeafKey, names: Mapping[str, str]) -> Surroundings:
        return Surroundings(
            year=self.plan.year,
            decimals=self.plan.scheme.decimals,
            part_name=names.get(key.part, ""),
            group=self.figures.get(key, GroupFigures(0)),
            place=self.places.get(key),
            contribution=self._points(self.shares.get(key, 0)),
        )

    def _leaf(self, key: LeafKey) -> Leaf:
        return self.leaves[key.indicator, key.part]

    def _rule(self, indicator: Indicator, names: Mapping[str, str]) -> Iterator[Line]:
        for (code, part), leaf in self.leaves.items():
            if code == indicator.code:
                if part:
                    yield Line("engine.explain_part", {"part": names.get(part, part), "points": shown(leaf.points)})
                yield from told(leaf.rule, Setting(leaf.points, leaf.sign, {**indicator.figures}))

    def _path(self, indicator: Indicator) -> tuple[str, ...]:
        found = []
        at: str | None = indicator.parent
        while at is not None:
            found.append(self.plan.nodes[at].name)
            at = self.plan.nodes[at].parent
        return tuple(reversed(found))

    def _points(self, quanta: int) -> Decimal:
        return to_points(quanta, self.plan.scheme.decimals)


def _unit(sheet: ScoreSheet, given: str) -> Unit:
    scored = {one.unit for one in sheet.standings}
    units = [unit for unit in sheet.scheme.units if unit.code in scored]
    by_code = [unit for unit in units if given == unit.code]
    by_name = [unit for unit in units if given in (unit.name, unit.short_name, *unit.aliases)]
    for found in (by_code, by_name):
        if len(found) == 1:
            return found[0]
    names = [name for unit in units for name in (unit.code, unit.name, unit.short_name) if name]
    near = get_close_matches(given, names, n=3, cutoff=0.5)
    raise Refused([Problem("engine.explain_unknown_unit", {"given": given, "near": "、".join(near) or "—"})])


def _indicators(sheet: ScoreSheet, rows: UnitRows, given: str | None) -> list[Indicator]:
    scored = {key.indicator for key in rows.leaves}
    indicators = [indicator for indicator in sheet.scheme.indicators if indicator.code in scored]
    if given is None:
        return indicators
    found = [indicator for indicator in indicators if given in (indicator.code, indicator.name)]
    if len(found) == 1:
        return found
    near = get_close_matches(given, [name for one in indicators for name in (one.code, one.name)], n=3)
    params = {"given": given, "unit": rows.unit, "near": "、".join(near) or "—"}
    raise Refused([Problem("engine.explain_unknown_indicator", params)])
