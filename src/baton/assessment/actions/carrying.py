"""An upheld objection carried out by the office: it names what did so, and the result is scored anew beside the old.

A figure or an event is put right with the answer itself (`actions.objections`). What is left is what somebody else
decides: an amended scheme, grades decided anew, an event that lacked, or what only words can say.
"""

from typing import Any

from baton.assessment.actions.below.anew import ask_official
from baton.assessment.actions.below.anew_year import ask_year_anew
from baton.assessment.actions.below.cells import current_figures
from baton.assessment.actions.below.doors import require_office
from baton.assessment.actions.below.objecting import concerned, locked, tell
from baton.assessment.choices import ObjectionKind, ObjectionState
from baton.assessment.models import AnnualAssessment, Month, Objection, SchemeVersion
from baton.assessment.queries.objections.carrying import decisions_for, entries_for, versions_for
from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.words import Place, Problem, Refused

_LONGEST = 2000
_LINK = Place(field="link")


def carry_out_objection(*, by: Actor, objection: int, carried: str, link: int | None = None) -> Objection:
    """Write down what carried an upheld objection out, and with it those that the same answer was about.

    `link`: the number of the version of the scheme that amended the rule or group, of the decision on grades, or of
    the event that lacked; `carried`: what was done, in words. An amended scheme becomes that of the month or year,
    which is scored anew beside what is out. By the office. Raises `Refused` while a figure stands as it was, and
    without what has to be named.
    """
    require_office(by)
    with acting(by) as told:
        row = locked(objection, ObjectionState.DECIDED)
        if not row.lacks_carrying:
            raise Refused([Problem("objections.not_to_carry")])
        found, problems = _named(row, link)
        if not carried.strip():
            problems.append(Problem("objections.carried_lacking", {}, Place(field="carried")))
        if len(carried.strip()) > _LONGEST:
            problems.append(Problem("objections.too_long", {"most": _LONGEST}, Place(field="carried")))
        if problems:
            raise Refused(problems)
        if "scheme" in found:
            _amend(told, row, found["scheme"])
        elif row.annual is not None and row.kind in (ObjectionKind.FIGURE, ObjectionKind.DEDUCTION):
            ask_year_anew(told, row.annual.annual.year, row.number)
        same = Objection.objects.about_the_same(row).to_carry_out().filter(decided_at=row.decided_at)
        for one in (row, *(locked(number, ObjectionState.DECIDED) for number in same.values_list("pk", flat=True))):
            one.carried, one.carried_by, one.carried_at = carried.strip(), by.user, clock.now()
            for name, value in found.items():
                setattr(one, name, value)
            one.save(update_fields=["carried", "carried_by", "carried_at", *found])
            tell(told, concerned(one), one, "objections.notice_carried")
            told.did("objections.carried_out", one, number=one.number, carried=one.carried, link=link)
    return row


def _named(row: Objection, link: int | None) -> tuple[dict[str, Any], list[Problem]]:
    """Give what carried it out, by the name of its field, and what stands against that."""
    kind = ObjectionKind(row.kind)
    if kind is ObjectionKind.FIGURE:
        return {}, [*_still_stands(row)]
    if kind is ObjectionKind.OTHER:
        return {}, []
    choices: dict[str, Any] = {
        ObjectionKind.GRADE: ("decision", decisions_for, "objections.decision_lacking"),
        ObjectionKind.DEDUCTION: ("entry_made", entries_for, "objections.entry_lacking"),
    }
    name, choose, lacking = choices.get(kind, ("scheme", versions_for, "objections.version_lacking"))
    found = next((one for one in choose(row) if one.pk == link), None)
    if found is None:
        return {}, [Problem(lacking, {}, _LINK)]
    dropped = _dropped(row, found) if isinstance(found, SchemeVersion) else []
    return {name: found}, [
        Problem("objections.version_asks_less", {"names": "、".join(dropped)}, _LINK)
    ] if dropped else []


def _dropped(row: Objection, version: SchemeVersion) -> list[str]:
    """Give the names of what was reported by the result's own scheme and has no place in another version."""
    asked = row.run.scheme.form.fields
    return list(dict.fromkeys(asked[key].name for key in asked if key not in version.form.fields))


def _still_stands(row: Objection) -> list[Problem]:
    """Say that a figure was not put right yet; a year without any month has its figures brought in anew."""
    one = row.figure
    assert one is not None
    key = (one.unit_id, one.series, one.figure, one.period)
    now = current_figures([key]).get(key)
    return [Problem("objections.figure_still_stands", {}, Place(field="carried"))] if now and now.pk == one.pk else []


def _amend(told: Told, row: Objection, version: SchemeVersion) -> None:
    """Let the month or year of a result be assessed by an amended scheme, and ask for a run by it."""
    owner: Month | AnnualAssessment
    if row.annual is not None:
        owner = AnnualAssessment.objects.select_for_update(no_key=True).get(pk=row.annual.annual_id)
    else:
        owner = Month.objects.select_for_update(no_key=True).get(period=row.issued.period)
    if owner.scheme_id != version.pk:
        before = owner.scheme.digest
        owner.scheme = version
        owner.save(update_fields=["scheme"])
        told.did("objections.scheme_amended", owner, period=row.issued.period, before=before, after=version.digest)
    if isinstance(owner, AnnualAssessment):
        ask_year_anew(told, owner.year, row.number)
    else:
        ask_official(told, owner.period)
