"""Annual figures of townships, departments and parks."""

from collections.abc import Callable

from baton.example.figures.draw import Draw
from baton.example.figures.ledger import YEAR, Figures, Ledger

NO_ORDER_FROM_ABOVE = frozenset({"D14", "D16", "D18", "D59", "D60"})
"""Departments whose line of work no higher office assesses (Y27): they get the mean of their group."""
NO_LIVELIHOOD_PROJECT = frozenset({"D21", "D22", "D24", "D27", "D33", "D34", "D38", "D40", "D42", "D43", "D45", "D57"})
"""Departments without a livelihood project of the county (Y16)."""
TOO_FEW_ANSWERS = frozenset({"D27", "D33", "D38", "D42", "D43", "D57", "D59"})
"""Departments with fewer than 30 firms in the survey (Y28)."""
NOT_SAMPLED = frozenset({"T06", "T11", "T05", "T14", "T15", "T17"})
"""Townships the city did not assess this year (Y12)."""
NO_PROPOSALS = frozenset({"D11", "D14", "D42", "D43", "D50"})
"""Units without a proposal of deputies to answer (Y29)."""


def make_annual(ledger: Ledger) -> None:
    """Write all annual series but individual goals and ballots."""
    for series, maker in MAKERS.items():
        for unit in ledger.carriers(series):
            if unit not in WITHOUT.get(series, ()):
                figures = maker(ledger.draw(unit, series), ledger.quality[unit], ledger.units[unit].group or "")
                ledger.put(unit, series, str(YEAR), figures)


def tax(draw: Draw, quality: float, group: str) -> Figures:
    """Y02: tax paid in and planned (万元), and growth on the same base (%)."""
    plan = 20 * draw.whole(*{"TA": (180, 420), "TB": (20, 90)}.get(group, (300, 1_500)))
    return {
        "actual": round(plan * (0.96 + 0.022 * quality + 0.02 * draw.bell())),
        "target": plan,
        "growth": draw.normal(6.4 + 1.5 * quality, 1.6, -8, 20, 1),
    }


def enterprises(draw: Draw, quality: float, group: str) -> Figures:
    """Y03: enterprises above the statistical threshold, planned and gained."""
    plan = draw.whole(*{"TA": (2, 5), "TB": (0, 2)}.get(group, (1, 8)))
    return {"actual": max(0, plan + draw.one_of((-1, 0, 1), (2 - 0.5 * quality, 5, 3 + quality))), "target": plan}


def percent(mean: float, step: float, spread: float, high: float = 100.0) -> Callable[[Draw, float, str], Figures]:
    """Give a maker of one percentage or mark with one decimal place."""

    def make(draw: Draw, quality: float, group: str) -> Figures:
        return {"actual": draw.normal(mean + step * quality, spread, -20, high, 1)}

    return make


def converted(mean: float, step: float, spread: float, full: int) -> Callable[[Draw, float, str], Figures]:
    """Give a maker of a result from above with its full mark."""

    def make(draw: Draw, quality: float, group: str) -> Figures:
        share = full / 100
        return {"actual": draw.normal(share * (mean + step * quality), share * spread, 0, full, 1), "upper_full": full}

    return make


def checklist(items: int, mean: float, step: float) -> Callable[[Draw, float, str], Figures]:
    """Give a maker of a list whose items are done, done in part or not done."""

    def make(draw: Draw, quality: float, group: str) -> Figures:
        done = min(0.98, mean + step * quality)
        weights = (done, 0.9 * (1 - done), 0.1 * (1 - done))
        return {f"item{n}": draw.one_of((1, 0.5, 0), weights) for n in range(1, items + 1)}

    return make


def livelihood(draw: Draw, quality: float, group: str) -> Figures:
    """Y16: a unit's own two to six livelihood projects."""
    return checklist(draw.whole(2, 6), 0.70, 0.08)(draw, quality, group)


def energy(draw: Draw, quality: float, group: str) -> Figures:
    """Y07: energy for each 万元 of value added against its limit, in tons of standard coal."""
    limit = draw.normal(0.52, 0.05, 0.3, 0.8, 3)
    return {"actual": draw.normal(float(limit) * (0.985 - 0.015 * quality), 0.006, 0.2, 1, 3), "target": limit}


def grain(draw: Draw, quality: float, group: str) -> Figures:
    """Y09: sown area in mu and harvest in tons, planned and reached."""
    area = 100 * draw.whole(90, 420)
    output = round(area * 0.41)
    return {
        "area": round(area * (0.985 + 0.005 * quality + 0.004 * draw.bell())),
        "area_target": area,
        "output": round(output * (0.97 + 0.01 * quality + 0.01 * draw.bell())),
        "output_target": output,
    }


