"""How the stages, grades and sensitive points of a year are said."""

from collections.abc import Mapping
from decimal import Decimal

from django import template

from baton.assessment.choices import AnnualStage
from baton.assessment.queries.annual.run import Doubtful
from baton.assessment.rules.annual.sensitive import Point
from baton.engine.compare.attribution import PieceParts, Step
from baton.engine.terms import plain
from baton.web.problems import Shown, shown
from baton.web.templatetags.results import exact, points, rank
from baton.web.templatetags.words import page_language
from baton.words import Problem, text

register = template.Library()
_TAGS = {
    AnnualStage.OPEN: "tag-plain",
    AnnualStage.TRIED: "tag-plain",
    AnnualStage.DECIDED: "tag-warn",
    AnnualStage.PUBLICITY: "tag-warn",
    AnnualStage.PUBLICITY_OVER: "tag-warn",
    AnnualStage.PUBLISHED: "tag-good",
}


@register.filter
def stage_words(stage: AnnualStage) -> str:
    """Say how far a year is."""
    return text(f"annual.stage_{stage.value}", page_language())


@register.filter
def stage_tag(stage: AnnualStage) -> str:
    """Give the look of a stage."""
    return _TAGS[stage]


@register.filter
def grade_name(code: str, names: Mapping[str, str]) -> str:
    """Give the name of a grade; that there is none, for an empty code."""
    return names.get(code, code) if code else text("annual.no_grade", page_language())


@register.simple_tag
def sensitive_says(point: Point) -> str:
    """Say a sensitive point in a sentence, with its numbers."""
    first = point.units[0] if point.units else None
    second = point.units[1] if len(point.units) > 1 else None
    given = {
        "unit": "" if first is None else first.name,
        "score": "" if first is None else points(first.compared),
        "exact": "" if first is None else exact(first.total),
        "grade": point.grade or text("annual.no_grade", page_language()),
        "distance": "" if point.distance is None else exact(point.distance),
        "other": "" if second is None else second.name,
        "other_score": "" if second is None else points(second.compared),
        "size": "" if point.size is None else point.size,
        "quota": "" if point.exact is None else plain(point.exact),
        "least": "" if point.other is None else point.other[0],
        "most": "" if point.other is None else point.other[1],
        "units": "、".join(f"{one.name}（{exact(one.total)}，{rank(one.rank)}）" for one in point.units),
    }
    return text(f"annual.sensitive_{point.kind.value}", page_language(), **given)


@register.simple_tag
def sensitive_kind(kind: str) -> str:
    """Name a kind of sensitive point."""
    return text(f"annual.kind_{kind}", page_language())


@register.simple_tag
def doubt_says(doubt: Doubtful) -> str:
    """Say what a consistency check asks to look at again."""
    return text(f"annual.doubt_{doubt.kind.value}", page_language(), units="、".join(doubt.units), other=doubt.other)


@register.filter
def said_reasons(reasons: tuple[Problem, ...]) -> list[Shown]:
    """Say why a suggestion is what it is."""
    return shown(reasons)


@register.filter
def step_words(step: Step) -> str:
    """Name what is replaced in a step of a change between years: one factor, or several that share it."""
    return "＋".join(text(f"why.step_{factor.value}", page_language()) for factor in step)


@register.simple_tag
def why_factor(factor: str, kind: str = "") -> str:
    """Name a factor of a change between years; `_hint` says what it is."""
    return text(f"why.step_{factor}{kind}", page_language())


@register.filter
def piece_words(piece: PieceParts) -> str:
    """Name a piece of a total with its code."""
    return text("why.bound", page_language()) if piece.kind == "bound" else f"{piece.code} {piece.name}"


@register.filter
def number(value: str | None) -> str:
    """Write a number that is kept as text, with two decimals as ranks compare it; a dash where there is none."""
    return "—" if value is None else points(Decimal(value))


@register.simple_tag
def adjustment_kind(kind: str) -> str:
    """Name what an event is: a bonus, a deduction, a veto, part of an indicator."""
    return text(f"annual.adjustment_{kind}", page_language())


@register.simple_tag
def adjustment_reason(code: str) -> str:
    """Say why an event did not count in full; nothing where it did."""
    return shown([Problem(code)])[0].what if code else ""


@register.filter
def percent(value: float | None) -> str:
    """Write a probability in whole percents; more than 99 and less than 1 as such; a dash where it is not known."""
    if value is None:
        return "—"
    whole = round(value * 100)
    if value < 1 and whole == 100:
        return "> 99%"
    return "< 1%" if value > 0 and whole == 0 else f"{whole}%"
