"""The sheets of a scheme workbook and their columns: which field of the scheme each cell holds, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from baton.engine.scheme.text.shape import kinds_at, words_at


class Form(Enum):
    """How a cell holds a field."""

    TEXT = auto()
    NUMBER = auto()
    WHOLE = auto()
    DAY = auto()
    TRUTH = auto()
    WORD = auto()
    KIND = auto()
    OPTIONS = auto()
    TABLE = auto()
    CODES = auto()
    TEXTS = auto()
    NUMBERS = auto()
    WEIGHTS = auto()
    BY_GROUP = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """A cell: `route` inside its part, `name` of its heading in the catalogue, `words` of its vocabulary.

    KIND holds the `kind` of the table at `route`, OPTIONS everything else of it; BY_GROUP is a column per group.
    """

    route: tuple[str, ...]
    form: Form = Form.TEXT
    name: str = ""
    words: str = ""

    @property
    def heading(self) -> str:
        """The name of its heading."""
        return self.name or "_".join(self.route)


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet with a row per part of the list at `route` of the scheme."""

    name: str
    route: tuple[str, ...]
    fields: tuple[Field, ...]
    required: bool = False

    def values(self, field: Field) -> tuple[str, ...]:
        """Give the words of the scheme language that a cell may hold."""
        route: tuple[str | int, ...] = (*self.route, 0, *field.route) if self.route else field.route
        return kinds_at({}, route) if field.form is Form.KIND else words_at({}, route)


def _f(*route: str, form: Form = Form.TEXT, name: str = "", words: str = "") -> Field:
    return Field(route, form, name, words)


def _word(*route: str, words: str = "", name: str = "") -> Field:
    return Field(route, Form.WORD, name, words or route[-1])


def _kind(route: str, words: str = "") -> tuple[Field, Field]:
    return (
        Field((route,), Form.KIND, f"{route}_kind", words or route),
        Field((route,), Form.OPTIONS, f"{route}_options"),
    )


_CODE_AND_NAME = (_f("code"), _f("name"))

BASICS = Tab(
    "basics",
    (),
    (
        *_CODE_AND_NAME,
        _f("organisation"),
        _f("document_number"),
        _f("version"),
        _f("effective_from", form=Form.DAY),
        _f("effective_to", form=Form.DAY),
        _f("decimals", form=Form.WHOLE, name="quantum"),
        _f("note"),
        _word("ranking", "method", words="rank_method"),
        _f("ranking", "decimals", form=Form.WHOLE),
        _f("ranking", "intervals_in_public", form=Form.TRUTH),
        _word("grading", "quota_rounding"),
        _f("grading", "vetoed_uses_quota", form=Form.TRUTH),
        _word("grading", "boundary_tie"),
        _f("grading", "source"),
        _f("limits", "bonus", form=Form.NUMBER),
        _f("limits", "deduction", form=Form.NUMBER),
        _f("limits", "total_floor", form=Form.NUMBER),
        _f("limits", "total_cap", form=Form.NUMBER),
    ),
    required=True,
)

