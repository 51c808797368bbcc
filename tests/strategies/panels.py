"""Figures that fit a scheme: gaps where a policy allows them, zeros, ties, values on the lines of the rules."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.plan.calendar import period_text, periods
from baton.engine.plan.leaf import Entry, entries, feed_frequency, feeds_of, is_derived
from baton.engine.scheme.adjustments import ByLevel, ByQuantity, Event, GradeDrop
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure.index import Index
from baton.engine.terms import Frequency, Missing, ZeroDenominator

YEAR = 2025
_YEAR = (date(YEAR, 1, 1), date(YEAR, 12, 31))
LEVELS = {"ballot": range(31), "ballot_rate": range(31), "per_case_deduct": range(4), "rank_table": range(1, 10)}
LEVELS |= {"level_table": range(1, 5), "rank_points": range(1, 5)}
type Reader = tuple[Indicator, Entry, str]

AROUND = ["0", "1", "5", "20", "33.3", "49.99", "50", "85", "90", "95", "97.4", "98", "100", "103", "120"]


def _wants(scheme: Scheme) -> dict[tuple[str, str, Frequency], list[Reader]]:
    """Who reads each figure of each series, by the frequency at which it is reported."""
    found = defaultdict(list)
    for indicator in scheme.indicators:
        for entry in entries(indicator):
            feeds = feeds_of(indicator, entry.rule, entry.value, entry.figures)
            for feed in feeds:
                own = feed_frequency(indicator, feeds, feed)
                found[indicator.series_code, feed.figure, own].append((indicator, entry, feed.role))
    return found


class _Figures:
    """Draws the figures of one panel; everything after the seed is a plain pseudo-random walk."""

    def __init__(self, seed: int, gaps: float, ties: bool) -> None:
        self.random, self.gaps = Random(seed), gaps
        self.around = self.random.sample(AROUND, 3) if ties else AROUND

    def value(self, indicator: Indicator, entry: Entry, role: str) -> Decimal:
        """Give a value in the range the rule looks at; below zero only where it may be."""
        kind = entry.rule.kind
        if kind == "checklist":
            return self.random.choice(entry.rule.levels)
        if role == "base":
            return Decimal(self.random.choice([0, 20, 40, 120]))
        if kind in LEVELS:
            return Decimal(self.random.choice(LEVELS[kind]))
        value = Decimal(self.random.choice(self.around))
        if self.random.random() < 0.3:
            value = Decimal(self.random.randrange(0, 12000)).scaleb(-2)
        value = value.quantize(Decimal(1).scaleb(-(indicator.decimals or 0)))
        return -value if role == "value" and self.random.random() < 0.05 else value

    def missing(self, indicator: Indicator, role: str) -> bool:
        """Whether a figure is left out; an assumed value still needs its target."""
        needed = indicator.missing is Missing.REQUIRED or (indicator.missing is Missing.ASSUMED and role == "target")
        return not needed and self.random.random() < self.gaps


def _observations(scheme: Scheme, figures: _Figures) -> Iterator[Observation]:
    index = Index(scheme)
    lists = {(unit.code, i.code): figures.random.randint(1, 4) for unit in scheme.units for i in scheme.indicators}
    for (series, figure, frequency), readers in _wants(scheme).items():
        for unit in scheme.units:
            mine = [reader for reader in readers if index.carried_by(reader[0], unit)]
            if not mine or _past_list(mine[0], figure, lists[unit.code, mine[0][0].code]):
                continue
            for at in periods(frequency):
                value = _safe(figures.value(*mine[0]), mine)
                if all(figures.missing(reader[0], reader[2]) for reader in mine):
                    continue
                early = all(reader[0].accepts_preliminary for reader in mine) and figures.random.random() < 0.1
                yield Observation(unit.code, series, figure, period_text(YEAR, at), value, preliminary=early)


def _past_list(reader: Reader, figure: str, items: int) -> bool:
    """Whether an item lies past the list of a unit that has a list of its own."""
    return getattr(reader[1].rule, "items", 0) == "by_unit" and int(figure.removeprefix("item")) > items


def _safe(value: Decimal, readers: list[Reader]) -> Decimal:
    """Move a value off what would stop the calculation: a zero that divides, too few votes."""
    for indicator, entry, role in readers:
        ballot = entry.rule.kind in ("ballot", "ballot_rate")
        if ballot and Missing.REQUIRED is indicator.missing:
            return max(value, Decimal(10)) if role != "base" else Decimal(40)
        divides = role in ("denominator", "target") and not ballot
        if divides and value == 0 and indicator.zero_denominator is ZeroDenominator.REQUIRED:
            return Decimal(7)
    return value


@st.composite
def observations(draw: st.DrawFn, scheme: Scheme) -> list[Observation]:
    """Make the observations of 2025 that a scheme reads, with gaps where its policies allow them, zeros and ties."""
    seed = draw(st.integers(0, 2**32 - 1))
    figures = _Figures(seed, draw(st.sampled_from([0, 0.1, 0.5])), draw(st.booleans()))
    found = list(_observations(scheme, figures))
    figures.random.shuffle(found)
    return found


@st.composite
def events(draw: st.DrawFn, scheme: Scheme) -> list[Event]:
    """Make events for the bonuses, deductions, vetoes and indicators of a scheme, some of one matter."""
    index, made = Index(scheme), []
    units = [unit for unit in scheme.units if unit.group]
    whole = [i for i in scheme.indicators if not any(is_derived(entry) for entry in entries(i))]
    items = [*scheme.bonuses, *scheme.deductions, *scheme.vetoes, *whole]
    for _ in range(draw(st.integers(0, 6)) if items else 0):
        item, unit = draw(st.sampled_from(items)), draw(st.sampled_from(units))
        if isinstance(item, Indicator) and not index.carried_by(item, unit):
            continue
        event: dict[str, object] = {
            "unit": unit.code,
            "item": item.code,
            "matter": draw(st.sampled_from(["", "m1", "m2"])),
        }
        event["confirmed"] = draw(st.sampled_from([True, True, True, False]))
        if isinstance(item, Indicator):
            part_of_figure = {"quantity": draw(st.sampled_from(["1", "1", "0.5"])), "matter": event["matter"] or "m1"}
            made.append(Event.model_validate(event | part_of_figure | {"on": draw(st.dates(*_YEAR))}))
            continue
        measure = getattr(item, "measure", None)
        if isinstance(measure, ByLevel):
            event["level"] = draw(st.sampled_from(sorted(measure.levels)))
        elif isinstance(measure, ByQuantity):
            event["quantity"] = draw(st.sampled_from(["0", "1", "1500", "12000"]))
        elif measure is not None:
            event["points"] = draw(st.sampled_from(measure.allowed or (Decimal("0.3"), Decimal(2))))
        elif isinstance(item.consequence, GradeDrop) and item.consequence.zero_indicator:
            mine = [i.code for i in scheme.indicators if index.carried_by(i, unit)]
            if not mine:
                continue
            event["indicator"] = draw(st.sampled_from(mine))
        made.append(Event.model_validate(event))
    return made


@st.composite
def panels(draw: st.DrawFn, scheme: Scheme) -> Panel:
    """Make a panel of 2025 that fits a scheme."""
    return Panel.of(draw(observations(scheme)), draw(events(scheme)))
