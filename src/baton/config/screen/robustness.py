"""A robustness analysis on the terminal: per group, how sure each rank and grade is, in words an officer reads."""

from decimal import Decimal

from baton.config.screen.tables import Shown, print_line, print_table
from baton.engine.result.sheet import ScoreSheet
from baton.engine.robustness.result import GroupRobustness, Interval, Robustness, UnitRobustness
from baton.engine.terms import plain
from baton.reports.results.sureness import covered_words
from baton.words import Language, text

_HEADS = (
    "robust.head_rank",
    "robust.head_unit",
    "robust.head_total",
    "robust.head_everyday",
    "robust.head_choices",
    "robust.head_grade",
    "robust.head_sure",
    "robust.head_band",
)
_WEIGHTS, _CLOSEST = 3, 3
_SURE, _LIKELY, _EVEN = 0.95, 0.75, 0.5


def print_robustness(sheet: ScoreSheet, found: Robustness, language: Language) -> None:
    """Print a table per group, what hangs on which weight, the closest reversal points and advice on grades."""
    words = _Words(sheet, language)
    percent = f"{found.settings.level * 100:g}"
    for group in found.groups:
        title = text("robust.title", language, group=words.groups[group.group], level=percent)
        print_table(title, _HEADS, [words.row(one) for one in group.units], language)
        words.below(group)
    print_line("robust.about_everyday", language, level=percent)
    print_line("robust.about_choices", language, draws=found.settings.draws, doubt=f"{found.settings.doubt * 100:g}")
    print_line("robust.about_sure", language)


class _Words:
    def __init__(self, sheet: ScoreSheet, language: Language) -> None:
        scheme, self.language = sheet.scheme, language
        self.groups = {group.code: group.name for group in scheme.groups}
        self.units = {unit.code: unit.short_name or unit.name for unit in scheme.units}
        self.grades = {grade.code: grade.name for grade in scheme.grading.grades}
        self.items = {node.code: node.name for node in scheme.nodes}
        self.items |= {indicator.code: indicator.name for indicator in scheme.indicators}
        self.decimals = scheme.ranking.decimals

    def row(self, one: UnitRobustness) -> list[Shown]:
        return [
            Decimal(f"{one.rank:g}"),
            self.units[one.unit],
            Decimal(f"{one.total:.{self.decimals}f}"),
            self._places(one.everyday),
            self._places(one.choices),
            self.grades.get(one.grade or ""),
            self._sure(one),
            one.band,
        ]

    def _places(self, interval: Interval | None) -> str | None:
        if interval is None:
            return None
        return str(interval.best) if interval.width == 1 else f"{interval.best}–{interval.worst}"

    def _sure(self, one: UnitRobustness) -> str | None:
        share = one.sure_of_grade
        if share is None:
            return None
        likely = "robust.likely" if share >= _LIKELY else "robust.even" if share >= _EVEN else "robust.doubtful"
        code = "robust.sure" if share >= _SURE else likely
        return text(code, self.language, of_100=f"{share * 100:.0f}")

    def below(self, group: GroupRobustness) -> None:
        """How much its intervals speak of, and what a group hangs on, below its table."""
        if group.covered is not None:
            print_line("robust.covers", self.language, **covered_words(group.covered))
        mattering = [one for one in group.weights if one.shift > 0 or one.without > 0]
        if not mattering:
            print_line("robust.no_weight_matters", self.language)
        for one in mattering[:_WEIGHTS]:
            params = {
                "name": self.items[one.code],
                "weight": _percent(one.weight),
                "shift": f"{one.without:.1f}",
                "most": one.most,
                "unit": self.units[one.moved],
            }
            print_line("robust.weight_matters", self.language, **params)
        closest = [one for one in group.reversals if one.weight is not None and one.needed is not None]
        for pair in sorted(closest, key=lambda one: abs((one.needed or 0) - (one.weight or 0)))[:_CLOSEST]:
            params = {
                "ahead": self.units[pair.ahead],
                "behind": self.units[pair.behind],
                "name": self.items[pair.code],
                "now": _percent(pair.weight or 0),
                "needed": _percent(pair.needed or 0),
            }
            print_line("robust.reversal", self.language, **params)
        for advice in group.boundaries:
            params = {
                "above": self._grade(advice.above),
                "below": self._grade(advice.below),
                "ahead": self.units[advice.ahead],
                "behind": self.units[advice.behind],
                "of_100": f"{advice.reversed_share * 100:.0f}",
            }
            print_line("robust.boundary", self.language, **params)
            if advice.up is not None:
                print_line("robust.boundary_up", self.language, units=advice.up, above=params["above"])
            if advice.down is not None:
                print_line("robust.boundary_down", self.language, units=advice.down, below=params["below"])

    def _grade(self, code: str) -> str:
        return self.grades.get(code) or text("robust.no_grade", self.language)


def _percent(share: float) -> str:
    return f"{plain(Decimal(f'{share * 100:.2f}'))}%"
