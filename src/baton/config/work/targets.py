"""Target checks of a year: what targets ask, which figures are worth checking, and whom to visit."""

from collections.abc import Callable, Sequence

import numpy as np

from baton.config.inputs import Data
from baton.config.work.monthly import reported_of
from baton.config.work.records import NOTHING_KNOWN, Known, with_records, without_figure
from baton.config.work.visits import visit_form
from baton.engine.integrity import Flag, find
from baton.engine.integrity.asked import Asked, asked_of
from baton.engine.integrity.checks import Checks
from baton.engine.integrity.points import find_points
from baton.engine.integrity.reported import Reported, county_target, each_once, histories_of, series_of
from baton.engine.integrity.sampling import candidates_of, draw
from baton.engine.integrity.series import Series
from baton.engine.integrity.stretch import CountyPlan, county_plan, outlooks
from baton.engine.scheme.model import Scheme
from baton.engine.terms import Direction, Evidence
from baton.words import Problem, Refused, Severity


def check_targets(
    scheme: Scheme,
    data: Sequence[Data],
    year: int | None,
    seed: int,
    visits: int,
    step: Callable[[str], None] = lambda code: None,
    count: Callable[[int, int], None] = lambda done, total: None,
    known: Known = NOTHING_KNOWN,
) -> Checks:
    """Check the targets of a year (None: the last one reported) and all figures up to it.

    `known` is what the office knows of how figures were entered and of the evidence behind them.

    Raises `Refused` where there is nothing to check: no figure of the year or before it, or too few units.
    """
    reported = reported_of(data)
    if not reported.years:
        raise Refused([Problem("config.no_figures")])
    wanted = year if year is not None else reported.years[-1]
    if wanted not in reported.years:
        years = "、".join(map(str, reported.years))
        raise Refused([Problem("integrity.year_not_there", {"given": wanted, "years": years})])
    step("integrity.step_stretch")
    asked, plans, notices = _asked(scheme, reported, wanted)
    series = with_records(series_of(scheme, reported), scheme, known)
    notices += without_figure(known.records, reported)
    step("integrity.step_flags")
    flags: tuple[Flag, ...] = ()
    try:
        flags = find(each_once(scheme, series), progress=count) if series else ()
    except Refused as refused:
        notices += [Problem(p.code, p.params, severity=Severity.NOTICE) for p in refused.problems]
        series = []
    if not asked and not series:
        raise Refused([*notices, Problem("integrity.nothing_to_check", {"year": wanted})])
    if not series:
        notices.append(Problem("integrity.no_months", severity=Severity.NOTICE))
    points = _points(scheme, series)
    groups = {unit.code: unit.group for unit in scheme.units if unit.group is not None}
    here = {one.unit for one in series} | {one.unit for one in asked}
    candidates = candidates_of({unit: groups[unit] for unit in groups if unit in here}, flags)
    strata = {one.stratum for one in candidates}
    plan = draw(candidates, min(max(visits, len(strata)), len(candidates)), seed) if visits and candidates else None
    form = visit_form(scheme, reported, wanted, plan) if plan else None
    entries = known.entries(each_once(scheme, series))
    return Checks(wanted, asked, plans, flags, points, plan, len(series), tuple(notices), groups, entries, form)


def _asked(
    scheme: Scheme, reported: Reported, year: int
) -> tuple[tuple[Asked, ...], dict[str, CountyPlan], list[Problem]]:
    """Judge the targets of every indicator; an indicator that cannot be judged leaves a notice that says why."""
    found: list[Asked] = []
    plans: dict[str, CountyPlan] = {}
    notices: list[Problem] = []
    indicators = {one.code: one for one in scheme.indicators}
    for code, (histories, targets) in histories_of(scheme, reported, year).items():
        indicator = indicators[code]
        try:
            judged = asked_of(histories, targets, code, indicator.direction is Direction.HIGHER)
        except Refused as refused:
            params = {"indicator": indicator.name, "why": "; ".join(p.code.partition(".")[2] for p in refused.problems)}
            notices.append(Problem("integrity.not_judged", params, severity=Severity.NOTICE))
            notices += [Problem(p.code, p.params, severity=Severity.NOTICE) for p in refused.problems]
            continue
        found += judged
        own = county_target(reported, indicator, year)
        if not np.isnan(own):
            with_target = [one for unit, one in outlooks(histories).items() if unit in targets]
            plans[code] = county_plan(with_target, targets, own)
    return tuple(found), plans, notices


def _points(scheme: Scheme, series: Sequence[Series]) -> tuple[Flag, ...]:
    """Judge where points lie, by the full marks that the scheme writes for groups."""
    groups = [group.code for group in scheme.groups]
    points = {
        (group, one.code): float(one.points.get(group, one.points.get("*", 0)))
        for one in scheme.indicators
        for group in groups
    }
    evidence = {one.code: one.evidence is not Evidence.NONE for one in scheme.indicators}
    return find_points(series, points, evidence)
