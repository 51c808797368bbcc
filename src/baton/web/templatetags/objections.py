"""How objections are said."""

from django import template
from django.urls import reverse

from baton.assessment.models import AnnualPublication, Objection
from baton.assessment.models.objection import Issued
from baton.web.object.listing import kind_words as words_of
from baton.web.object.listing import result_words
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


@register.filter
def result_named(issued: Issued) -> str:
    """Say which month or year a result is of."""
    return result_words(issued.period)


@register.simple_tag
def result_address(issued: Issued, unit: str, indicator: str = "") -> str:
    """Give the address of a unit's result, or of an indicator in it."""
    names = ("year-unit", "year-trace") if isinstance(issued, AnnualPublication) else ("unit-result", "trace")
    given = [issued.period, unit]
    return reverse(names[1], args=[*given, indicator]) if indicator else reverse(names[0], args=given)


@register.simple_tag
def remedy_words(remedy: str) -> str:
    """Say what an answer does to an event."""
    return text(f"objections.remedy_{remedy}", page_language())


@register.filter
def result_period(given: str) -> str:
    """Say a month or a year."""
    return result_words(given)


@register.simple_tag
def changed_to(asks: str) -> str:
    """Ask what a changed event should say: its level, number or points."""
    return text(f"objections.changed_{asks}", page_language())


@register.simple_tag
def carrying_hint(kind: str) -> str:
    """Say how an upheld objection of a kind is carried out."""
    return text(f"objections.carry_{kind}", page_language())


@register.simple_tag
def carrying_link(kind: str) -> str:
    """Ask what carried it out."""
    return text(f"objections.link_{kind}", page_language())
