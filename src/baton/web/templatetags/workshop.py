"""How the workshop says states, fields of the scheme language, and what is found in a scheme."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html

from baton.assessment.models import SchemeDraft
from baton.assessment.queries.workshop.weights import Weight
from baton.assessment.rules.scheme_lines import EDITABLE, LineChange, Spot
from baton.engine.explain.line import Line
from baton.engine.scheme.model import Scheme
from baton.sheets.scheme_book.layout import TABS, Form
from baton.sheets.scheme_book.terms import terms_at
from baton.sheets.scheme_book.vocabulary import heading, tab_name, truth, word
from baton.web.templatetags.words import page_language
from baton.words import Problem, Sentence, render, text

register = template.Library()
_EVERY = "*"
_KINDS = {"rule.kind": "rule", "combine.kind": "combine", "value.kind": "value"}
_WORDS = _KINDS | {
    ".".join(field.route): field.words for tab in TABS for field in tab.fields if field.form is Form.WORD
}
"""The vocabulary of each field that holds a word of the scheme language."""


@register.filter
def state_words(state: str) -> str:
    """Say how far a draft is."""
    return text(f"workshop.state_{state}", page_language())


@register.filter
def comment_state(state: str) -> str:
    """Say how a comment was answered."""
    return text(f"workshop.comment_{state}", page_language())


@register.filter
def target_state(state: str) -> str:
    """Say how far a department's own target is."""
    return text(f"workshop.target_{state}", page_language())


@register.filter
def change_words(change: str) -> str:
    """Say what made a revision."""
    return text(f"workshop.change_{change}", page_language())


@register.filter
def task_kind(kind: str) -> str:
    """Say which of the three lists a task stands on."""
    return word("task", kind, page_language())


@register.filter
def rule_kind(kind: str) -> str:
    """Say a kind of rule."""
    return word("rule", kind, page_language())


@register.filter
def role_words(role: str) -> str:
    """Say what a column of an office's own table is."""
    level = role[-1] if role[-1:].isdigit() else ""
    return text(
        f"workshop.role_{role.rstrip('0123456789')}{'_of_level' if level else ''}", page_language(), level=level
    )


@register.filter
def family_words(family: str) -> str:
    """Say by what rules of a family hold a figure against."""
    return text(f"vocabulary.family_{family}", page_language())


@register.filter
def value_kind_words(kind: str) -> str:
    """Say how reported figures become the value of an indicator."""
    return text(f"workshop.value_{kind}", page_language())


@register.filter
def section_words(section: str) -> str:
    """Say in which part of the scheme a line stands, as its workbook calls the sheet."""
    return tab_name(section.rpartition(".")[2], page_language())


@register.filter
def line_words(path: str) -> str:
    """Say a line by its path: 指标 M01."""
    section, _, code = path.partition("[")
    return f"{section_words(section)} {code.removesuffix(']')}".strip()


@register.filter
def numbered(name: str, number: int) -> str:
    """Name a field of the form of one row."""
    return f"{name}-{number}"


@register.simple_tag
def edit_link(row: SchemeDraft, path: str, name: str) -> str:
    """Give the link to where a line is changed in the page; nothing for lines that go by the workbook."""
    section, _, code = path.removesuffix("]").partition("[")
    if section not in EDITABLE or not code:
        return ""
    words = text("workshop.edit", page_language())
    label = text("workshop.edit_named", page_language(), name=name)
    address = reverse("workshop-edit", args=[row.pk, section, code])
    return format_html('<a class="inline-block py-1" href="{}" aria-label="{}">{}</a>', address, label, words)


@register.filter
def sentence(problem: Problem) -> Sentence:
    """Say what was found and how it is mended."""
    return render(problem, page_language())


@register.filter
def rule_words(lines: Iterable[Line]) -> str:
    """Say a rule in words."""
    return " ".join(one.text(page_language()) for one in lines)


@register.simple_tag
def spot_words(change: LineChange, spot: Spot) -> str:
    """Say a field of a line, as the workbook calls its column."""
    terms = terms_at(change.path)
    parts = spot.field.split(".")
    if parts[0] in ("points", "weight"):
        return heading(parts[0], page_language())
    for end in range(len(parts), 0, -1):
        code = terms.get(".".join(parts[:end]))
        rest = " · ".join(parts[end:])
        if code is not None:
            name = text(code, page_language())
            return f"{name} · {rest}" if rest and rest != "kind" else name
    return _kind_heading(parts)


def _kind_heading(parts: list[str]) -> str:
    try:
        name = heading(f"{parts[0]}_kind", page_language())
    except KeyError:
        return " · ".join(parts)
    rest = " · ".join(one for one in parts[1:] if one != "kind")
    return f"{name} · {rest}" if rest else name


@register.simple_tag
def value_words(scheme: Scheme, spot: Spot, side: str) -> str:
    """Say what stands in a field before or after: codes by their names, words of the language as people say them."""
    given = spot.before if side == "before" else spot.after
    if given is None:
        return "—"
    try:
        found = json.loads(given)
    except ValueError:
        found = given
    names = _names(scheme)
    field = spot.field
    if field in _WORDS:
        return _word(_WORDS[field], str(found))
    if isinstance(found, bool):
        return truth(found, page_language())
    if field.startswith(("points.", "weight.")):
        group = names.get(field.partition(".")[2], "")
        return f"{group} {found}".strip()
    return _said(found, names, field)


def _word(vocabulary: str, value: str) -> str:
    try:
        return word(vocabulary, value, page_language())
    except KeyError:
        return value


def _said(found: Any, names: Mapping[str, str], field: str) -> str:
    if isinstance(found, dict):
        if "kind" in found and isinstance(found["kind"], str):
            rest = {key: value for key, value in found.items() if key != "kind" and value not in (None, [], {})}
            return "，".join(filter(None, [_word(field, found["kind"]), _said(rest, names, "")]))
        pairs = [f"{names.get(key, key)} {_said(value, names, '')}".strip() for key, value in found.items()]
        return "、".join(pairs)
    if isinstance(found, list):
        return "、".join(_said(one, names, "") for one in found) or "—"
    if isinstance(found, str) and field in ("parent", "lead", "reviewer", "root", "group", "hooks", ""):
        return names.get(found, found)
    return "—" if found in (None, "") else str(found)


def _names(scheme: Scheme) -> dict[str, str]:
    lists: tuple[Iterable[Any], ...] = (scheme.groups, scheme.units, scheme.nodes, scheme.tasks)
    named = {one.code: one.name for several in lists for one in several}
    return named | {_EVERY: text("vocabulary.every_group", page_language())}


@register.filter
def most(weight: Weight) -> str:
    """Give how far a slider goes: three times the scheme's own weight, at least 10 and at most 100 percent."""
    return f"{min(100.0, max(10.0, 3 * weight.own, weight.raw)):.1f}"