TABS: tuple[Tab, ...] = (
    Tab(
        "grades",
        ("grading", "grades"),
        (
            *_CODE_AND_NAME,
            _f("at_least", form=Form.NUMBER),
            _f("quota", form=Form.NUMBER),
            _f("consequence", name="grade_consequence"),
        ),
    ),
    Tab(
        "tie_breaks",
        ("ranking", "tie_breaks"),
        (Field((), Form.KIND, "tie_break_kind", "tie_break"), Field((), Form.OPTIONS, "tie_break_options")),
    ),
    Tab(
        "tasks",
        ("tasks",),
        (*_CODE_AND_NAME, _word("kind", words="task", name="task_kind"), _f("document"), _f("lead")),
    ),
    Tab(
        "groups",
        ("groups",),
        (*_CODE_AND_NAME, _f("root"), _f("quota_pool"), _f("graded", form=Form.TRUTH), _f("note")),
        required=True,
    ),
    Tab(
        "units",
        ("units",),
        (
            *_CODE_AND_NAME,
            _f("short_name"),
            _f("aliases", form=Form.TEXTS),
            _f("kind", name="unit_kind"),
            _f("group"),
            _f("valid_from", form=Form.DAY),
            _f("valid_to", form=Form.DAY),
            _f("successors", form=Form.CODES),
            _f("note"),
        ),
        required=True,
    ),
    Tab(
        "nodes",
        ("nodes",),
        (
            *_CODE_AND_NAME,
            _f("parent"),
            *_kind("combine"),
            _f("weight", form=Form.WEIGHTS),
            _f("full", form=Form.NUMBER),
            _word("frequency", name="node_frequency"),
            _word("over_periods"),
            _f("renormalise", form=Form.TRUTH),
            _word("when_empty"),
            _word("when_incomplete"),
            _f("floor", form=Form.NUMBER),
            _f("cap", form=Form.NUMBER),
            _f("decimals", form=Form.WHOLE),
            _f("decimals_over_periods", form=Form.WHOLE),
            _f("in_total", form=Form.TRUTH),
            _f("note"),
        ),
        required=True,
    ),
    Tab(
        "indicators",
        ("indicators",),
        (
            *_CODE_AND_NAME,
            _f("parent"),
            _f("points", form=Form.BY_GROUP),
            _f("unit", name="measure_unit"),
            _word("direction"),
            *_kind("rule"),
            *_kind("value"),
            _f("target", "value", form=Form.NUMBER),
            _word("target", "frequency", words="frequency"),
            _word("target", "spread"),
            _f("target", "profile", form=Form.NUMBERS),
            _word("frequency"),
            _word("aggregation"),
            _word("window"),
            _word("missing"),
            _f("assumed", form=Form.NUMBER),
            _word("zero_denominator"),
            _f("lead"),
            _word("reporter"),
            _word("evidence"),
            _f("reviewer"),
            _f("hooks", form=Form.CODES),
            _f("source"),
            _f("definition"),
            _f("series"),
            _f("figures", form=Form.TABLE),
            _f("decimals", form=Form.WHOLE, name="figure_decimals"),
            _f("decimals_of_points", form=Form.WHOLE),
            _f("full", form=Form.NUMBER, name="leaf_full"),
            _f("units", form=Form.CODES),
            _f("accepts_preliminary", form=Form.TRUTH),
        ),
        required=True,
    ),
    Tab(
        "treatment",
        ("treatment",),
        (Field((), Form.KIND, "treatment_kind", "treatment"), Field((), Form.OPTIONS, "treatment_options")),
    ),
    Tab("exemptions", ("exemptions",), (_f("unit", name="exempt_unit"), _f("indicator"), _f("node"), _f("reason"))),
    Tab(
        "bonuses",
        ("bonuses",),
        (
            *_CODE_AND_NAME,
            *_kind("measure"),
            _f("cap", form=Form.NUMBER, name="item_cap"),
            _word("counting"),
            _f("lead"),
            _f("basis"),
            _f("note"),
        ),
    ),
    Tab(
        "deductions",
        ("deductions",),
        (
            *_CODE_AND_NAME,
            *_kind("measure"),
            _f("cap", form=Form.NUMBER, name="item_cap"),
            _f("lead"),
            _f("basis"),
            _f("note"),
        ),
    ),
    Tab("vetoes", ("vetoes",), (*_CODE_AND_NAME, *_kind("consequence"), _f("basis"), _f("lead"), _f("note"))),
)

REFERENCES: Mapping[str, str] = {
    "parent": "nodes",
    "root": "nodes",
    "node": "nodes",
    "group": "groups",
    "lead": "units",
    "reviewer": "units",
    "exempt_unit": "units",
    "indicator": "indicators",
}
"""Headings whose cells name a part of another sheet, for drop-downs."""
