"""COINr's example index from the raw figures on: every stage, scores and ranks (COINr 1.1.14, `coinr/c00_example`)."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from math import log
from pathlib import Path
from typing import Any

import pytest

from baton.engine.exact.sheet import exact_sheet
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import from_yaml
from baton.engine.score import score
from baton.engine.treatment import Treated, moments, treated_panel

pytestmark = pytest.mark.published
CODES = ["Index", "Conn", "Sust", "Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin"]
MILLIONTHS = {"Goods", "Services", "FDI", "PRemit", "Pat", "CultServ", "CultGood", "Bord"} | {
    *("StMob", "Tourist", "MigStock", "Flights", "NGOs")
}
type Table = Mapping[tuple[str, str], float]


def table(path: Path, key: str = "uCode") -> Table:
    """Numbers of a table by row and heading; what is empty is not there."""
    found = {}
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for name, text in row.items():
                try:
                    found[row[key], name] = float(text)
                except ValueError:
                    continue
    return found


@pytest.fixture(scope="module")
def coinr(shared_data: Path) -> Path:
    return shared_data / "coinr"


@pytest.fixture(scope="module")
def index(files: Path) -> Scheme:
    path = files / "coinr.yaml"
    return from_yaml(path.read_text("utf-8"), path.name)[0]


@pytest.fixture(scope="module")
def panel(coinr: Path, index: Scheme) -> Panel:
    """The raw figures, at the 12 decimals the engine takes."""
    codes = {indicator.code for indicator in index.indicators}
    with (coinr / "input" / "asem_iData.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return Panel.of(
        Observation(row["uCode"], code, "actual", "2018", Decimal(row[code]).quantize(Decimal("1e-12")))
        for row in rows
        for code in codes
        if row[code] not in ("", "NA")
    )


@pytest.fixture(scope="module")
def treated(index: Scheme, panel: Panel) -> Treated:
    """The base case."""
    return treated_panel(index, panel)


def changed(index: Scheme, *steps: dict[str, Any]) -> Scheme:
    """The same index with another treatment after its partition and denominators."""
    first = [step for step in index.treatment if step.kind in ("partition", "denominate")]
    data = index.model_dump() | {"treatment": [*(step.model_dump() for step in first), *steps]}
    return Scheme.model_validate(data)


def natural(treated: Treated, known: Mapping[tuple[int, int, int], int]) -> dict[tuple[str, str], float]:
    """Values by unit and indicator as COINr has them: small quotients are ours in millionths."""
    found = {}
    for (u, key, _), whole in known.items():
        leaf = treated.plan.by_key[key]
        code = leaf.indicator.code
        times = 10**6 if code in MILLIONTHS else 1
        found[treated.plan.units[u].code, code] = whole / (times * 10**leaf.decimals)
    return found


def same(ours: Table, published: Table, within: float = 1e-9) -> None:
    """Hold every number of ours against the published one, and see that no other is published."""
    codes = {code for _, code in ours}
    assert {key for key in published if key[1] in codes} == ours.keys()
    wrong = {key: (x, published[key]) for key, x in ours.items() if abs(x - published[key]) > within * max(1, abs(x))}
    assert not wrong


GROUP_MEAN = {"kind": "impute", "method": "group_mean", "partition": "EurAsia"}


def test_every_stage_before_scoring_is_the_published_one(coinr: Path, treated: Treated) -> None:
    base = coinr / "c00_example"
    same(natural(treated, treated.denominated), table(base / "dset_Denominated.csv"))
    same(natural(treated, treated.imputed), table(base / "dset_Imputed.csv"))
    same(natural(treated, treated.screened), table(base / "dset_Screened.csv"))
    same(natural(treated, treated.values), table(base / "dset_Treated.csv"))


def test_the_screen_counts_as_published(coinr: Path, treated: Treated) -> None:
    summary = table(coinr / "c00_example" / "screen_summary.csv")
    for one in treated.availability:
        assert one.kept
        assert float(one.available or 0) == pytest.approx(summary[one.unit, "Dat_Avail"], abs=1e-12)
        assert float(one.nonzero or 0) == pytest.approx(summary[one.unit, "Non_Zero"], abs=1e-12)


def details(treated: Treated, published: Table) -> None:
    """Hold skewness, kurtosis and points of every indicator against a table of treatment details."""
    for one in treated.tested:
        stages = (one.found.before, one.found.winsorised, one.found.after)
        for number, stage in enumerate(stages):
            for name in ("skewness", "kurtosis"):
                key = one.indicator, f"check_SkewKurt{number}.{name[:4].capitalize()}"
                told = published.get(key)
                assert (stage is None) == (told is None), key
                if stage is not None and told is not None:
                    assert getattr(stage, name) == pytest.approx(told, rel=1e-7, abs=1e-8), key
        assert one.found.points == published.get((one.indicator, "winsorise.nwin"), 0)


def test_the_details_of_the_treatment_are_the_published_ones(coinr: Path, treated: Treated) -> None:
    details(treated, table(coinr / "c00_example" / "treat_details.csv", "iCode"))


def test_skewness_and_kurtosis_are_the_published_ones(coinr: Path, treated: Treated) -> None:
    published = table(coinr / "c40_treat" / "skew_kurt_screened.csv", "iCode")
    for code in {code for code, _ in published}:
        keys = [leaf.key for leaf in treated.plan.leaves if leaf.indicator.code == code]
        found = moments([x for spot, x in treated.screened.items() if spot[1] in keys])
        assert found.skewness == pytest.approx(published[code, "skew"], rel=1e-9)
        assert found.kurtosis == pytest.approx(published[code, "kurt"], rel=1e-9)


@pytest.mark.parametrize(
    ("step", "name"),
    [
        ({"method": "mean"}, "i_mean"),
        ({"method": "median"}, "i_median"),
        ({"method": "group_median", "partition": "EurAsia"}, "i_median_grp_EurAsia"),
        ({"method": "row_mean"}, "row_mean_all"),
        ({"method": "row_mean", "within": "node"}, "row_mean_by_pillar"),
    ],
)
def test_imputations(coinr: Path, index: Scheme, panel: Panel, step: dict[str, Any], name: str) -> None:
    treated = treated_panel(changed(index, {"kind": "impute", **step}), panel)
    same(natural(treated, treated.imputed), table(coinr / "c30_impute" / f"{name}.csv"))


def test_imputation_by_another_partition(coinr: Path, index: Scheme, panel: Panel) -> None:
    parts: dict[str, list[str]] = {}
    with (coinr / "c00_example" / "unit_meta.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            parts.setdefault(row["GDP_group"], []).append(row["uCode"])
    first = {"kind": "partition", "code": "GDP_group", "parts": parts}
    scheme = changed(index, {"kind": "impute", "method": "group_mean", "partition": "GDP_group"})
    steps = [first, *(step.model_dump() for step in scheme.treatment)]
    treated = treated_panel(Scheme.model_validate(scheme.model_dump() | {"treatment": steps}), panel)
    same(natural(treated, treated.imputed), table(coinr / "c30_impute" / "i_mean_grp_GDP.csv"))


@pytest.mark.parametrize(
    ("step", "name"),
    [
        ({"winsorise_at_most": None}, "nolimit"),
        ({"skewness": 1, "kurtosis": 2, "winsorise_at_most": 3}, "skew1_kurt2_winmax3"),
        ({"winsorise_at_most": 1}, "winmax1_logCT"),
        ({"winsorise_at_most": 1, "combine": True}, "winmax1_logCT_combined"),
        ({"winsorise_at_most": 2, "transform": "log_ct_plus"}, "winmax2_logCTplus"),
    ],
)
def test_treatments(coinr: Path, index: Scheme, panel: Panel, step: dict[str, Any], name: str) -> None:
    treated = treated_panel(changed(index, GROUP_MEAN, {"kind": "outliers", **step}), panel)
    logs = {one.indicator: one for one in treated.tested if one.found.transform}
    assert logs or name == "nolimit"
    values = natural(treated, treated.values)
    for (unit, code), value in values.items():
        if code in logs and code in MILLIONTHS:
            # ln(10^6 y) = ln y + ln 10^6; the millionths were taken before the logarithm.
            up = step.get("transform") != "log_ct_plus" or (logs[code].found.before.skewness or 0) > 0
            values[unit, code] = value * 10**6 - log(10**6) * (1 if up else -1)
    same(values, table(coinr / "c40_treat" / f"{name}.csv"))
    details(treated, table(coinr / "c40_treat" / f"{name}_details.csv", "iCode"))


def without_millionths(index: Scheme, *steps: dict[str, Any]) -> Scheme:
    """Quotients as they are: ln(x + 1) and powers do not go with another unit of measure."""
    scheme = changed(index, *steps)
    plain = [{**step.model_dump(), **({"scale": 1} if step.kind == "denominate" else {})} for step in scheme.treatment]
    return Scheme.model_validate(scheme.model_dump() | {"treatment": plain})


def as_it_is(treated: Treated) -> dict[tuple[str, str], float]:
    """Values by unit and indicator."""
    units, leaves = treated.plan.units, treated.plan.by_key
    return {
        (units[u].code, leaves[key].indicator.code): whole / 10 ** leaves[key].decimals
        for (u, key, _), whole in treated.values.items()
    }


def test_the_original_logarithm(coinr: Path, index: Scheme, panel: Panel) -> None:
    step = {"kind": "outliers", "winsorise_at_most": 2, "transform": "log_ct_orig"}
    treated = treated_panel(without_millionths(index, GROUP_MEAN, step), panel)
    same(as_it_is(treated), table(coinr / "c40_treat" / "winmax2_logCTorig.csv"))


def test_box_cox_of_everything(coinr: Path, index: Scheme, panel: Panel) -> None:
    # A skewness below 0 and a kurtosis below -10 pass nothing, so that every indicator is transformed.
    never = {"skewness": 0, "kurtosis": -10, "winsorise_at_most": 0}
    step = {"kind": "outliers", "transform": "boxcox", "power": "0.5", **never}
    treated = treated_panel(without_millionths(index, GROUP_MEAN, step), panel)
    same(as_it_is(treated), table(coinr / "c40_treat" / "boxcox_0.5.csv"))


@pytest.fixture(scope="module")
def results(scored: Callable[..., Path]) -> Path:
    return scored("coinr", "coinr/input/asem_iData.csv", "--year", "2018")


def test_scores_at_all_three_levels_are_the_published_ones(results: Path, matched: Any) -> None:
    said, columns = matched(results, "coinr/c00_example/results_full_scores.csv", "coinr.scores")
    assert said.code == 0, said.out
    assert {name: column["fit"] for (_, name), column in columns.items()} == dict.fromkeys(CODES, 51)
    assert all(abs(float(column["largest_difference"])) < 1e-9 for column in columns.values())


def test_ranks_are_the_published_ones(results: Path, matched: Any) -> None:
    said, columns = matched(results, "coinr/c00_example/results_full_ranks.csv", "coinr.ranks")
    assert said.code == 0, said.out
    assert {name: column["fit"] for (_, name), column in columns.items()} == dict.fromkeys(CODES, 51)


def test_duckdb_gives_the_same_result_digest(results: Path, scored: Callable[..., Path]) -> None:
    other = scored("coinr", "coinr/input/asem_iData.csv", "--year", "2018", "--engine", "duckdb")
    digests = [json.loads((folder / "provenance.json").read_text("utf-8"))["digest"] for folder in (results, other)]
    assert digests[0] == digests[1]


def with_rule(scheme: Scheme, rule: Mapping[str, Any], full: int, combine: str) -> Scheme:
    """The same tree with another normalisation and another mean."""
    data = scheme.model_dump()
    data["indicators"] = [one | {"rule": rule, "full": full} for one in data["indicators"]]
    data["nodes"] = [one | {"combine": {"kind": combine}, "full": full} for one in data["nodes"]]
    return Scheme.model_validate(data)


def nodes_of(scheme: Scheme, panel: Panel) -> Iterator[tuple[tuple[str, str], float]]:
    sheet = score(scheme, panel)
    assert sheet.digest == exact_sheet(scheme, panel).digest
    for row in sheet.nodes.iter_rows(named=True):
        if row["node"] in CODES and row["score"] is not None:
            yield (row["unit"], row["node"]), row["score"] / 10**scheme.decimals


def test_without_imputation_weights_go_to_what_is_there(coinr: Path, index: Scheme, panel: Panel) -> None:
    scheme = changed(index, {"kind": "outliers", "winsorise_at_most": 5})
    same(dict(nodes_of(scheme, panel)), table(coinr / "c22_no_impute" / "dset_Aggregated.csv"), within=2e-9)


def test_geometric_means_of_min_max_from_1_to_100(coinr: Path, index: Scheme, panel: Panel) -> None:
    scheme = with_rule(index, {"kind": "min_max", "offset": "0.01", "span": "0.99"}, 100, "geometric")
    same(dict(nodes_of(scheme, panel)), table(coinr / "c01_minmax1_100_gmean" / "dset_Aggregated.csv"), within=2e-9)


def test_arithmetic_means_of_z_scores(coinr: Path, index: Scheme, panel: Panel) -> None:
    scheme = with_rule(index, {"kind": "z_score"}, 1, "arithmetic")
    same(dict(nodes_of(scheme, panel)), table(coinr / "c02_zscore_amean" / "dset_Aggregated.csv"), within=2e-9)
