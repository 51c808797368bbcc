"""Words for roles, in the language of the page."""

from django import template

from baton.web.templatetags.words import page_language
from baton.words import text

register = template.Library()


@register.simple_tag
def role(value: str) -> str:
    """Say a role."""
    return text(f"org.role_{value}", page_language())
