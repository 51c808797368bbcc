"""Options of every rule kind, as the tables a scheme file would hold."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

type Options = dict[str, Any]
type Draw = Callable[[st.SearchStrategy[Any]], Any]

SHARE = st.sampled_from(["0", "0.05", "0.1", "0.25", "0.333333", "0.6", "0.8", "1"])
POSITIVE = st.sampled_from(["0.02", "0.05", "0.1", "0.5", "1", "1.2"])
FLOOR = st.sampled_from(["0", "0.1", "0.5"])
CAP = st.sampled_from(["1", "1.2", None])
LINE = st.sampled_from(["0", "1", "20", "50", "98", "100", "33.3"])
TIES = st.sampled_from(["competition", "dense", "mean"])
MEASURED = st.sampled_from(["share", "points"])
VOTES = ["best", "good", "fair", "poor"]


def _optional(**options: st.SearchStrategy[Any]) -> st.SearchStrategy[Options]:
    """Each option is given or left to its default."""
    return st.fixed_dictionaries({}, optional=options)


def _always(**options: st.SearchStrategy[Any]) -> st.SearchStrategy[Options]:
    return st.fixed_dictionaries(options)


def _both(one: st.SearchStrategy[Options], other: st.SearchStrategy[Options]) -> st.SearchStrategy[Options]:
    return st.builds(lambda a, b: a | b, one, other)


def _ends(a: str, b: str) -> st.SearchStrategy[Options]:
    """None, one or both ends fixed."""
    return st.sampled_from([{}, {a: "90"}, {b: "5"}, {a: "90", b: "5"}])


@st.composite
def _table(draw: Draw) -> Options:
    edges = sorted(
        draw(st.lists(st.sampled_from([0, 1, 10, 50, 85, 90, 95, 100]), min_size=1, max_size=4, unique=True))
    )
    shares = [draw(SHARE) for _ in edges]
    return {"edges": [str(edge) for edge in edges], "shares": shares} | draw(
        _optional(closed=st.sampled_from(["left", "right"]), below=SHARE)
    )


@st.composite
def _lines(draw: Draw) -> Options:
    xs = sorted(draw(st.lists(st.sampled_from([0, 1, 10, 50, 90, 100, 103]), min_size=2, max_size=4, unique=True)))
    points = [[str(x), draw(SHARE)] for x in xs]
    jump = draw(st.booleans())
    return {"points": [*points, [points[-1][0], "1"]] if jump else points, "clamp": jump or draw(st.booleans())}


@st.composite
def _places(draw: Draw) -> Options:
    rows, start = [], 1
    for _ in range(draw(st.integers(1, 3))):
        end = start + draw(st.integers(0, 2))
        rows.append({"from": start, "to": end, "share": draw(SHARE)})
        start = end + 1
    if draw(st.booleans()):
        rows[-1]["to"] = None
    return {"table": rows}


@st.composite
def _rank_points(draw: Draw) -> Options:
    if draw(st.booleans()):
        options = {"step": draw(POSITIVE), "floor": draw(FLOOR), "ties": draw(TIES)}
        raters = draw(st.sampled_from([1, 1, 3]))
        return options | {"raters": raters} | ({} if raters > 1 else {"measured_in": draw(MEASURED)})
    options = {"table": ["1", "0.9", "0.8"][: draw(st.integers(1, 3))], "otherwise": draw(SHARE)}
    if draw(st.booleans()):
        options |= {
            "bottom_table": ["-0.1", "-0.05"],
            "floor": None,
            "ties": draw(st.sampled_from(["competition", "mean"])),
        }
    return options


@st.composite
def _checklist(draw: Draw) -> Options:
    if draw(st.booleans()):
        return {"items": "by_unit"}
    items = draw(st.integers(1, 4))
    weights = [draw(st.sampled_from(["1", "2", "0.5"])) for _ in range(items)] if draw(st.booleans()) else []
    return {
        "items": items,
        "weights": weights,
        "levels": draw(st.sampled_from([["0", "0.5", "1"], ["0", "1", "2"], ["1"]])),
    }


@st.composite
def _ballot_rate(draw: Draw) -> Options:
    options: Options = {
        "best": "best",
        "options": VOTES,
        "bands": [{"at_least": "0.9", "share": "1"}, {"at_least": "0.6", "share": "0.85"}],
    }
    if draw(st.booleans()):
        options["adverse"] = {
            "options": ["fair", "poor"],
            "limit": draw(st.sampled_from(["1/3", "0.25", "0.5"])),
            "below_share": "0.8",
            "otherwise_share": draw(SHARE),
        }
    return options | draw(_optional(minimum_valid=st.sampled_from([1, 20])))


@st.composite
def _efficacy(draw: Draw) -> Options:
    options = draw(_optional(base=st.sampled_from(["0.6", "0.4", "1"]), all_equal=SHARE, floor=FLOOR, cap=CAP))
    return options | draw(_ends("best", "worst"))


_BALLOT = _both(
    st.just({"options": {"best": "100", "good": "80", "fair": "60", "poor": "40"}}),
    _optional(minimum_valid=st.sampled_from([1, 20]), minimum_turnout=st.sampled_from(["0.5", "1"])),
)

RULES: dict[str, st.SearchStrategy[Options]] = {
    "completion": _optional(floor=FLOOR, cap=CAP),
    "control": _optional(floor=FLOOR, cap=CAP),
    "attain": _optional(line=LINE),
    "time_progress": _both(
        _always(step=st.sampled_from(["0.025", "0.01", "5"])),
        _optional(ahead_step=st.sampled_from(["0", "0.01"]), floor=FLOOR, cap=st.sampled_from(["full", "1.2", None])),
    ),
    "efficacy_linear": _efficacy(),
    "efficacy_exponential": _efficacy(),
    "min_max": _both(_optional(offset=SHARE, span=POSITIVE, all_equal=SHARE, clip=st.booleans()), _ends("high", "low")),
    "ratio_to_best": _optional(best=st.sampled_from(["50", "100"]), floor=FLOOR, cap=CAP, all_zero=SHARE),
    "rank_points": _rank_points(),
    "rank_table": _places(),
    "threshold_deduct": _both(
        _always(line=LINE, step=POSITIVE),
        _optional(per=POSITIVE, whole_steps=st.sampled_from([False, True, "up"]), floor=FLOOR, measured_in=MEASURED),
    ),
    "per_case_deduct": _both(
        _always(cases=st.sampled_from([{"late": "0.1"}, {"late": "0.1", "wrong": "0.25"}])),
        _optional(floor=FLOOR, measured_in=MEASURED),
    ),
    "checklist": _checklist(),
    "growth": _both(
        _always(step=POSITIVE),
        _optional(
            base=SHARE,
            reference=st.sampled_from(["group_mean", "5"]),
            floor=FLOOR,
            cap=st.sampled_from(["full", "1.2", None]),
        ),
    ),
    "ballot": _BALLOT,
    "ballot_rate": _ballot_rate(),
    "bands": _table(),
    "piecewise_linear": _lines(),
    "goalposts": st.sampled_from(
        [
            {"low": "0", "high": "100"},
            {"low": "5", "high": "90", "log": True},
            {"low": "5", "high": "90", "clip": False},
        ]
    ),
    "z_score": _optional(mean=SHARE, deviation=POSITIVE, sample=st.booleans(), all_equal=SHARE, floor=FLOOR, cap=CAP),
    "distance_to_best": _both(_optional(floor=FLOOR, cap=CAP, all_equal=SHARE), _ends("best", "worst")),
    "rank_scale": _optional(
        form=st.sampled_from(["percentile", "borda"]), ties=st.sampled_from(["competition", "mean"])
    ),
    "exponential_rank": _optional(ties=TIES),
    "conversion": _optional(full=st.sampled_from(["100", "120"])),
    "level_table": st.sampled_from(
        [{"levels": {"好": "1", "较好": "0.85", "一般": "0.6", "较差": "0"}}, {"levels": {"是": "1"}}]
    ),
}


@st.composite
def _composite(draw: Draw) -> Options:
    shares = draw(st.sampled_from([["0.6", "0.4"], ["0.5", "0.3", "0.2"], ["1"]]))
    parts = []
    for number, share in enumerate(shares, 1):
        kind = draw(st.sampled_from(["completion", "growth", "efficacy_linear", "threshold_deduct", "attain", "bands"]))
        figures = draw(st.sampled_from([{}, {"actual": f"actual{number}"}]))
        rule = {"kind": kind} | draw(RULES[kind])
        parts.append(
            {"code": f"p{number}", "name": f"第{number}部分", "share": share, "rule": rule, "figures": figures}
        )
    return {"parts": parts}


RULES["composite"] = _composite()


@st.composite
def rules(draw: Draw, kinds: tuple[str, ...] = tuple(RULES)) -> Options:
    """Make a rule of one of these kinds, as the table a scheme file would hold."""
    kind = draw(st.sampled_from(kinds))
    return {"kind": kind} | draw(RULES[kind])
