"""Work out something about an object once, for as long as that object lives."""

from collections.abc import Callable
from functools import wraps
from weakref import ref


def once_for_each[Object, Found](work_out: Callable[[Object], Found]) -> Callable[[Object], Found]:
    """Keep what a function found about an object that nobody changes, such as a scheme, until the object is gone.

    Objects are told apart by what they are, not by what they say: a scheme of a thousand indicators takes as long to
    compare as to work out. What is kept is given to all who ask, so it must not be changed either.
    """
    kept: dict[int, tuple[ref[Object], Found]] = {}

    @wraps(work_out)
    def given(of: Object) -> Found:
        number = id(of)
        there = kept.get(number)
        if there is not None and there[0]() is of:
            return there[1]
        found = work_out(of)
        kept[number] = (ref(of, lambda _: kept.pop(number, None)), found)
        return found

    return given
