"""What a bulletin needs beside the results: the county's template, ranges of places where the scheme lets them out."""

from collections.abc import Mapping

from baton.assessment.models import Month, SchemeVersion, UnitResult
from baton.assessment.queries.looking import Shown
from baton.assessment.queries.monthly import score_of
from baton.core.models import StoredFile, User
from baton.core.queries.files import files_of
from baton.engine.robustness.result import Interval
from baton.engine.robustness.robustness import robustness
from baton.words import Refused


def bulletin_template(user: User, month: Month) -> StoredFile | None:
    """Give the newest template of the month's scheme, or of an earlier version of it; None: none was uploaded."""
    versions = SchemeVersion.objects.visible_to(user).filter(code=month.scheme.code)
    found = [file for version in versions for file in files_of(user, version)]
    return max(found, key=lambda file: file.created_at, default=None)


def public_ranges(shown: Shown) -> Mapping[str, Interval]:
    """Give by unit the places it could as well have in the year so far; nothing unless the scheme lets them out.

    Those that were kept with the run, as the pages show them; before there are months enough, under other choices.
    Nothing, too, where figures have changed since the run, or a group cannot be analysed: no range is better than one
    of another result.
    """
    if not shown.scheme.ranking.intervals_in_public:
        return {}
    rows = UnitResult.objects.filter(run=shown.run, best__isnull=False).values_list("unit__code", "best", "worst")
    kept = {unit: Interval(best, worst) for unit, best, worst in rows if best is not None and worst is not None}
    if kept:
        return kept
    try:
        sheet = score_of(shown.month).sheet
        found = robustness(sheet) if sheet.digest == shown.run.digest else None
    except Refused:
        return {}
    if found is None:
        return {}
    return {one.unit: one.everyday or one.choices for group in found.groups for one in group.units}
