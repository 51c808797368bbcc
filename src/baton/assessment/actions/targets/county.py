"""What the county itself is to reach, entered by the office with the document that says so."""

from baton.assessment.actions.below.doors import require_office
from baton.assessment.actions.below.targets import number_in
from baton.assessment.choices import Adding
from baton.assessment.models import CountyTarget, TargetCall
from baton.core import clock
from baton.core.acting import Actor, acting
from baton.sheets.forms import annual_targets
from baton.words import Place, Problem, Refused


def set_county_target(
    *, by: Actor, year: int, series: str, figure: str, typed: str, adding: str, document: str
) -> CountyTarget:
    """Enter the county's own target of a year; entered again, the new one counts and the old one is kept.

    `adding`: whether the units' targets add up to it or are averaged. Raises `Refused` with everything that stands
    against it: no such target called for, no number, no document.
    """
    require_office(by)
    call = TargetCall.objects.filter(year=year, targets__series=series, targets__figure_name=figure).first()
    known = None if call is None else annual_targets(call.scheme.scheme).get((series, figure))
    if known is None:
        raise Refused([Problem("targets.no_such_target", {"given": f"{series}.{figure}"})])
    found, problems = number_in(typed, known.field), list[Problem]()
    if isinstance(found, Problem):
        problems.append(found)
    if adding not in {one.value for one in Adding}:
        problems.append(Problem("targets.adding_lacking", {}, Place(field="adding")))
    if not document.strip():
        problems.append(Problem("targets.document_lacking", {}, Place(field="document")))
    if problems or isinstance(found, Problem):
        raise Refused(problems)
    with acting(by) as told:
        made = CountyTarget.objects.create(
            year=year,
            series=series,
            figure_name=figure,
            title=known.title[:200],
            value=found,
            adding=adding,
            document=document.strip()[:200],
            by=by.user,
            at=clock.now(),
        )
        told.did("targets.did_set_county", made, value=found, adding=adding, document=made.document)
    return made
