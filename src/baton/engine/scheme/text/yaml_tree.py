"""YAML text as a tree of marked items: every scalar keeps the text it was written with, and its line.

Nothing is guessed from the look of a scalar: `no`, `1.0`, `007` and `2025-01-01` all stay text until the model says
what belongs there, so no value changes on the way. Only plain `true`, `false`, `null` and `~` mean what they say.
The tree is built from parser events, not by PyYAML's own composer: that one recurses in C and a deeply nested file
ends the process.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

import yaml

from baton.words import Place, Problem

DEEPEST = 40
MOST = 300_000
type Route = tuple[str | int, ...]
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_TAGS = frozenset({None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})


@dataclass(slots=True)
class Item:
    """One value of a file: a scalar, a list of items, or a table of key and item; `line` is 1-based."""

    line: int
    scalar: str | bool | None = None
    entries: list["Item"] | None = None
    table: dict[str, "Item"] | None = None
    key_lines: dict[str, int] = field(default_factory=dict)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


class Unreadable(Exception):  # noqa: N818 - says what the text is
    """The text is no YAML that can be followed; carries the one problem that ended the reading."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


class TreeReader:
    """Reads the documents of one text into items; collects what is wrong but can be read past in `problems`."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self._events: Iterator[yaml.Event] = iter(yaml.parse(text.removeprefix("\ufeff"), Loader=_LOADER))
        self._anchors: dict[str, Item] = {}

    def documents(self) -> Iterator[Item]:
        """Give one item per document, in the order of the file; raises `Unreadable`."""
        try:
            for event in self._events:
                if isinstance(event, yaml.DocumentStartEvent):
                    self._anchors = {}
                    yield self._item(next(self._events), 0)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self._stop("engine.scheme_not_yaml", mark.line + 1 if mark else 0, reason=str(error.problem or error))
        except yaml.YAMLError as error:
            self._stop("engine.scheme_not_yaml", 0, reason=str(error).splitlines()[0])

    def _place(self, line: int) -> Place:
        return Place(file=self.name, line=line)

    def _stop(self, code: str, line: int, **params: object) -> NoReturn:
        raise Unreadable(Problem(code, params, self._place(line)))

    def _item(self, event: yaml.Event, depth: int) -> Item:
        line, anchor = _line(event), getattr(event, "anchor", None)
        if depth > DEEPEST:
            self._stop("engine.scheme_too_deep", line, deepest=DEEPEST)
        if isinstance(event, yaml.AliasEvent):
            if not anchor or anchor not in self._anchors:
                self._stop("engine.scheme_unknown_alias", line, alias=anchor)
            return self._anchors[anchor]
        tag = getattr(event, "tag", None)
        if tag not in _TAGS:
            self.problems.append(Problem("engine.scheme_tag", {"tag": tag}, self._place(line)))
        item = Item(line)
        if isinstance(event, yaml.ScalarEvent):
            item.scalar = event.value if event.style else _WORDS.get(event.value, event.value)
        elif isinstance(event, yaml.SequenceStartEvent):
            item.entries = []
            while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
                item.entries.append(self._item(event, depth + 1))
        else:
            item.table = self._table(item, depth)
        if anchor:  # Only when complete: an alias inside itself is an unknown alias.
            self._anchors[anchor] = item
        return item

    def _table(self, item: Item, depth: int) -> dict[str, Item]:
        table: dict[str, Item] = {}
        shared: list[Item] = []
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = _line(event)
            self._item(event, depth + 1)
            value = self._item(next(self._events), depth + 1)
            if not isinstance(event, yaml.ScalarEvent):
                self.problems.append(Problem("engine.scheme_key_not_text", {}, self._place(line)))
            elif event.value == "<<" and not event.style:
                shared += value.entries if value.entries is not None else [value]
            elif event.value in table:
                first = item.key_lines[event.value]
                self.problems.append(
                    Problem("engine.scheme_double_key", {"key": event.value, "first": first}, self._place(line))
                )
            else:
                table[event.value], item.key_lines[event.value] = value, line
        for other in shared:  # The merge key: what a table says itself goes before what it shares.
            for key, value in (other.table or {}).items():
                if table.setdefault(key, value) is value:
                    item.key_lines.setdefault(key, other.key_lines[key])
        return table


def plain(root: Item, name: str) -> tuple[object, dict[Route, int]]:
    """Give the values of a document and the line of every path in it; raises `Unreadable` past `MOST` values."""
    lines: dict[Route, int] = {}

    def walk(item: Item, path: Route, line: int) -> object:
        if len(lines) >= MOST:
            raise Unreadable(Problem("engine.scheme_too_many_values", {"most": MOST}, Place(file=name, line=line)))
        lines[path] = line
        if item.entries is not None:
            return [walk(entry, (*path, i), entry.line) for i, entry in enumerate(item.entries)]
        if item.table is not None:
            return {key: walk(value, (*path, key), item.key_lines[key]) for key, value in item.table.items()}
        return item.scalar

    return walk(root, (), root.line), lines
