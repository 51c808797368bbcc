"""The county's worked sums, put into the year: T04's June and annual figures, the shares of D15, and the edge cases."""

from collections.abc import Mapping
from decimal import Decimal

from baton.example.figures.ledger import YEAR, Figures, Ledger, month

# Group A in the order of the sums: T01 T02 T04 T06 T07 T09 T11 T12.
GROUP_A = {
    ("IVA", month(6), "actual"): "7.2 9.8 8.1 6.4 7.9 5.3 8.8 4.1",
    ("TAX", str(YEAR), "growth"): "8.2 9.1 9.6 6.0 7.0 6.5 5.7 3.1",
    ("RET", str(YEAR), "actual"): "7.6 8.0 6.3 6.1 6.4 6.6 5.4 4.4",
    ("VCE", str(YEAR), "actual"): "10.4 16.0 12.3 11.2 13.0 9.8 8.7 6.0",
    ("MIN", str(YEAR), "actual"): "12.0 14.2 13.1 11.4 12.6 10.7 10.1 8.9",
    ("ENV", month(6), "rater1"): "90.5 91.2 89.6 86.0 88.4 87.3 85.1 80.2",
    ("ENV", month(6), "rater2"): "90.1 91.4 86.3 85.0 88.2 87.7 84.8 81.0",
    ("ENV", month(6), "rater3"): "89.9 92.3 91.5 86.2 88.0 87.1 85.6 79.4",
}
JUNE: Mapping[str, Figures] = {
    "INV": {"actual": 39_450},
    "FDI": {"actual": 19_260},
    "MST": {"actual": 8, "target": 9},
    "ARB": {"actual": 296, "target": 312},
    "MON": {"actual": "97.4"},
    "WQ": {"actual": 1},
    "PET": {"numerator": 23, "denominator": 23},
    "HAZ": {"actual": "96.5"},
    "HOT": {"on_time": 96, "solved": 90, "content": 92},
    "SUP": {"actual": 11, "target": 12},
}
ANNUAL: Mapping[str, Figures] = {
    "INV": {"target": 82_000},
    "FDI": {"target": 36_000},
    "TAX": {"actual": 5_612, "target": 5_480},
    "ENT": {"actual": 4, "target": 3},
    "GRN": {"area": 24_950, "area_target": 25_000, "output": 10_120, "output_target": 10_000},
    "LND": {"new_case": 1, "unrectified": 0},
    "UPR": {"actual": "88.6", "upper_full": 100},
    "POL": {"actual": "91.2", "upper_full": 100},
    "PEA": {"actual": "94.5", "upper_full": 100},
    "DTH": {"actual": 0, "target": 1},
    "INS": {"actual": "94.2"},
    "JOB": {"actual": 685, "target": 640},
    "BLD": {"actual": 2},
    "TAL": {"actual": 17, "target": 18},
    "TRN": {"actual": 42, "target": 42},
    "STY": {"notice": 1, "criticism": 0, "bad_rating_unfixed": 0},
    "D_A": {"优秀": 20, "良好": 10, "一般": 2, "较差": 0},
    "D_B": {"优秀": 41, "良好": 22, "一般": 5, "较差": 1},
    "D_C": {"优秀": 53, "良好": 19, "一般": 4, "较差": 2, "due": 110},
}
LISTS = {"PPL": "1 1 0.5 1", "PTY": "1 1 1 1 1 1 1 1 1 0.5", "IDE": "1 1 1 1", "LAW": "1 1 1 1 1 0.5"}
# The sum that shows how points of excluded indicators are shared out: 89.390244 of 100 in April.
SHARED_OUT: Mapping[str, Figures] = {
    "HOT": {"on_time": 95, "solved": 91, "content": 92},
    "SUP": {"actual": 11, "target": 12},
    "TASK": {"item1": 1, "item2": 1, "item3": 1, "item4": 1, "item5": "0.5"},
    "SAN": {"actual": "13.2"},
}
EDGES: tuple[tuple[str, str, str, Figures], ...] = (
    ("T17", "INV", month(2), {"actual": 0}),  # stands for 55 % of the plan, see `put_worked`
    ("D21", "HOT", month(3), {"on_time": 95, "solved": 95, "content": 95}),
    ("D22", "HOT", month(3), {"on_time": 95, "solved": 95, "content": "94.995"}),
    ("P03", "SOE", str(YEAR), {"actual": "101.5"}),
    ("P02", "TPM", str(YEAR), {"actual": 14}),
    ("T13", "DTH", str(YEAR), {"actual": 1, "target": 0}),
    ("T14", "DTH", str(YEAR), {"actual": 0, "target": 0}),
)


def put_worked(ledger: Ledger) -> None:
    """Replace drawn figures by those of the worked sums (§6.1, §6.2, §6.4 and §6.5 of the county's page)."""
    for (series, period, figure), values in GROUP_A.items():
        for unit, value in zip(ledger.group("TA"), values.split(), strict=True):
            ledger.put(unit, series, period, {figure: value})
    for series, figures in JUNE.items():
        ledger.put("T04", series, month(6), figures)
    for series, figures in ANNUAL.items():
        ledger.put("T04", series, str(YEAR), figures)
    for series, values in LISTS.items():
        ledger.drop("T04", series, str(YEAR))
        ledger.put("T04", series, str(YEAR), {f"item{n}": value for n, value in enumerate(values.split(), 1)})
    _run_up(ledger, "INV", 82_000, 39_450, 81_426)
    _run_up(ledger, "FDI", 36_000, 19_260, 37_150)
    for series, figures in SHARED_OUT.items():
        ledger.put("D15", series, month(4), figures)
    _limit_of_d15(ledger)
    for unit, series, period, figures in EDGES:
        ledger.put(unit, series, period, figures)
    plan = ledger.get("T17", "INV", "target", str(YEAR))
    ledger.put("T17", "INV", month(2), {"actual": round(plan / 6 * Decimal("0.55"))})


def _run_up(ledger: Ledger, series: str, plan: int, june: int, december: int) -> None:
    """T04's other months: in a straight line to June and on to December."""
    for m in range(1, 13):
        if ("T04", series, "actual", month(m)) in ledger.figures:
            part = june * m / 6 if m <= 6 else june + (december - june) * (m - 6) / 6
            ledger.put("T04", series, month(m), {"actual": round(part)})
    ledger.put("T04", series, str(YEAR), {"target": plan})


def _limit_of_d15(ledger: Ledger) -> None:
    """Set a limit of 36, so that 13.2 in April is 110 % of what was allowed; later months grow on from there."""
    for m in range(1, 13):
        spent = Decimal("13.2") * m / 4 if m <= 4 else Decimal("13.2") + Decimal("2.7") * (m - 4)
        ledger.put("D15", "SAN", month(m), {"actual": f"{spent:.1f}"})
    ledger.put("D15", "SAN", str(YEAR), {"target": 36})
