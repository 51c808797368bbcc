"""Treatment: steps in their order, each for indicators that it can be for, by denominators and partitions there are."""

from collections import Counter
from collections.abc import Iterator

from baton.engine.rules import Needs
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.structure.index import Index
from baton.engine.scheme.structure.references import unknown
from baton.engine.scheme.treatment import Denominate, Impute, Outliers, Partition, Screen, Step
from baton.words import Place, Problem, Word

_ORDER = (Partition, Denominate, Impute, Screen, Outliers)


def check_treatment(index: Index) -> Iterator[Problem]:
    """Find steps out of order or given twice, what they name and is not there, and what they cannot be done to."""
    steps = index.scheme.treatment
    places = [_ORDER.index(type(step)) for step in steps]
    for number, (step, place) in enumerate(zip(steps, places, strict=True), 1):
        at = f"treatment[#{number}]"
        if place < max(places[: number - 1], default=0):
            yield Problem("engine.treatment_order", {"step": _word(step)}, Place(field=at))
        yield from _references(index, step, at)
        if isinstance(step, Denominate):
            yield from _denominator(index, step, at)
        if isinstance(step, Impute):
            yield from _imputation(steps, step, at)
        if isinstance(step, Outliers):
            yield from _scale(index, steps, step, at)
    yield from _twice(steps)


def _word(step: Step) -> Word:
    return Word(f"vocabulary.word_treatment_{step.kind}")


def _references(index: Index, step: Step, at: str) -> Iterator[Problem]:
    if isinstance(step, Partition):
        for part, units in step.parts.items():
            yield from unknown("unit", units, index.units, f"{at}.parts.{part}")
        named = Counter(unit for units in step.parts.values() for unit in units)
        for unit, times in named.items():
            if times > 1:
                params = {"partition": step.code, "unit": unit}
                yield Problem("engine.treatment_unit_in_two_parts", params, Place(field=f"{at}.parts"))
    elif isinstance(step, Screen):
        yield from unknown("unit", step.keep, index.units, f"{at}.keep")
        yield from unknown("unit", step.leave_out, index.units, f"{at}.leave_out")
    else:
        yield from unknown("indicator", step.indicators, index.indicators, f"{at}.indicators")
        for code in step.indicators:
            indicator = index.indicators.get(code)
            if indicator is not None and (indicator.rule.feeds() or indicator.rule.parts()):
                params = {"indicator": f"{code} {indicator.name}", "step": _word(step)}
                yield Problem("engine.treatment_not_a_value", params, Place(field=f"{at}.indicators"))


def _denominator(index: Index, step: Denominate, at: str) -> Iterator[Problem]:
    """A denominator is a measured value that is there wherever it divides, and is itself not divided."""
    yield from unknown("indicator", [step.by], index.indicators, f"{at}.by")
    by = index.indicators.get(step.by)
    if by is None:
        return
    place = Place(field=f"{at}.by")
    divided = {code for one in index.scheme.treatment if isinstance(one, Denominate) for code in one.indicators}
    if by.rule.feeds() or by.rule.parts() or step.by in divided:
        yield Problem("engine.treatment_denominator", {"by": f"{by.code} {by.name}"}, place)
    for code in step.indicators:
        indicator = index.indicators.get(code)
        if indicator is None:
            continue
        lacking = [group for group in index.carriers(indicator) if index.points(by, group) is None]
        if lacking or _frequency(index, indicator) != _frequency(index, by):
            params = {
                "indicator": f"{code} {indicator.name}",
                "by": f"{by.code} {by.name}",
                "groups": "、".join(lacking) or "—",
            }
            yield Problem("engine.treatment_denominator_elsewhere", params, place)


def _frequency(index: Index, indicator: Indicator) -> str:
    node = index.nodes.get(indicator.parent)
    return "" if node is None else node.frequency.value


def _imputation(steps: tuple[Step, ...], step: Impute, at: str) -> Iterator[Problem]:
    known = [one.code for one in steps if isinstance(one, Partition)]
    if step.partition is None:
        return
    if not step.method.startswith("group"):
        yield Problem(
            "engine.treatment_partition_unused", {"partition": step.partition}, Place(field=f"{at}.partition")
        )
    elif step.partition not in known:
        params = {"partition": step.partition, "known": "、".join(known) or "—"}
        yield Problem("engine.treatment_unknown_partition", params, Place(field=f"{at}.partition"))


def _scale(index: Index, steps: tuple[Step, ...], step: Outliers, at: str) -> Iterator[Problem]:
    """A transformed value is on another scale: no target, threshold or fixed end is on it."""
    if step.transform == "none":
        return
    elsewhere = {code for one in steps if isinstance(one, Outliers) and one is not step for code in one.indicators}
    apart = {one.by for one in steps if isinstance(one, Denominate)}
    for indicator in index.scheme.indicators:
        rule = indicator.rule
        mine = indicator.code in step.indicators
        if not mine and (step.indicators or indicator.code in elsewhere | apart or rule.feeds() or rule.parts()):
            continue
        if Needs.TARGET in rule.needs() or rule.thresholds() or rule.segments() or rule.fixed() != (None, None):
            params = {"indicator": f"{indicator.code} {indicator.name}"}
            yield Problem("engine.treatment_scale_changes", params, Place(field=f"{at}.transform"))


def _twice(steps: tuple[Step, ...]) -> Iterator[Problem]:
    """What two steps of a kind are for: the same indicator, everything, or (screens, partitions) at all."""
    named: Counter[tuple[str, str]] = Counter()
    for number, step in enumerate(steps, 1):
        for code in _claims(step):
            named[step.kind, code] += 1
            if named[step.kind, code] == 2:
                params = {"step": _word(step), "given": code}
                yield Problem("engine.treatment_twice", params, Place(field=f"treatment[#{number}]"))


def _claims(step: Step) -> tuple[str, ...]:
    if isinstance(step, Partition):
        return (step.code,)
    if isinstance(step, Screen):
        return ("*",)
    return tuple(dict.fromkeys(step.indicators)) or ("*",)
