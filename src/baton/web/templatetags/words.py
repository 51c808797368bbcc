"""Words on screen, out of the one catalogue, in the language of the page."""

from typing import Any

from django import template
from django.utils import translation

from baton.words import Language, text

register = template.Library()


def page_language() -> Language:
    """Give the language of the page being made."""
    english = (translation.get_language() or "").startswith("en")
    return Language.ENGLISH if english else Language.CHINESE


@register.simple_tag
def say(code: str, **params: Any) -> str:
    """Say a sentence of the catalogue: `{% say "web.home_title" %}`, `{% say "web.pages" count=3 %}`."""
    return text(code, page_language(), **params)
