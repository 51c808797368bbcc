"""How a scheme is said to whoever is assessed by it."""

from django import template

from baton.assessment.queries.looking.methods import Share
from baton.engine.explain.line import Line
from baton.web.templatetags.results import exact
from baton.web.templatetags.words import page_language
from baton.words import text

register = template.Library()


@register.filter
def line_words(line: Line) -> str:
    """Say a sentence of an explanation."""
    return line.text(page_language())


@register.simple_tag
def rule_name(kind: str) -> str:
    """Name a kind of rule."""
    return text(f"engine.kind_{kind}", page_language())


@register.simple_tag
def rule_says(kind: str) -> str:
    """Say what a kind of rule does."""
    return text(f"engine.kind_{kind}_says", page_language())


@register.simple_tag
def counted(share: Share) -> str:
    """Say how much an indicator counts: points, or a weight."""
    code = "objections.weighs" if share.weighs else "objections.worth"
    return text(code, page_language(), points=exact(share.points))


@register.simple_tag
def term(kind: str, value: str) -> str:
    """Say a term of the scheme language: how often, what evidence, what is done about a gap."""
    codes = {
        "frequency": f"objections.frequency_{value}",
        "evidence": f"objections.evidence_{value}",
        "missing": f"objections.missing_{value}",
    }
    return text(codes[kind], page_language())
