"""What was typed into an indicator's form, as changes of its line: data as a scheme file says it, nothing rounded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.structure.figures import reported
from baton.sheets.line_form.fields import field_of, plain_fields
from baton.sheets.line_form.options import options_of
from baton.sheets.line_form.texts import read as read_option
from baton.sheets.scheme_book.cells import read as read_cell
from baton.sheets.scheme_book.layout import Form
from baton.words import Place, Problem

_LISTS = ("hooks", "units")


@dataclass
class Filled:
    """A form read: `changes` by field of the indicator (None: back to its default), and what could not be read."""

    changes: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_line(given: Mapping[str, str], lists: Mapping[str, Sequence[str]], before: Mapping[str, Any]) -> Filled:
    """Read a form; fields that it does not have stay as they are in `before`, the line as its file says it.

    `lists`: the boxes that are ticked, by name. Numbers that are none are left for the scheme language to refuse.
    """
    filled = Filled()
    texts = {name: text.strip() for name, text in given.items()}
    for name in plain_fields():
        if name in texts:
            _plain(filled, name, texts[name], before)
    _by_group(filled, texts)
    for vocabulary in ("rule", "value"):
        if f"{vocabulary}-kind" in texts:
            _table(filled, vocabulary, texts, before)
    for name in _LISTS:
        if name in lists:
            filled.changes[name] = list(lists[name]) or None
    _figures(filled, texts, before)
    return filled


def _plain(filled: Filled, name: str, text: str, before: Mapping[str, Any]) -> None:
    column = field_of(name)
    value: object = text or None
    if text and column.form not in (Form.TEXT, Form.WORD, Form.TRUTH):
        value = read_cell(column, text, (), Place(field=name))
    elif text and column.form is Form.TRUTH:
        value = {"true": True, "false": False}.get(text, text)
    if isinstance(value, Problem):
        filled.problems.append(value)
        return
    if len(column.route) == 1:
        filled.changes[column.route[0]] = value
        return
    above, own = column.route
    table = filled.changes.setdefault(above, dict(before.get(above, {})))
    table.pop(own, None)
    if value is not None:
        table[own] = value


def _by_group(filled: Filled, texts: Mapping[str, str]) -> None:
    given = {name.removeprefix("points-"): text for name, text in texts.items() if name.startswith("points-")}
    if given:
        points = {group: _points(text) for group, text in given.items() if text}
        filled.changes["points"] = points or None


def _points(text: str) -> object:
    found = read_cell(field_of("full"), text, (), Place())
    return text if found is None or isinstance(found, Problem) else found


def _table(filled: Filled, vocabulary: str, texts: Mapping[str, str], before: Mapping[str, Any]) -> None:
    """Read the options of a rule or value; those that the form does not have stay if the kind does."""
    kind = texts[f"{vocabulary}-kind"]
    old = before.get(vocabulary, {"kind": "direct"} if vocabulary == "value" else {})
    same = old.get("kind") == kind
    options = options_of(vocabulary, kind)
    if options is None:
        if not same:
            at = Place(field=f"{vocabulary}-kind")
            filled.problems.append(Problem("vocabulary.kind_by_workbook", {}, at))
        return
    if not kind:
        filled.problems.append(Problem("vocabulary.no_kind", {}, Place(field=f"{vocabulary}-kind")))
        return
    table: dict[str, Any] = dict(old) if same else {"kind": kind}
    for option in options:
        if option.name not in texts:
            continue
        _put(table, option.route, _LACKS)
        if not (text := texts[option.name]):
            continue
        value = read_option(option, text)
        if isinstance(value, Problem):
            filled.problems.append(value)
        else:
            _put(table, option.route, value)
    filled.changes[vocabulary] = table


_LACKS = object()


def _put(table: dict[str, Any], route: tuple[str, ...], value: object) -> None:
    """Set or take away what stands at a route; tables on the way come and go with it."""
    key = route[0]
    if len(route) == 1:
        table.pop(key, None)
        if value is not _LACKS:
            table[key] = value
        return
    inner = dict(table.get(key) or {})
    _put(inner, route[1:], value)
    table.pop(key, None)
    if inner:
        table[key] = inner


def _figures(filled: Filled, texts: Mapping[str, str], before: Mapping[str, Any]) -> None:
    """Take names of figures, without those that the rule no longer reads."""
    given = {name.removeprefix("figures-"): text for name, text in texts.items() if name.startswith("figures-")}
    names = {figure: name for figure, name in given.items() if name} if given else dict(before.get("figures", {}))
    if not given and not ("rule" in filled.changes or "value" in filled.changes):
        return
    read = set(figures_read(before, filled.changes))
    kept = {figure: name for figure, name in names.items() if not read or figure in read}
    filled.changes["figures"] = kept or None


def figures_read(before: Mapping[str, Any], changes: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the figures that a changed line reads; none while it does not hold."""
    line = {"code": "x", "name": "x", "parent": "x"} | dict(before)
    for name, value in changes.items():
        line.pop(name, None)
        if value is not None:
            line[name] = value
    line |= {name: "x" for name in ("name", "parent") if not line.get(name)}
    try:
        return reported(Indicator.model_validate(line))
    except ValidationError:
        return ()
