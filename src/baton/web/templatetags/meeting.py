"""How the questions of a meeting are said."""

from django import template

from baton.assessment.queries.looking.meeting import Question
from baton.web.templatetags.words import page_language
from baton.words import text

register = template.Library()


@register.simple_tag
def ask(question: Question) -> str:
    """Say a question."""
    return text(question.code, page_language(), **question.params)
