"""A version of a scheme adopted: its row, who reports what about whom, and its indicators in the library."""

from baton.assessment.models import Duty, LibraryLine, SchemeText, SchemeVersion
from baton.assessment.rules.duties import duties_of
from baton.assessment.rules.library import library_lines
from baton.core import clock
from baton.core.acting import Actor, Told
from baton.engine.scheme.digest import digest
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure import check
from baton.org.models import Unit
from baton.words import Problem, Severity


def units_by_code() -> dict[str, int]:
    """Give the county's units by code."""
    return dict(Unit.objects.values_list("code", "pk"))


def problems_of_adopting(scheme: Scheme, units: dict[str, int]) -> list[Problem]:
    """Give what keeps a scheme from being adopted: errors of its structure, and units that the county's list lacks."""
    wrong = [problem for problem in check(scheme) if problem.severity is Severity.ERROR]
    return wrong + units_lacking(scheme, units)


def units_lacking(scheme: Scheme, units: dict[str, int]) -> list[Problem]:
    """Give the units of a scheme that the county's list lacks."""
    lacking = [unit for unit in scheme.units if unit.group is not None and unit.code not in units]
    named = {code for one in scheme.indicators for code in (one.lead, one.reviewer) if code and code not in units}
    names = {unit.code: unit.name for unit in scheme.units}
    codes = dict.fromkeys([*(unit.code for unit in lacking), *sorted(named)])
    return [Problem("assessment.unit_not_in_list", {"code": one, "name": names.get(one, one)}) for one in codes]


def adopt(told: Told, by: Actor, scheme: Scheme, text: str, document: str, units: dict[str, int]) -> SchemeVersion:
    """Take a version; one that is there already is kept as it is."""
    row, is_new = SchemeVersion.objects.get_or_create(digest=digest(scheme), defaults=_fields(scheme, document, by))
    if is_new:
        SchemeText.objects.create(version=row, text=text)
        _write_duties(row, scheme, units)
        LibraryLine.objects.bulk_create(LibraryLine(version=row, year=row.year, **one) for one in library_lines(scheme))
        told.did("assessment.scheme_adopted", row, digest=row.digest, document=row.document)
    return row


def _fields(scheme: Scheme, document: str, by: Actor) -> dict[str, object]:
    return {
        "code": scheme.code,
        "name": scheme.name,
        "version": scheme.version,
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
