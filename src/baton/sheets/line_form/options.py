"""The options of each kind of rule and value, read off their models, and how a field of a form holds each."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from baton.engine.rules import KINDS
from baton.engine.scheme.text import written
from baton.engine.terms import Record
from baton.engine.values import Direct, GrowthRate, Ratio, WeightedSum

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "target": ("completion", "control", "attain", "time_progress", "conversion"),
    "line": ("threshold_deduct", "per_case_deduct", "bands", "piecewise_linear", "goalposts"),
    "ends": ("efficacy_linear", "efficacy_exponential", "min_max", "ratio_to_best", "distance_to_best"),
    "group": ("growth", "z_score"),
    "places": ("rank_points", "rank_table", "rank_scale", "exponential_rank"),
    "lists": ("checklist", "level_table", "ballot", "ballot_rate"),
    "parts": ("composite",),
}
"""Kinds of rules as people look for them: by what a figure is held against."""


class Hold(Enum):
    """How a field of a form holds an option."""

    TEXT = auto()
    NUMBER = auto()
    CHOICE = auto()
    NUMBER_OR_WORD = auto()
    NUMBERS = auto()
    CODES = auto()
    PAIRS = auto()
    KNOTS = auto()
    PLACES = auto()
    FROM = auto()


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a kind: `route` inside its table, how it is held, and the words that it may be.

    `default` as the scheme file writes it, None for none; `may_lack`: it can be said that there is to be none.
    """

    vocabulary: str
    kind: str
    route: tuple[str, ...]
    hold: Hold
    words: tuple[str, ...] = ()
    required: bool = False
    may_lack: bool = False
    default: Any = None

    @property
    def name(self) -> str:
        """The name of its field."""
        return "-".join((self.vocabulary, *self.route))

    @property
    def long(self) -> bool:
        """Whether it takes several lines."""
        return self.hold in (Hold.PAIRS, Hold.KNOTS, Hold.PLACES, Hold.FROM)


_VALUES = (Direct, Ratio, GrowthRate, WeightedSum)
MODELS: Mapping[str, Mapping[str, type[Record]]] = {
    "rule": {kind.model_fields["kind"].default: kind for kind in KINDS},
    "value": {kind.model_fields["kind"].default: kind for kind in _VALUES},
}


@cache
def options_of(vocabulary: str, kind: str) -> tuple[Option, ...] | None:
    """Give the options of a kind of `rule` or `value`, in the order of the model; None where no form can hold them."""
    model = MODELS[vocabulary].get(kind)
    found = () if model is None else tuple(_options(vocabulary, kind, model, ()))
    if any(one is None for one in found):
        return None
    return tuple(one for one in found if one is not None)


def _options(
    vocabulary: str, kind: str, model: type[Record], above: tuple[str, ...], *, required: bool = True
) -> Iterator[Option | None]:
    for name, field in model.model_fields.items():
        if name == "kind":
            continue
        route = (*above, field.alias or name)
        inner, lacks = _record_in(field.annotation)
        if inner is not None:
            yield from _options(vocabulary, kind, inner, route, required=not lacks)
            continue
        yield _option(vocabulary, kind, route, field, required=required)


def _option(vocabulary: str, kind: str, route: tuple[str, ...], field: FieldInfo, *, required: bool) -> Option | None:
    kinds, words, lacks = _kinds(field.annotation)
    hold = _hold(kinds, words, field.annotation)
    if hold is None:
        return None
    needed = field.is_required()
    default = None if needed else written(field.get_default(call_default_factory=True))
    return Option(vocabulary, kind, route, hold, words, needed and required, lacks and default is not None, default)


def _bare(given: Any) -> Any:
    while get_origin(given) is Annotated:
        given = get_args(given)[0]
    return given


def _alternatives(given: Any) -> list[Any]:
    given = _bare(given)
    if get_origin(given) in (Union, types.UnionType):
        return [one for part in get_args(given) for one in _alternatives(part)]
    return [given]


def _record_in(annotation: Any) -> tuple[type[Record] | None, bool]:
    """Give the record that a field holds, and whether there may be none."""
    parts = _alternatives(annotation)
    records = [one for one in parts if isinstance(one, type) and issubclass(one, Record)]
    return (records[0] if len(records) == 1 else None), type(None) in parts


def _kinds(annotation: Any) -> tuple[set[Any], tuple[str, ...], bool]:
    """Give the plain types of a field, the words it may be, and whether it may be none."""
    kinds: set[Any] = set()
    words: list[str] = []
    parts = _alternatives(annotation)
    for one in parts:
        if get_origin(one) is Literal:
            words += [str(word) for word in get_args(one)]
        elif isinstance(one, type) and issubclass(one, Enum):
            words += [str(word.value) for word in one]
        elif one is bool:
            words += ["true", "false"]
        elif one is not type(None):
            kinds.add(get_origin(one) or one)
    return kinds, tuple(words), type(None) in parts


def _hold(kinds: set[Any], words: tuple[str, ...], annotation: Any) -> Hold | None:
    if not kinds:
        return Hold.CHOICE
    if kinds <= {Decimal, int}:
        return Hold.NUMBER_OR_WORD if words else Hold.NUMBER
    if kinds == {str}:
        return Hold.TEXT
    whole = next(one for one in _alternatives(annotation) if get_origin(one) in kinds)
    inside = [_bare(one) for one in get_args(whole)]
    if kinds == {dict}:
        return Hold.PAIRS if inside[1] is Decimal else None
    return _hold_of_list(inside[0]) if kinds == {tuple} else None


def _hold_of_list(inside: Any) -> Hold | None:
    if inside is Decimal:
        return Hold.NUMBERS
    if inside is str:
        return Hold.CODES
    if get_origin(inside) is tuple:
        return Hold.KNOTS
    fields = set(inside.model_fields) if isinstance(inside, type) and issubclass(inside, Record) else set()
    return {("from_", "share", "to"): Hold.PLACES, ("at_least", "share"): Hold.FROM}.get(tuple(sorted(fields)))


BY_WORKBOOK = tuple(kind for kind in MODELS["rule"] if options_of("rule", kind) is None)
"""Kinds of rules that no form can hold: they go by the workbook."""
