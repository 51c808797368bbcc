"""The visits of a plan: which figures are looked at, and what the findings say of the county."""

from collections.abc import Mapping

from baton.engine.integrity.reported import ACTUAL, Reported, carriers
from baton.engine.integrity.sampling import Plan
from baton.engine.integrity.visits import Corrected, VisitForm, corrected_totals, form_of
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.terms import Aggregation
from baton.sheets.forms import Sort, fields_of, rates_of
from baton.sheets.visits import VisitsMade
from baton.words import Problem, Refused, Severity


def visit_form(scheme: Scheme, reported: Reported, year: int, plan: Plan) -> VisitForm:
    """Write the form of a plan, with what was reported for the year; of two indicators of one series the first.

    Choices (yes or no, levels) are no figures that add up: they are left out.
    """
    figures: dict[str, dict[str, float | None]] = {}
    series: set[str] = set()
    choices = {key[0] for key, one in fields_of(scheme).items() if key[1] == ACTUAL and one.sort is not Sort.NUMBER}
    for indicator in scheme.indicators:
        if indicator.series_code in choices:
            continue
        by_unit = {
            unit: _of_year(reported.figures.get((unit, indicator.series_code, ACTUAL), {}), indicator, year)
            for unit in carriers(scheme, indicator)
        }
        if indicator.series_code not in series and any(value is not None for value in by_unit.values()):
            series.add(indicator.series_code)
            figures[indicator.code] = by_unit
    return form_of(scheme.code, year, plan, figures)


def _of_year(by_period: Mapping[str, float], indicator: Indicator, year: int) -> float | None:
    """Figure of a year, or of what was reported of it so far."""
    if str(year) in by_period:
        return by_period[str(year)]
    own = {period: value for period, value in sorted(by_period.items()) if period.startswith(f"{year}-")}
    months = [value for period, value in own.items() if "Q" not in period]
    parts = months or list(own.values())
    if not parts:
        return None
    match indicator.aggregation:
        case Aggregation.LAST:
            return parts[-1]
        case Aggregation.MAXIMUM:
            return max(parts)
        case Aggregation.MINIMUM:
            return min(parts)
        case Aggregation.MEAN:
            return sum(parts) / len(parts)
    return sum(parts)


def correct(scheme: Scheme, made: VisitsMade, digest: str | None) -> tuple[tuple[Corrected, ...], list[Problem]]:
    """Correct what was reported by what was found, and say which visits are missing.

    `digest`: what the run that drew the plan said (its first digits are enough). Raises `Refused` for a form of another
    run, and for one in which nothing is filled in.
    """
    form = made.form
    if digest is not None and not form.digest.startswith(digest.strip().lower().rstrip("…") or "-"):
        raise Refused([Problem("integrity.plan_of_other_run", {"given": form.digest[:12], "wanted": digest[:12]})])
    if not made.found:
        raise Refused([Problem("integrity.nothing_found", {"visits": len(form.visits)})])
    found = corrected_totals(form, made.found, rates_of(scheme))
    units = {one.code: one.name for one in scheme.units}
    names = {one.code: one.name for one in scheme.indicators}
    missing = [
        Problem(
            "integrity.visits_missing",
            {
                "indicator": names.get(one.indicator, one.indicator),
                "missing": len(one.missing),
                "visits": one.visits,
                "units": "、".join(units.get(unit, unit) for unit in one.missing),
            },
            severity=Severity.WARNING,
        )
        for one in found
        if one.missing
    ]
    return found, missing
