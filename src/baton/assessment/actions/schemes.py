"""Adopting a version of a scheme: from then on it says who reports what about whom."""

from baton.assessment.actions.below.doors import require_office
from baton.assessment.models import Duty, SchemeVersion
from baton.assessment.rules.duties import duties_of
from baton.core import clock
from baton.core.acting import Actor, acting
from baton.engine.scheme.digest import digest
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure import check
from baton.engine.scheme.text import from_yaml
from baton.org.models import Unit
from baton.words import Problem, Refused, Severity


def adopt_scheme(*, by: Actor, text: str, document: str = "") -> list[SchemeVersion]:
    """Take a scheme's text, which may hold several versions; give a row for each. One that is there already is kept.

    Raises `Refused` with every error in the text and in the scheme's structure, and with every unit of the scheme that
    the county's list of units lacks.
    """
    require_office(by)
    versions = from_yaml(text, "")
    units = dict(Unit.objects.values_list("code", "pk"))
    problems = [problem for one in versions for problem in _problems(one, units)]
    if problems:
        raise Refused(problems)
    with acting(by) as told:
        found = []
        for scheme in versions:
            row, is_new = SchemeVersion.objects.get_or_create(
                digest=digest(scheme), defaults=_fields(scheme, text, document, by)
            )
            if is_new:
                _write_duties(row, scheme, units)
                told.did("assessment.scheme_adopted", row, digest=row.digest, document=row.document)
            found.append(row)
    return found


def _problems(scheme: Scheme, units: dict[str, int]) -> list[Problem]:
    wrong = [problem for problem in check(scheme) if problem.severity is Severity.ERROR]
    lacking = [unit for unit in scheme.units if unit.group is not None and unit.code not in units]
    named = {code for one in scheme.indicators for code in (one.lead, one.reviewer) if code and code not in units}
    names = {unit.code: unit.name for unit in scheme.units}
    codes = dict.fromkeys([*(unit.code for unit in lacking), *sorted(named)])
    return wrong + [Problem("assessment.unit_not_in_list", {"code": one, "name": names.get(one, one)}) for one in codes]


def _fields(scheme: Scheme, text: str, document: str, by: Actor) -> dict[str, object]:
    return {
        "code": scheme.code,
        "name": scheme.name,
        "version": scheme.version,
        "text": text,
        "year": scheme.effective_from.year,
        "effective_from": scheme.effective_from,
        "effective_to": scheme.effective_to,
        "document": (document or scheme.document_number)[:200],
        "adopted_by": by.user,
        "adopted_at": clock.now(),
    }


def _write_duties(row: SchemeVersion, scheme: Scheme, units: dict[str, int]) -> None:
    Duty.objects.bulk_create(
        Duty(
            scheme=row,
            series=one.series,
            indicator=one.indicator,
            unit_id=units[one.unit],
            reporter_id=units.get(one.reporter),
            verifier_id=units.get(one.verifier),
            source=one.source[:200],
        )
        for one in duties_of(scheme)
    )
