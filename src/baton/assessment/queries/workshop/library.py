"""The library of indicators: all lines of adopted schemes, and where one of them could stand in a draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from baton.assessment.models import LibraryLine, SchemeDraft
from baton.assessment.queries.workshop.lines import IndicatorLine, indicator_lines
from baton.core.models import User


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """An indicator of an adopted scheme, the same one in other versions, and the drafts that could take it."""

    row: LibraryLine
    line: IndicatorLine
    others: Sequence[LibraryLine]
    drafts: Sequence[SchemeDraft]


def library(user: User) -> QuerySet[LibraryLine]:
    """Give the indicators of all adopted schemes, newest year first."""
    return LibraryLine.objects.visible_to(user).select_related("version")


def library_page(user: User, number: int) -> LibraryPage | None:
    """Give an indicator of the library; None where there is none."""
    row = LibraryLine.objects.visible_to(user).select_related("version").filter(pk=number).first()
    if row is None:
        return None
    scheme = row.version.scheme
    lines = [*indicator_lines(scheme, {}, {}), *indicator_lines(scheme, {}, {}, own=True)]
    line = next(one for one in lines if one.indicator.code == row.code)
    others = library(user).filter(name=row.name).exclude(pk=row.pk) | library(user).filter(
        code=row.code, own="", version__code=row.version.code
    ).exclude(pk=row.pk)
    under_way = [one for one in SchemeDraft.objects.visible_to(user) if one.editable]
    return LibraryPage(row, line, list(others.distinct()), under_way)
