"""Write a scheme as YAML that people edit: defaults left out, numbers exact, short tables on one line."""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum

import yaml

from baton.engine.scheme.model import Scheme
from baton.engine.terms import Record, plain

_WIDTH = 110


class _Number(str):
    """A number as the text it is written with."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """PyYAML's dumper with exact numbers, short tables on one line, and lists set in under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Set list entries in, so that an editor folds them under their key."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        """Write equal parts out; an alias would tie together what only happens to be equal."""
        return True


def _number(dumper: yaml.SafeDumper, value: _Number) -> yaml.ScalarNode:
    tag = "tag:yaml.org,2002:float" if "." in value else "tag:yaml.org,2002:int"
    return yaml.ScalarNode(tag, str(value))


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    # Some control characters are line breaks to YAML; only double quotes keep them.
    odd = any(not char.isprintable() and char != "\n" for char in value)
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, '"' if odd else None)


def _table(dumper: yaml.SafeDumper, value: dict[str, object]) -> yaml.MappingNode:
    node = dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), _short(value))
    node.flow_style = _short(value)
    return node


def _list(dumper: yaml.SafeDumper, value: list[object]) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, _short(value))


def _short(value: object) -> bool:
    """Tell what fits on a line: scalars, lists of scalars and tables of these, in few characters."""
    return len(str(value)) < _WIDTH and _depth(value) <= 2


def _depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0) if isinstance(value, (dict, list)) else 0


_Dumper.add_representer(_Number, _number)
_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _table)
_Dumper.add_representer(list, _list)


class _FlowDumper(_Dumper):
    """The same on one line."""


def _flow_table(dumper: yaml.SafeDumper, value: dict[str, object]) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), True)


_FlowDumper.add_representer(dict, _flow_table)


def to_flow(table: Mapping[str, object]) -> str:
    """Write a table of `written` on one line without its braces: `step: 0.025, cap: 1`."""
    dumped = yaml.dump(dict(table), Dumper=_FlowDumper, allow_unicode=True, sort_keys=False, width=float("inf"))
    return dumped.strip().removeprefix("{").removesuffix("}")


def written(value: object) -> object:
    """Give a part of a scheme as plain tables and lists; a field that has its default is left out, a `kind` never."""
    if isinstance(value, Record):
        return {
            field.alias or name: written(getattr(value, name))
            for name, field in type(value).model_fields.items()
            if (name in ("kind", "language") and getattr(value, name))
            or getattr(value, name) != field.get_default(call_default_factory=True)
        }
    if isinstance(value, Mapping):
        return {str(key): written(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [written(inner) for inner in value]
    if isinstance(value, Decimal):
        return _Number(plain(value))
    return value.value if isinstance(value, Enum) else value


def to_yaml(*schemes: Scheme, schema: str = "") -> str:
    """Write versions of a scheme as YAML documents, in the order given.

    `schema` is where an editor finds the JSON Schema (a path or an address); it goes into a comment that editors with
    a YAML language server read.
    """
    head = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    texts = [
        yaml.dump(written(scheme), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
        for scheme in schemes
    ]
    return head + "---\n".join(texts)