def land(draw: Draw, quality: float, group: str) -> Figures:
    """Y10: new cases of land taken without right, and cases not put right in time."""
    new = draw.successes(3, max(0.04, 0.2 - 0.08 * quality))
    return {"new_case": new, "unrectified": draw.successes(new, 0.12)}


def deaths(draw: Draw, quality: float, group: str) -> Figures:
    """Y15: deaths in accidents at work, and the number not to be exceeded (mostly zero)."""
    limit = draw.one_of((0, 1, 2), {"TA": (1, 4, 3), "TB": (5, 3, 1)}.get(group, (8, 2, 1)))
    return {"actual": draw.successes(limit, 0.15), "target": limit}


def jobs(draw: Draw, quality: float, group: str) -> Figures:
    """Y18: new jobs in towns, planned and reached."""
    plan = 10 * draw.whole(*{"TA": (35, 90), "TB": (6, 28)}.get(group, (15, 120)))
    return {"actual": round(plan * (0.965 + 0.03 * quality + 0.03 * draw.bell())), "target": plan}


def building(draw: Draw, quality: float, group: str) -> Figures:
    """Y20: the level given for party building, as its place in the list from the best."""
    level = 2.1 - 0.5 * quality + 0.4 * draw.bell()
    return {"actual": 1 if level < 1.5 else 2 if level < 2.7 else 3 if level < 4.4 else 4}


def in_time(mean: float, step: float, low: int, high: int) -> Callable[[Draw, float, str], Figures]:
    """Give a maker of what was due and what was done in time."""

    def make(draw: Draw, quality: float, group: str) -> Figures:
        due = draw.whole(low, high)
        return {"actual": draw.successes(due, min(0.995, mean + step * quality)), "target": due}

    return make


def style(draw: Draw, quality: float, group: str) -> Figures:
    """Y25: written reminders, public criticism, bad ratings not answered in time."""
    slip = max(0.02, 0.26 - 0.08 * quality)
    cases = {"notice": draw.successes(2, slip), "criticism": draw.successes(1, slip / 3)}
    return cases | {"bad_rating_unfixed": draw.successes(3, slip / 2)}


def order(draw: Draw, quality: float, group: str) -> Figures:
    """Y27: the county's place among nine in a line of work."""
    return {"actual": min(9, max(1, round(4.6 - 1.2 * quality + 1.6 * draw.bell())))}


def proposals(draw: Draw, quality: float, group: str) -> Figures:
    """Y29: proposals of deputies answered, and those whose authors were satisfied."""
    due = draw.whole(6, 40)
    return {"numerator": draw.successes(due, min(0.995, 0.945 + 0.014 * quality)), "denominator": due}


MAKERS: dict[str, Callable[[Draw, float, str], Figures]] = {
    "TAX": tax,
    "ENT": enterprises,
    "RET": percent(6.2, 0.9, 0.9),
    "TPM": percent(13.0, 3.0, 2.0),
    "ENE": energy,
    "VCE": percent(10.5, 2.0, 1.8),
    "GRN": grain,
    "LND": land,
    "MIN": percent(11.0, 1.2, 1.0),
    "UPR": converted(86.0, 2.5, 1.8, 100),
    "POL": converted(88.0, 2.2, 1.5, 100),
    "PEA": converted(89.5, 1.9, 1.4, 100),
    "DTH": deaths,
    "PPL": livelihood,
    "INS": percent(94.1, 0.6, 0.6),
    "JOB": jobs,
    "PTY": checklist(10, 0.76, 0.05),
    "BLD": building,
    "IDE": checklist(4, 0.80, 0.05),
    "LAW": checklist(6, 0.74, 0.06),
    "TAL": in_time(0.88, 0.03, 8, 24),
    "TRN": in_time(0.93, 0.02, 18, 70),
    "STY": style,
    "LIN": order,
    "BIZ": percent(88.0, 2.4, 1.8),
    "CPP": proposals,
    "FIN": percent(86.5, 2.4, 2.0),
    "SOE": percent(101.8, 0.8, 0.6, 120.0),
}
WITHOUT: dict[str, frozenset[str]] = {
    "UPR": NOT_SAMPLED,
    "PPL": NO_LIVELIHOOD_PROJECT,
    "LIN": NO_ORDER_FROM_ABOVE,
    "BIZ": TOO_FEW_ANSWERS,
    "CPP": NO_PROPOSALS,
}
