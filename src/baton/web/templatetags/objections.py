"""How objections are said."""

from django import template

from baton.assessment.models import Objection
from baton.web.object.listing import kind_words as words_of
from baton.web.templatetags.words import page_language
from baton.words import text

register = template.Library()


@register.filter
def subject(row: Objection) -> str:
    """Say what an objection is about: its kind, and the indicator."""
    return words_of(row)


@register.simple_tag
def kind_words(kind: str) -> str:
    """Say a kind of objection."""
    return text(f"objections.kind_{kind}", page_language())


@register.simple_tag
def outcome_words(outcome: str) -> str:
    """Say an outcome."""
    return text(f"objections.outcome_{outcome}", page_language())
