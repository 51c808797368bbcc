"""docs/scoring.md from the code: every kind of rule in words, with formula, options, edges and its curve."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from baton.documents.charts import Curve, Mark, Piece, svg
from baton.engine.rules import KINDS, Case, Rule, RuleBase
from baton.engine.rules.curve import Jump, Trace, over_places, over_values
from baton.reports.scoring_examples import EXAMPLES, Example
from baton.words.catalogue import Language, text

HEAD = """# How points come about

Written by the code from the classes in `src/baton/engine/rules/`; `BATON_WRITE=1 ./baton test tests/reports` writes it
anew, and a test holds it against them.

An indicator has w full points, a value x (or a), perhaps a target t, and a direction: more is better, or less is. Its
`rule` turns the value into points. Options that say *share* are shares of w: 0.6 is 60 %. Every rule is written twice,
as a column expression for Polars, DuckDB and Spark and in exact decimals; both are bounded by floor and cap, and then
rounded once. What a formula cannot decide is decided for all kinds alike, before it is asked:

- A **missing** figure is not zero. The indicator's `missing` says what happens: zero, exclude, peer mean, last known,
  an assumed value, full points, or stop and name who has not reported.
- A **target or denominator of zero** follows the indicator's `zero_denominator`; a negative target that is divided by
  is refused.
- A **group whose values are all equal** (a group of one included) gets what the rule's `all_equal` says, with a flag.
- **Equal values** share a place as `ties` says; units without a figure have no place and do not count.

