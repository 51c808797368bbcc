"""Figures of one unit, leaf and period, merged month by month in plain Python: the oracle's own way from reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from baton.engine.plan import Leaf, Plan
from baton.engine.plan.calendar import YEAR, due, last_month, parts_of, periods
from baton.engine.plan.leaf import feed_frequency
from baton.engine.quantum import quantise_exact
from baton.engine.rules import Feed, Needs
from baton.engine.terms import Aggregation, Frequency, Missing, Window

type Reports = Mapping[tuple[str, str, str, int], tuple[Decimal, bool]]

_ORDER = (Frequency.MONTH, Frequency.QUARTER, Frequency.YEAR)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of a leaf in a period: value and target as whole numbers of 10^-decimals (None: not there).

    numerator, denominator: of a quotient, in natural units. zero: the denominator is zero. few: too few valid votes.
    """

    x: int | None = None
    t: int | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    zero: bool = False
    few: bool = False
    idle: bool = False


class Reader:
    """Reads the reports of a year for a plan."""

    def __init__(self, plan: Plan, reports: Reports) -> None:
        self.plan, self.reports = plan, reports
        self.absent = {(plan.units[number].code, at) for number, at in plan.absent}
        self.finest: dict[str, Frequency] = {}
        for indicator in plan.scheme.indicators:
            series = indicator.series_code
            self.finest[series] = min(
                self.finest.get(series, indicator.frequency), indicator.frequency, key=_ORDER.index
            )

    def figures(self, unit: str, leaf: Leaf, at: int) -> Figures:
        """Merge what was reported, by the leaf's value form and policies for gaps that fill in a value."""
        found = self._figures(unit, leaf, at)
        if found.x is None and not found.zero and not found.idle:
            policy = leaf.indicator.missing
            if policy is Missing.ASSUMED and leaf.indicator.assumed is not None:
                assumed = leaf.indicator.assumed
                return Figures(int(assumed.scaleb(leaf.decimals)), found.t, assumed, Decimal(1))
            if policy is Missing.LAST_KNOWN:
                return self._last_known(unit, leaf, at, found)
        return found

    def _last_known(self, unit: str, leaf: Leaf, at: int, found: Figures) -> Figures:
        earlier = [period for period in periods(leaf.frequency) if period < at]
        for before in reversed(earlier):
            known = self._figures(unit, leaf, before)
            if known.x is not None:
                target = found.t if found.t is not None else known.t
                return Figures(known.x, target, known.numerator, known.denominator)
        return found

    def _figures(self, unit: str, leaf: Leaf, at: int) -> Figures:
        idle = not due(leaf.indicator.frequency, at) or (unit, at) in self.absent
        target = self._target(unit, leaf, at)
        if not leaf.derived:
            value = self._side(unit, leaf, at, "value")
            x = None if value is None else int(value.scaleb(leaf.decimals))
            return Figures(x, target, idle=idle)
        numerator, denominator = self._quotient(unit, leaf, at)
        base = self._side(unit, leaf, at, "base")
        if denominator is None:
            return Figures(None, target, numerator, idle=idle)
        valid, turnout = leaf.rule.least_valid()
        few = (valid is not None and denominator < valid) or (
            turnout is not None and base is not None and denominator < turnout * base
        )
        if denominator == 0 or few or numerator is None:
            return Figures(None, target, numerator, denominator, zero=denominator == 0, few=few, idle=idle)
        ratio = Fraction(numerator) / Fraction(denominator) * Fraction(leaf.ratio_scale) * 10**leaf.decimals
        return Figures(quantise_exact(ratio), target, numerator, denominator, idle=idle)

    def _quotient(self, unit: str, leaf: Leaf, at: int) -> tuple[Decimal | None, Decimal | None]:
        denominator = self._side(unit, leaf, at, "denominator")
        if any(feed.role == "present" for feed in leaf.feeds):
            there = [
                feed.factor
                for feed in leaf.feeds
                if feed.role == "present" and self._amount(unit, leaf, feed, at) is not None
            ]
            denominator = sum(there, Decimal(0)) if there else None
        return self._side(unit, leaf, at, "numerator"), denominator

    def _target(self, unit: str, leaf: Leaf, at: int) -> int | None:
        fixed = leaf.indicator.target.value if Needs.TARGET in leaf.rule.needs() else None
        target = self._side(unit, leaf, at, "target")
        chosen = target if target is not None else fixed
        return None if chosen is None else int(chosen.scaleb(leaf.decimals))

    def _side(self, unit: str, leaf: Leaf, at: int, role: str) -> Decimal | None:
        feeds = [feed for feed in leaf.feeds if feed.role == role]
        amounts = [self._times_factor(unit, leaf, feed, at) for feed in feeds]
        there = [amount for amount in amounts if amount is not None]
        some_suffice = any(feed.role == "present" for feed in leaf.feeds)
        if not there or (len(there) < len(feeds) and not some_suffice):
            return None
        return sum(there, Decimal(0))

    def _times_factor(self, unit: str, leaf: Leaf, feed: Feed, at: int) -> Decimal | None:
        """A figure times its factor; a mean is rounded to the leaf's decimals."""
        amount = self._amount(unit, leaf, feed, at)
        if amount is None:
            return None
        reports = self._seen(unit, leaf, feed, at)
        if leaf.indicator.aggregation is not Aggregation.MEAN or leaf.derived or len(reports) == 1:
            return feed.factor * amount
        mean = Fraction(feed.factor * amount) / len(reports) * 10**leaf.decimals
        return Decimal(quantise_exact(mean)).scaleb(-leaf.decimals)

    def _amount(self, unit: str, leaf: Leaf, feed: Feed, at: int) -> Decimal | None:
        """One figure over the window; what is reported for the period itself comes first."""
        amounts = self._seen(unit, leaf, feed, at)
        if not amounts:
            return None
        merges = {
            Aggregation.SUM: lambda: sum(amounts, Decimal(0)),
            Aggregation.MEAN: lambda: sum(amounts, Decimal(0)),
            Aggregation.LAST: lambda: amounts[-1],
            Aggregation.MAXIMUM: lambda: max(amounts),
            Aggregation.MINIMUM: lambda: min(amounts),
        }
        return merges[leaf.indicator.aggregation]()

    def _seen(self, unit: str, leaf: Leaf, feed: Feed, at: int) -> list[Decimal]:
        indicator = leaf.indicator
        if feed.role == "target" and feed_frequency(indicator, leaf.feeds, feed) is Frequency.YEAR:
            annual = self._report(unit, leaf, feed, YEAR)
            return [] if annual is None else [annual]
        running = indicator.window is Window.YEAR_TO_DATE and leaf.frequency is not Frequency.YEAR
        finest = self.finest[indicator.series_code]
        if not running:
            own = self._report(unit, leaf, feed, at)
            if own is not None:
                return [own]
        if running:
            months = {Frequency.MONTH: range(1, 13), Frequency.QUARTER: range(21, 25), Frequency.YEAR: (YEAR,)}[finest]
            spots = [p for p in months if last_month(p) <= last_month(at)]
        else:
            finer = _ORDER.index(finest) < _ORDER.index(leaf.frequency)
            spots = list(parts_of(at, finest)) if finer else []
        reports = (self._report(unit, leaf, feed, spot) for spot in spots)
        return [report for report in reports if report is not None]

    def _report(self, unit: str, leaf: Leaf, feed: Feed, at: int) -> Decimal | None:
        found = self.reports.get((unit, leaf.indicator.series_code, feed.figure, at))
        if found is None or (found[1] and not leaf.indicator.accepts_preliminary):
            return None
        return found[0]
