"""A scheme as a workbook that an officer can fill in: a sheet per part, Chinese headings, drop-downs, notes."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import reduce
from typing import Any

from baton.documents.excel import Column, Fact, Kind, Link, Noted, Sheet, Table, Value, Workbook, write
from baton.engine.rules import KINDS
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import to_flow, written
from baton.sheets.scheme_book.cells import show
from baton.sheets.scheme_book.layout import BASICS, REFERENCES, TABS, Field, Form, Tab
from baton.sheets.scheme_book.vocabulary import heading, hint, nothing, tab_name, truth, word
from baton.words import Language, text

BLANK_ROWS = 20
MOST_CHOICES = 2000
EVERY_GROUP = "*"
_KINDS = {Form.NUMBER: Kind.DECIMAL, Form.WHOLE: Kind.INTEGER, Form.DAY: Kind.DATE, Form.WEIGHTS: Kind.DECIMAL}


def write_scheme(scheme: Scheme, language: Language = Language.CHINESE) -> bytes:
    """Write a scheme as an xlsx; `read_scheme` gives the same scheme, to the digest.

    Raises `Refused` for a text that no cell can hold (more than 32,767 characters).
    """
    data = written(scheme)
    assert isinstance(data, dict)
    tabs = [_guide(language), _basics(data, scheme, language)]
    tabs += [_tab(tab, data, scheme, language) for tab in TABS]
    tabs.append(_rules(language))
    return write(Workbook(tuple(tabs), title=scheme.name, created=date(2000, 1, 1), language=language))


def at_route(data: Any, route: tuple[str, ...]) -> tuple[bool, Any]:
    """Follow a route through tables: whether something is there, and what."""
    for key in route:
        if not isinstance(data, Mapping) or key not in data:
            return False, None
        data = data[key]
    return True, data


def _value(field: Field, part: Mapping[str, Any], model: object, language: Language) -> Value:
    """Show a field; words of a drop-down and the basics are shown even where they are the default."""
    there, value = at_route(part, field.route)
    if not there:
        return _default(field, model, language)
    if field.form is Form.KIND:
        value = value["kind"]
    elif field.form is Form.OPTIONS:
        value = {key: inner for key, inner in value.items() if key != "kind"}
    return show(field, value, language)


def _default(field: Field, model: object, language: Language) -> Value:
    basic = isinstance(model, Scheme)
    if not basic and field.form not in (Form.WORD, Form.KIND):
        return None
    route = (*field.route, "kind") if field.form is Form.KIND else field.route
    found = written(reduce(getattr, route, model))
    return None if found is None or found == "" else show(field, found, language)


def _column(tab: Tab, field: Field, scheme: Scheme, language: Language) -> Column:
    choices: tuple[str, ...] = ()
    if field.form in (Form.WORD, Form.KIND):
        choices = tuple(word(field.words, value, language) for value in tab.values(field))
    elif field.form is Form.TRUTH:
        choices = (truth(True, language), truth(False, language))
    elif field.heading in REFERENCES:
        choices = tuple(part.code for part in getattr(scheme, REFERENCES[field.heading]))[:MOST_CHOICES]
    return Column(
        heading(field.heading, language),
        _KINDS.get(field.form, Kind.TEXT),
        note=hint(field.heading, language),
        choices=choices,
        grouped=False,
    )


def _groups(data: Mapping[str, Any], scheme: Scheme) -> list[str]:
    """List the groups that get a column of points: all of the scheme, and whatever else indicators name."""
    named = [group for indicator in data["indicators"] for group in indicator.get("points", {})]
    return list(dict.fromkeys([EVERY_GROUP, *(group.code for group in scheme.groups), *named]))


def _tab(tab: Tab, data: Mapping[str, Any], scheme: Scheme, language: Language) -> Sheet:
    parts = at_route(data, tab.route)[1] or []
    models = reduce(getattr, tab.route, scheme)
    columns: list[Column] = []
    rows: list[list[Value]] = [[] for _ in parts]
    for field in tab.fields:
        if field.form is Form.BY_GROUP:
            names = {group.code: group.name for group in scheme.groups}
            for group in _groups(data, scheme):
                title = points_heading(group, names.get(group, ""), language)
                columns.append(Column(title, Kind.DECIMAL, note=hint("points", language), width=10))
                for row, part in zip(rows, parts, strict=True):
                    number = part.get("points", {}).get(group)
                    row.append(None if number is None else show(Field((), Form.NUMBER), number, language))
            continue
        columns.append(_column(tab, field, scheme, language))
        for row, part, model in zip(rows, parts, models, strict=True):
            row.append(_value(field, part, model, language))
    name = tab_name(tab.name, language)
    title = text(f"vocabulary.title_{tab.name}", language)
    table = Table(tuple(columns), rows, blank_rows=BLANK_ROWS)
    return Sheet(name, title, tables=(table,), frozen_columns=2 if len(columns) > 6 else 1)


def points_heading(group: str, name: str, language: Language) -> str:
    """Give the heading of a group's points: `分值·TA` and below it the group's name."""
    if group == EVERY_GROUP:
        return f"{heading('points', language)}·{text('vocabulary.every_group', language)}"
    return f"{heading('points', language)}·{group}" + (f"\n{name}" if name else "")


def _basics(data: Mapping[str, Any], scheme: Scheme, language: Language) -> Sheet:
    facts = []
    for field in BASICS.fields:
        column = _basic_column(field, language)
        value = _value(field, data, scheme, language)
        noted = hint(field.heading, language)
        shown = Noted(value, noted) if noted and not isinstance(value, Noted) else value
        facts.append(Fact(heading(field.heading, language), shown, column=column))
    title = text("vocabulary.title_basics", language)
    return Sheet(tab_name("basics", language), title, facts=tuple(facts))


def _basic_column(field: Field, language: Language) -> Column:
    choices: tuple[str, ...] = ()
    if field.form is Form.WORD:
        choices = tuple(word(field.words, value, language) for value in BASICS.values(field))
    elif field.form is Form.TRUTH:
        choices = (truth(True, language), truth(False, language))
    kind = _KINDS.get(field.form, Kind.TEXT)
    return Column(heading(field.heading, language), kind, choices=choices, width=44, unlocked=True, grouped=False)


def _guide(language: Language) -> Sheet:
    """List the sheets with what they hold, and below how to fill them in."""
    lines = text("vocabulary.guide", language, none=nothing(language)).strip().split("\n")
    columns = (Column(heading("sheet", language), width=16), Column(heading("holds", language), width=84))
    names = ("basics", *(tab.name for tab in TABS), "rules")
    rows = [(_link(name, language), text(f"vocabulary.title_{name}", language)) for name in names]
    title = text("vocabulary.title_guide", language)
    table = Table(columns, rows)
    return Sheet(tab_name("guide", language), title, tables=(table,), notes=tuple(lines))


def _link(name: str, language: Language) -> Link:
    shown = tab_name(name, language)
    return Link(shown, shown)


def _rules(language: Language) -> Sheet:
    """List every kind of rule with its options and their defaults."""
    columns = tuple(
        Column(text(f"vocabulary.heading_{name}", language), width=width)
        for name, width in (("rule_kind", 14), ("rule_code", 20), ("rule_options", 60), ("rule_formula", 70))
    )
    rows = [list(_rule_row(kind, language)) for kind in KINDS]
    title = text("vocabulary.title_rules", language)
    return Sheet(tab_name("rules", language), title, tables=(Table(columns, rows),))


def _rule_row(kind: Any, language: Language) -> Iterator[Value]:
    code = kind.model_fields["kind"].default
    options = {
        field.alias or name: "…" if field.is_required() else written(field.get_default(call_default_factory=True))
        for name, field in kind.model_fields.items()
        if name != "kind"
    }
    yield word("rule", code, language)
    yield code
    yield to_flow(options)
    yield (kind.__doc__ or "").partition("\n")[0]
