"""Keeping entries with their objects: after each action for what it named, all anew by a job or the command line."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

from django.db import transaction

from baton.core.models import SearchEntry
from baton.core.rules.grams import grams, normal
from baton.core.search.index import index
from baton.core.search.kinds import Searchable, searchables

_AT_ONCE = 500
_FIELDS = ("title", "detail", "reference", "plain")


def refresh(named: Iterable[tuple[str, str]]) -> None:
    """Bring entries up to date by type and number of their objects, as audit rows name them.

    Of kinds that cannot be found nothing is kept; what is gone is taken out; what follows an object goes with it.
    """
    changed: dict[str, set[int]] = {}
    for label, number in named:
        if number.isdecimal():
            changed.setdefault(label, set()).add(int(number))
    for kind in searchables().values():
        numbers = set(changed.get(kind.label, ()))
        for label in changed.keys() & kind.follows.keys():
            following = kind.rows().filter(**{f"{kind.follows[label]}__in": changed[label]})
            numbers |= set(following.order_by().values_list("pk", flat=True))
        if numbers:
            _refresh(kind, numbers)


def _refresh(kind: Searchable, numbers: set[int]) -> None:
    rows = list(kind.rows().filter(pk__in=numbers))
    _forget(kind, numbers - {row.pk for row in rows})
    _write(kind, rows)


def _write(kind: Searchable, rows: Sequence[Any]) -> None:
    entries = [_entry(kind, row) for row in rows]
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=("kind", "number"), update_fields=_FIELDS
    )
    there = SearchEntry.objects.filter(kind=kind.label, number__in=[row.pk for row in rows])
    index().write((number, grams(plain)) for number, plain in there.values_list("pk", "plain"))


def _entry(kind: Searchable, row: Any) -> SearchEntry:
    made = kind.entry(row)
    return SearchEntry(
        kind=kind.label,
        number=row.pk,
        title=made.title[:200],
        detail=made.detail[:200],
        reference=made.reference[:64],
        plain=f"{normal(made.title)}\n{normal(made.detail)} {normal(made.text)}",
    )


def _forget(kind: Searchable, numbers: Iterable[int]) -> None:
    gone = SearchEntry.objects.filter(kind=kind.label, number__in=list(numbers))
    index().forget(list(gone.values_list("pk", flat=True)))
    gone.delete()


def refill() -> Iterator[int]:
    """Fill all entries anew, a part at a time, each whole; gives how many are done. What is gone is taken out."""
    done = 0
    for kind in searchables().values():
        there = set(kind.rows().order_by().values_list("pk", flat=True))
        with transaction.atomic():
            known = set(SearchEntry.objects.filter(kind=kind.label).values_list("number", flat=True))
            _forget(kind, known - there)
        for part in batched(sorted(there), _AT_ONCE):
            with transaction.atomic():
                _refresh(kind, set(part))
            done += len(part)
            yield done


def to_fill() -> int:
    """Count what can be found."""
    return sum(kind.rows().order_by().count() for kind in searchables().values())
