"""Finding things: only what a person may see, the best first."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from baton.core.models import SearchEntry, User
from baton.core.rules.grams import normal, runs, terms
from baton.core.search.index import index
from baton.core.search.kinds import searchables

LONGEST = 100
"""Characters of a question that are looked at."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found; `kind` is the code of the words for its kind, `label` the name of the kind in tables."""

    label: str
    kind: str
    title: str
    detail: str
    reference: str


def find(user: User, written: str, limit: int = 50) -> list[Hit]:
    """Find what has all the words, among what the person may see: titles that are it, begin with it, have it, others.

    The index finds pairs of characters wherever they stand; the words themselves are then looked for in what it found.
    """
    asked = normal(written)[:LONGEST]
    wanted, kinds = terms(asked), searchables()
    if not wanted or not kinds or not user.is_active:
        return []
    seen = Q(pk__in=())
    for label, kind in kinds.items():
        seen |= Q(kind=label, number__in=kind.visible(user).order_by().values("pk"))
    rows = SearchEntry.objects.filter(seen, pk__in=index().matching(wanted))
    for run in runs(asked):
        rows = rows.filter(plain__contains=run)
    order = list(kinds)
    ranked = rows.annotate(rank=_rank(asked), place=_place(order)).order_by("rank", "place", "title", "pk")
    return [Hit(row.kind, kinds[row.kind].code, row.title, row.detail, row.reference) for row in ranked[:limit]]


def _rank(asked: str) -> Case:
    return Case(
        When(plain__startswith=f"{asked}\n", then=Value(0)),
        When(plain__startswith=asked, then=Value(1)),
        When(title__icontains=asked, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def _place(order: list[str]) -> Case:
    """Let kinds stand in the order in which they were registered."""
    places = [When(kind=label, then=Value(at)) for at, label in enumerate(order)]
    return Case(*places, default=Value(len(order)), output_field=IntegerField())
