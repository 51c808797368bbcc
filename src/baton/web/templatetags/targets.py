"""How estimates, growth and what is worth checking about a target are written."""

from decimal import Decimal
from uuid import uuid4

from django import template

from baton.assessment.choices import Stretched
from baton.assessment.models import TargetCall, TargetFlag
from baton.engine.integrity import Flag
from baton.reports.targets import in_words, number
from baton.web.templatetags.words import page_language
from baton.words import Problem, render, text

register = template.Library()


@register.simple_tag
def page_key() -> str:
    """Give a key under which a form is carried out once."""
    return uuid4().hex


@register.simple_tag
def typed_names(number: int) -> dict[str, str]:
    """Give the names of a target's cells on a sheet, as problems name them."""
    return {"typed": f"typed-{number}", "reason": f"reason-{number}"}


@register.simple_tag
def call_field(call: TargetCall) -> str:
    """Give the name of the field in which it is said why a call is taken back."""
    return f"reason-{call.pk}"


@register.simple_tag
def flag_name(flag: TargetFlag) -> str:
    """Give the name of the field in which a flag is answered."""
    return f"flag-{flag.pk}"


@register.filter
def problem_words(problem: Problem) -> str:
    """Say what a problem says, and how it is mended."""
    said = render(problem, page_language())
    return f"{said.what}{text('targets.mended_by', page_language(), mend=said.mend)}" if said.mend else said.what


@register.filter
def estimate(value: float | Decimal | None) -> str:
    """Write a figure that is estimated or added up with four digits that count; a dash where there is none."""
    return "—" if value is None else f"{number(float(value)):,f}"


@register.filter
def reported(value: float | str | Decimal | None) -> str:
    """Write a figure as it was reported, with commas and nothing rounded: 11,800; a dash where there is none."""
    if value is None or value == "":
        return "—"
    number_ = Decimal(str(value))
    places = max(0, -number_.as_tuple().exponent) if number_ != number_.to_integral_value() else 0  # type: ignore[operator]
    return f"{number_:,.{places}f}"


@register.simple_tag
def reported_of(value: str) -> str:
    """Write a figure as `reported` does, for a sentence that wants it."""
    return reported(value)


@register.filter
def whole(value: Decimal | None) -> str:
    """Write a number that is added up with all its digits, at most two decimals; a dash where there is none."""
    if value is None:
        return "—"
    shown = value if value == value.to_integral_value() else value.quantize(min(Decimal("0.01"), _finest(value)))
    return f"{shown.normalize():,f}"


def _finest(value: Decimal) -> Decimal:
    """Give two places more than the first digit that counts, so that a small rate is not written as nothing."""
    return Decimal(1).scaleb(min(value.adjusted() - 2, -2)) if value else Decimal(1)


@register.filter
def growth(value: float | None) -> str:
    """Write a growth in percents with one decimal and its sign; a dash where it is not known."""
    return "—" if value is None else f"{'+' if value >= 0 else '−'}{abs(100 * value):.1f}%"


@register.filter
def chance(value: float | None) -> str:
    """Write a chance in whole percents, never as certain: 97%, 大于 99% as >99%."""
    if value is None:
        return "—"
    return ">99%" if value > 0.99 else "<1%" if value < 0.01 else f"{100 * value:.0f}%"


@register.filter
def percents(value: float | None) -> str:
    """Write a share in percents with one decimal; a dash where it is not known."""
    return "—" if value is None else f"{100 * value:.1f}%"


@register.filter
def state_of_target(state: str) -> str:
    """Say how far a target is."""
    return text(f"targets.state_{state}", page_language())


@register.filter
def step_of_target(kind: str) -> str:
    """Say what was done with a target."""
    return text(f"targets.step_{kind}", page_language())


@register.filter
def stretch_words(stretch: str) -> str:
    """Say how far a target stretches a unit."""
    return text(f"targets.stretch_{stretch}", page_language())


@register.filter
def adding_words(adding: str) -> str:
    """Say how the units' targets make the county's."""
    return text(f"targets.adding_{adding}", page_language())


@register.filter
def flag_words(flag: TargetFlag) -> dict[str, str]:
    """Give title, reason, ordinary explanations and false-alarm rate of what is worth checking."""
    language = page_language()
    if flag.kind not in set(Stretched):
        raised = Flag(flag.kind, "", "", tuple(flag.months), flag.strength, flag.evidence)
        return {**in_words(raised, language), "months": "、".join(flag.months)}
    told = {name: f"{number(value):,f}" for name, value in flag.evidence.items() if name != "chance"}
    reason = text(f"targets.reason_{flag.kind}", language, chance=chance(flag.evidence["chance"]), **told)
    return {
        "title": text(f"targets.kind_{flag.kind}", language),
        "reason": reason,
        "ordinary": text(f"targets.ordinary_{flag.kind}", language),
        "alarm": text("targets.alarm_stretch", language),
        "months": "",
    }
