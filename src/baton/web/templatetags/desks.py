"""How the desks write days, how long is left, and the printed names of codes."""

from datetime import date

from django import template

from baton.assessment.models import SchemeVersion, TrackedItem
from baton.assessment.queries.office.tracking import light_of
from baton.core import clock
from baton.engine.scheme.model import Scheme
from baton.web.templatetags.words import page_language
from baton.words import text

register = template.Library()


@register.filter
def left(until: date, today: date) -> str:
    """Say how many days are left to the end of a day: 还剩 2 天, 今天截止; nothing once it is over."""
    days = (until - today).days
    if days < 0:
        return ""
    if days == 0:
        return text("office.last_day", page_language())
    return text("office.days_left", page_language(), count=days)


@register.filter
def day(value: date | None) -> str:
    """Write a day as 2026-10-12; a dash where there is none."""
    return "—" if value is None else value.isoformat()


@register.filter
def verb_text(verb: str) -> str:
    """Say a verb."""
    return text(f"assessment.verb_{verb}", page_language())


@register.simple_tag
def verb_words(verb: str) -> str:
    """Say a verb."""
    return verb_text(verb)


@register.filter
def step_words(step: str) -> str:
    """Say at which step a report lies."""
    return text(f"assessment.step_{step}", page_language())


@register.simple_tag
def why_words(why: str) -> str:
    """Say why a figure is worth a second look."""
    return text(f"office.why_{why}", page_language())


@register.filter
def series_name(version: SchemeVersion, series: str) -> str:
    """Give the name of the indicator that a series is shown under."""
    fields = version.form.fields_in(series)
    return fields[0].indicator.name if fields else series


@register.simple_tag
def stage_words(stage: str) -> str:
    """Say a stage of the month."""
    return text(f"assessment.stage_{stage}", page_language())


@register.simple_tag
def month_state(state: str) -> str:
    """Say how far a month is."""
    return text(f"assessment.month_{state}", page_language())


@register.simple_tag
def run_kind(kind: str) -> str:
    """Say what a run is for."""
    return text(f"assessment.run_{kind}", page_language())


@register.filter
def group_name(scheme: Scheme, code: str) -> str:
    """Give the name of a group by its code."""
    return next((group.name for group in scheme.groups if group.code == code), code)


@register.filter
def item_light(item: TrackedItem) -> str:
    """Give the light of lagging work."""
    return light_of(item, clock.today()).value


@register.simple_tag
def tracked_state(state: str) -> str:
    """Say how lagging work stands."""
    return text(f"assessment.tracked_{state}", page_language())


@register.simple_tag
def track_words(kind: str) -> str:
    """Say what happened to lagging work."""
    return text(f"assessment.track_{kind}", page_language())


@register.simple_tag
def consequence_words(consequence: str) -> str:
    """Say a consequence."""
    return text(f"assessment.consequence_{consequence}", page_language())
