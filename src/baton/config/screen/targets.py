"""Target checks on the terminal: what targets ask, what is worth checking by unit, and the plan of visits."""

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from rich.text import Text

from baton.config.screen.tables import Shown, print_line, print_table
from baton.engine.integrity import Flag
from baton.engine.integrity.asked import Asked, Stretch
from baton.engine.integrity.checks import Checks
from baton.engine.scheme.model import Scheme
from baton.reports.targets import in_words, number, percent
from baton.reports.targets.wording import span
from baton.words import Language, text

_TARGETS = (
    "integrity.head_indicator",
    "integrity.head_unit",
    "integrity.head_last",
    "integrity.head_target",
    "integrity.head_expected",
    "integrity.head_interval",
    "integrity.head_chance",
    "integrity.head_stretch",
)
_FLAGS = (
    "integrity.head_indicator",
    "integrity.head_months",
    "integrity.head_kind",
    "integrity.head_reason",
    "integrity.head_ordinary",
)
_VISITS = ("integrity.head_group", "integrity.head_unit", "integrity.head_inclusion")
_COLOURS = {Stretch.LOW: "yellow", Stretch.STEADY: "green", Stretch.STRETCHING: "green", Stretch.OUT_OF_REACH: "red"}
_MOST_TARGETS = 5
_MOST_UNITS = 20


def print_targets(scheme: Scheme, found: Checks, language: Language, written: Path | None) -> None:
    """Print the targets that ask least and most, flags grouped by unit, and whom to visit."""
    names = {one.code: one.name for one in scheme.groups}
    names |= {one.code: one.name for one in scheme.units}
    names |= {one.code: one.name for one in scheme.indicators}
    _print_asked(found, names, language)
    _print_flags(found, names, language)
    if found.plan is not None:
        title = text("integrity.visits_title", language, seed=found.plan.seed)
        rows: list[list[Shown]] = [
            [names.get(one.stratum, one.stratum), names.get(one.unit, one.unit), Decimal(f"{one.chance:.4f}")]
            for one in found.plan.visits
        ]
        print_table(title, _VISITS, rows, language)
        if found.form is not None:
            print_line("integrity.visits_digest", language, digest=found.form.digest)
    if found.entries.timed or found.entries.evidence:
        print_line("integrity.entries_known", language, **asdict(found.entries))
    print_line("integrity.note_check", language)
    if written is not None:
        print_line("config.written", language, path=written)


def _print_asked(found: Checks, names: dict[str, str], language: Language) -> None:
    for code, together in groupby(found.asked, key=lambda one: one.indicator):
        targets = list(together)
        least = targets[:_MOST_TARGETS]
        most = [one for one in targets[_MOST_TARGETS:] if one.stretch is Stretch.OUT_OF_REACH][-_MOST_TARGETS:]
        title = text("integrity.targets_title", language, indicator=names.get(code, code), year=found.year)
        print_table(title, _TARGETS, [_asked_row(one, names, language) for one in (*least, *most)], language)
        left = len(targets) - len(least) - len(most)
        if left:
            print_line("integrity.targets_more", language, more=left)
        if code in found.plans:
            plan = found.plans[code]
            print_line(
                "integrity.county_plan",
                language,
                target=number(plan.target),
                total=number(plan.sum_of_targets),
                expected=number(plan.expected),
                chance=percent(plan.chance),
            )


def _asked_row(one: Asked, names: dict[str, str], language: Language) -> Sequence[Shown]:
    return [
        names.get(one.indicator, one.indicator),
        names.get(one.unit, one.unit),
        number(one.last),
        number(one.target),
        number(one.expected),
        f"{number(one.low):f} – {number(one.high):f}",
        percent(one.chance),
        Text(text(f"integrity.stretch_{one.stretch}", language), style=_COLOURS[one.stretch]),
    ]


def _print_flags(found: Checks, names: dict[str, str], language: Language) -> None:
    by_unit: dict[str, list[Flag]] = {}
    for flag in found.flags:
        by_unit.setdefault(flag.unit, []).append(flag)
    ordered = sorted(by_unit.items(), key=lambda item: (-sum(flag.strength for flag in item[1]), item[0]))
    for unit, flags in (*ordered[:_MOST_UNITS], *((flag.unit, [flag]) for flag in found.points)):
        title = text("integrity.flags_title", language, unit=names.get(unit, unit), count=len(flags))
        print_table(title, _FLAGS, [_flag_row(flag, names, language) for flag in flags], language)
    if len(ordered) > _MOST_UNITS:
        print_line("integrity.flags_more", language, more=len(ordered) - _MOST_UNITS)
    if not found.flags and found.series:
        print_line("integrity.no_flags", language, series=found.series)


def _flag_row(flag: Flag, names: dict[str, str], language: Language) -> Sequence[Shown]:
    words = in_words(flag, language, names)
    return [
        names.get(flag.indicator, flag.indicator),
        span(flag),
        words["title"],
        words["reason"],
        words["ordinary"],
    ]