Sources quoted as “domain.md” are the collection of published schemes (S1, S2, ...) and regulations this project was
started from; the documents themselves are named beside them. Pictures show w = 100 unless the example says otherwise.
"""
TYPES = {"number": "number", "integer": "whole number", "boolean": "true / false", "string": "text", "null": "none"}

RULE: TypeAdapter[Any] = TypeAdapter(Rule)


def scoring_guide() -> dict[str, str]:
    """Give the files of the guide by their path below docs/: `scoring.md` and `scoring/<kind>.svg`."""
    files = {f"scoring/{name_of(kind)}.svg": svg(curve(EXAMPLES[name_of(kind)])) for kind in KINDS}
    contents = [f"- [{_title(kind)}](#{name_of(kind)})" for kind in KINDS]
    chapters = [line for kind in KINDS for line in _chapter(kind)]
    return {"scoring.md": "\n".join([HEAD, *contents, "", *chapters]).rstrip() + "\n", **files}


def name_of(kind: type[RuleBase]) -> str:
    """Give the name a scheme calls the kind by."""
    return str(kind.model_fields["kind"].default)


def _title(kind: type[RuleBase]) -> str:
    code = f"engine.kind_{name_of(kind)}"
    return f"{text(code)} {text(code, Language.ENGLISH)}"


def _chapter(kind: type[RuleBase]) -> Iterator[str]:
    name = name_of(kind)
    example = EXAMPLES[name]
    yield from (f'<a id="{name}"></a>', "", f"## {_title(kind)}", "")
    yield from (text(f"engine.kind_{name}_says"), "", text(f"engine.kind_{name}_says", Language.ENGLISH), "")
    yield from (f"![{text(f'engine.kind_{name}')}](scoring/{name}.svg)", "")
    yield from ("```yaml", f"rule: {_flow({'kind': name, **example.options})}", "```", "")
    if example.note:
        yield from (f"In the picture: {example.note}.", "")
    for paragraph in _paragraphs(kind.__doc__ or ""):
        yield from (paragraph, "")
    yield from _options(kind)


def _paragraphs(docstring: str) -> Iterator[str]:
    """Give the docstring as paragraphs, `Source:` and `Edges` each their own, their heads in bold."""
    current: list[str] = []
    for line in [*map(str.strip, docstring.splitlines()), ""]:
        starts = line.startswith(("Source:", "Edges"))
        if current and (starts or not line):
            yield " ".join(current)
            current = []
        if starts:
            head, _, rest = line.partition(":")
            current.append(f"**{head}:**{rest}")
        elif line:
            current.append(line)


def _options(kind: type[RuleBase]) -> Iterator[str]:
    schema = kind.model_json_schema()
    properties: Mapping[str, Any] = schema["properties"]
    required = schema.get("required", ())
    yield from ("| option | given as | default | meaning | 含义 |", "|---|---|---|---|---|")
    for name in [name for name in properties if name != "kind"]:
        default = "required" if name in required else f"`{_flow(properties[name].get('default'))}`"
        words = [text(f"engine.option_{name}", language) for language in (Language.ENGLISH, Language.CHINESE)]
        given = " / ".join(dict.fromkeys(_allowed(properties[name], schema.get("$defs", {}))))
        yield f"| `{name}` | {given} | {default} | {words[0]} | {words[1]} |"
    yield ""


def _allowed(field: Mapping[str, Any], named: Mapping[str, Any]) -> Iterator[str]:
    """Say what may be given for a field, from its JSON schema; a number may also be written as text."""
    if "$ref" in field:
        field = named[field["$ref"].rsplit("/", 1)[-1]]
        if "properties" in field:
            yield "{" + ", ".join(field["properties"]) + "}"
            return
    if "anyOf" in field:
        numbers = any(one.get("type") == "number" for one in field["anyOf"])
        for one in field["anyOf"]:
            if not (numbers and one.get("type") == "string" and "const" not in one):
                yield from _allowed(one, named)
    elif "enum" in field or "const" in field:
        yield from (f"`{value}`" for value in field.get("enum", [field.get("const")]))
    elif field.get("type") == "array":
        inner = field.get("items") or {}
        yield f"list of {_pair(field, named) or ' / '.join(dict.fromkeys(_allowed(inner, named)))}"
    elif field.get("type") == "object":
        inner = next(iter(field.get("patternProperties", {}).values()), None) or field["additionalProperties"]
        yield "map of name to " + " / ".join(dict.fromkeys(_allowed(inner, named)))
    else:
        yield TYPES[field.get("type", "string")] + _range(field)


def _pair(field: Mapping[str, Any], named: Mapping[str, Any]) -> str:
    inner = field.get("items") or {}
    firsts = [next(iter(_allowed(one, named))) for one in inner.get("prefixItems", ())]
    return f"[{', '.join(firsts)}]" if firsts else ""


def _range(field: Mapping[str, Any]) -> str:
    signs = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}
    limits = [f"{sign} {field[limit]:g}" for limit, sign in signs.items() if limit in field]
    return f" {', '.join(limits)}" if limits else ""


def _flow(value: Any) -> str:
    """Write a value as YAML on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    return {None: "null", True: "true", False: "false"}.get(value, str(value)) if _bare(value) else str(value)


def _bare(value: Any) -> bool:
    return value is None or isinstance(value, bool)


def curve(example: Example) -> Curve:
    """Draw an example: a line per trace, hollow dots at the ends of jumps that are not taken; places as dots."""
    pieces: list[Piece] = []
    marks: list[Mark] = []
    for name, options, case in example.traces():
        rule = RULE.validate_python({"kind": example.kind, **example.options, **options})
        for trace in _traces(rule, example, case, example.shorter.get(name, example.span)):
            pieces += [Piece(points, name) for points in trace.pieces]
            marks += [mark for jump in trace.jumps for mark in _ends(jump)]
            if example.by_place:
                marks += [Mark(x, y) for x, y in trace.pieces[0]]
    return Curve(text(f"engine.kind_{example.kind}"), example.x_title, "得分", tuple(pieces), tuple(marks))


def _traces(rule: RuleBase, example: Example, case: Case, span: tuple[Decimal, Decimal]) -> Iterator[Trace]:
    if example.by_place:
        yield over_places(rule, case)
    else:
        yield over_values(rule, case, *span)


def _ends(jump: Jump) -> Iterator[Mark]:
    for end in dict.fromkeys((jump.left, jump.right, jump.taken)):
        yield Mark(jump.x, end, hollow=end != jump.taken)
