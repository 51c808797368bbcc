"""Which steps of the treatment are for which indicator."""

from collections.abc import Collection

from baton.engine.plan.leaf import Entry
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.treatment import Denominate, Impute, Outliers


def treatable(entry: Entry) -> bool:
    """Whether the entry is one measured value: no part, no ballot or checklist that reads several figures."""
    return not entry.part and not entry.rule.feeds()


def denominators(scheme: Scheme) -> frozenset[str]:
    """The indicators that others are divided by; only a step that names them treats them."""
    return frozenset(step.by for step in scheme.treatment if isinstance(step, Denominate))


def step_for[T: (Denominate, Impute, Outliers)](
    scheme: Scheme, kind: type[T], indicator: str, apart: Collection[str]
) -> T | None:
    """Give the step of a kind that is for an indicator: the one that names it, or the one for all (not for `apart`)."""
    steps = [step for step in scheme.treatment if isinstance(step, kind)]
    named = next((step for step in steps if indicator in step.indicators), None)
    if named is not None or indicator in apart:
        return named
    return next((step for step in steps if not step.indicators), None)


def treated_decimals(scheme: Scheme, entry: Entry, apart: Collection[str]) -> tuple[int, bool] | None:
    """The decimals that treatment asks of a value, and whether it is divided; None where it stays as reported."""
    if not scheme.treatment or not treatable(entry):
        return None
    code = entry.indicator.code
    divided = step_for(scheme, Denominate, code, apart)
    others = (step_for(scheme, Impute, code, apart), step_for(scheme, Outliers, code, apart))
    asked = [step.decimals for step in (divided, *others) if step is not None]
    return (max(asked), divided is not None) if asked else None
