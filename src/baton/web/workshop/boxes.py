"""The fields of an indicator's form as a page draws them: label, what is written there, and what stood against it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure import Index
from baton.sheets.forms.fields import standard_name
from baton.sheets.line_form import Hold, Option, options_of
from baton.sheets.line_form.fields import SHEET, field_of
from baton.sheets.line_form.labels import hint, label
from baton.sheets.line_form.texts import shown, word_of
from baton.sheets.scheme_book.layout import Form as Cell
from baton.sheets.scheme_book.vocabulary import heading, truth, word
from baton.sheets.scheme_book.vocabulary import hint as heading_hint
from baton.web.org.forming import Form
from baton.web.templatetags.words import page_language
from baton.words import text

type Choices = tuple[tuple[str, str], ...]
_LONG = frozenset({"definition"})
_NUMBERS = frozenset({Cell.NUMBER, Cell.WHOLE})


@dataclass(frozen=True, slots=True)
class Box:
    """A field: `kind` is `text`, `number`, `long` or `choice`; `message` is what stood against it."""

    name: str
    label: str
    hint: str
    kind: str
    value: str
    message: str
    choices: Choices = ()


def plain_box(name: str, form: Form, references: Mapping[str, Choices]) -> Box:
    """Draw a plain field; `references` are the choices of fields that name a part of the scheme."""
    column, language = field_of(name), page_language()
    choices: Choices = references.get(name, ())
    if column.form is Cell.WORD:
        choices = tuple((value, word(column.words, value, language)) for value in SHEET.values(column))
    elif column.form is Cell.TRUTH:
        choices = (("true", truth(True, language)), ("false", truth(False, language)))
    kind = "choice" if choices else "long" if name in _LONG else "number" if column.form in _NUMBERS else "text"
    return Box(
        name,
        heading(column.heading, language),
        _hint(name, column.heading),
        kind,
        form.text(name),
        form.messages.get(name, ""),
        choices,
    )


def _hint(name: str, column: str) -> str:
    """Say how a field is filled in here, or as its column of the workbook says it."""
    try:
        return text(f"workshop.line_hint_{name.replace('-', '_')}", page_language())
    except KeyError:
        return heading_hint(column, page_language())


def option_boxes(vocabulary: str, form: Form) -> list[Box]:
    """Draw the options of the kind of rule or value that is chosen."""
    found = options_of(vocabulary, form.text(f"{vocabulary}-kind")) or ()
    return [_option(option, form) for option in found]


_DRAWN = {Hold.CHOICE: "choice", Hold.NUMBER: "number"}


def _option(option: Option, form: Form) -> Box:
    language, value = page_language(), form.text(option.name)
    choices: Choices = ()
    if option.hold is Hold.CHOICE:
        choices = tuple((one, word_of(option, one, language)) for one in option.words)
        value = value or shown(option, option.default, language)
    return Box(
        option.name,
        label(option, language),
        hint(option, language),
        "long" if option.long else _DRAWN.get(option.hold, "text"),
        value,
        form.messages.get(option.name, ""),
        choices,
    )


def figure_boxes(figures: Iterable[str], form: Form) -> list[Box]:
    """Draw a field for the printed name of every figure that the indicator reads."""
    language = page_language()
    return [
        Box(
            name,
            standard_name(figure, language),
            text("workshop.figure_code", language, name=figure),
            "text",
            form.text(name),
            form.messages.get(name, ""),
        )
        for figure in figures
        for name in [f"figures-{figure}"]
    ]


def point_boxes(groups: Iterable[tuple[str, str]], form: Form) -> list[Box]:
    """Draw a field of points for every group, or one for all of them."""
    every = text("workshop.every_group", page_language())
    return [
        Box(name, group or every, "", "number", form.text(name), form.messages.get(name, ""))
        for code, group in groups
        for name in [f"points-{code}"]
    ]


def references(scheme: Scheme) -> dict[str, Choices]:
    """Give what may be chosen where a field names a node or a unit."""
    language = page_language()
    units = tuple((unit.code, unit.name) for unit in scheme.units)
    nobody = (("", text("workshop.nobody", language)),)
    choose = (("", text("workshop.choose", language)),)
    return {"parent": (*choose, *tree(scheme)), "lead": (*nobody, *units), "reviewer": (*nobody, *units)}


def tree(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Give the nodes from the top, each set in below the one it belongs to."""
    index = Index(scheme)

    def below(code: str, depth: int) -> Iterator[tuple[str, str]]:
        yield code, "　" * depth + index.nodes[code].name
        for child in index.child_nodes.get(code, ()):
            yield from below(child.code, depth + 1)

    for node in scheme.nodes:
        if node.parent is None:
            yield from below(node.code, 0)
