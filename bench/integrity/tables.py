"""The tables of the report, in Markdown."""

import statistics
from typing import Any

from marks import Marks, kinds_done, strengths
from visits import VISITS

LEAST_PRECISION, LEAST_RECALL, MOST_FALSE = 0.85, 0.80, 0.3
MAIN_RATE = 0.04


def share(value: float | None) -> str:
    """Write a share with two decimals; a dash where there is none."""
    return "–" if value is None else f"{value:.2f}"


def head(report: Any) -> str:
    """Say on what it was measured and whether the aims are met."""
    units, indicators = report.size
    seeds = ", ".join(map(str, report.seeds))
    again = f"./baton bench integrity --seed {report.seeds[0]} --seeds {len(report.seeds)}"
    said = "; ".join(
        f"{what} {share(value)} (aim {'≤' if most else '≥'} {aim:g}: {'met' if good else '**not met**'})"
        for what, value, aim, most, good in _aims(report)
    )
    each = ", ".join(f"{share(one.precision)} / {share(one.recall)}" for one in report.each)
    return (
        f"{units} units × {indicators} indicators × 36 months; seeds {seeds} (again: `{again}`); one run of the checks "
        f"takes {statistics.median(report.seconds):.1f} s.\n\n"
        f"At {MAIN_RATE:.0%} manipulated: {said}. By seed, precision / recall: {each}. A test that knows the generator "
        f"would reach precision {share(report.most.precision)} and recall {share(report.most.recall)} with "
        f"{share(report.most.false_flags)} false flags per honest unit-year."
    )


def _aims(report: Any) -> list[tuple[str, float | None, float, bool, bool]]:
    main: Marks = report.rates[MAIN_RATE]
    found = [
        ("union precision", main.precision, LEAST_PRECISION, False),
        ("union recall", main.recall, LEAST_RECALL, False),
        ("false flags per honest unit-year", main.false_flags, MOST_FALSE, True),
    ]
    return [
        (what, value, aim, most, value is not None and (value <= aim if most else value >= aim))
        for what, value, aim, most in found
    ]


def aims(report: Any) -> list[dict[str, Any]]:
    """Give the aims as rows for the table of all benchmarks."""
    return [
        {
            "what": f"target checks: {what}",
            "ours": value or 0.0,
            "unit": "",
            "budget": f"{'<=' if most else '>='} {aim:g}",
            "met": good,
        }
        for what, value, aim, most, good in _aims(report)
    ]


def met(report: Any) -> bool:
    """Whether every aim is met."""
    return all(good for *_, good in _aims(report))


def by_rate(report: Any) -> str:
    """Make the table by base rate."""
    lines = [
        "| manipulated | precision | recall | precision, unit and indicator | recall, unit and indicator "
        f"| of {VISITS} visits a month, right | false flags per honest unit-year |",
        "|---|---|---|---|---|---|---|",
    ]
    for rate, marks in report.rates.items():
        right, made = report.visits.get(rate, (0, 0))
        cells = [marks.precision, marks.recall, marks.pair_precision, marks.pair_recall]
        numbers = [*cells, right / made if made else None, marks.false_flags]
        lines.append(f"| {rate:.0%} | {' | '.join(map(share, numbers if rate else [None] * 5 + numbers[-1:]))} |")
    return "\n".join(lines)


def by_kind(report: Any) -> str:
    """Make the table by kind and strength, each strength in a county where everybody goes as far."""
    heads = [
        f"{what}, {how}"
        for what in ("own kind", "could be found at most", "any flag", "precision")
        for how in strengths()
    ]
    heads.append("false flags per unit-year where nobody cheats")
    rule = "|---" * (len(heads) + 1) + "|"
    lines = [f"| kind | {' | '.join(heads)} |", rule]
    for kind in kinds_done():
        numbers: list[float | None] = []
        for by_strength, counter in (
            (report.strengths, "named"),
            (report.most_by_strength, "named"),
            (report.strengths, "found"),
        ):
            for how in strengths():
                marks = by_strength[how]
                done = marks.done[kind, how]
                numbers.append(getattr(marks, counter)[kind, how] / done if done else None)
        for how in strengths():
            marks = report.strengths[how]
            numbers.append(marks.hit[kind] / marks.said[kind] if marks.said[kind] else None)
        numbers.append(report.rates[0.0].false_of([kind]))
        lines.append(f"| {kind} | {' | '.join(map(share, numbers))} |")
    union: list[float | None] = [None] * 3
    union += [report.most_by_strength[how].recall for how in strengths()]
    union += [report.strengths[how].recall for how in strengths()]
    union += [report.strengths[how].precision for how in strengths()]
    union.append(report.rates[0.0].false_flags)
    lines.append(f"| **union** | {' | '.join(map(share, union))} |")
    return "\n".join(lines)


def counts(report: Any) -> str:
    """Say what counts as found and as false, what the oracle is, and how much chance is in a share."""
    done = statistics.median(report.strengths[strengths()[0]].done.values())
    part = f"one in {len(kinds_done())} of the {MOST_FALSE:g} false flags allowed"
    chance = f"{2 * (0.5 / done) ** 0.5:.2f}"
    return f"""What counts. A deed is a cell (unit, indicator, year) whose reported months differ from the honest ones
by more than a step of rounding (a low target: its target; one file for several months: its files). A flag that names a
month of that year has found it. A flag of the deed's own kind has found it too at a cell that the same deed touches:
the unit a series was copied from, the year a month was copied from, the spring months that took what was moved, the
year after a changed past, the later years of a wider definition, the year whose target followed a wrong figure. A flag
of another kind there counts neither way; any flag on any other cell is false. False flags per honest unit-year are
counted where nothing was done to the unit in that year.

Could be found at most: the same count for a test that is told the honest level, season, growth and noise of every
figure, how deeds are drawn and how often honest shocks happen, and flags the cells with the largest likelihood ratio,
each kind having {part}.
No office knows that much. What this test misses is nobody's to find within that share (a check that spends more may
find more); what it finds and a check does not is lost by the check, or by having to learn from three years what the
test is told. A share rests on about {done:.0f} deeds, most of them of few units: differences below {chance} may be
chance."""
