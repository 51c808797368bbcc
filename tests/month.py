"""A month with results that the tests of pages share, made without running the engine."""

from datetime import date
from decimal import Decimal

from baton.assessment.choices import FigureSource, Light, MonthState, Movement, RunKind, RunState
from baton.assessment.models import (
    Batch,
    Figure,
    LeafResult,
    Month,
    NodeResult,
    Publication,
    Run,
    SchemeText,
    SchemeVersion,
    UnitResult,
)
from baton.core import clock
from baton.core.models import User
from baton.engine.scheme.digest import digest
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import to_yaml
from baton.org.models import Unit
from people import make_unit

GROUPS = {"TA": "乡镇A组（城镇工业类）", "TB": "乡镇B组（农业生态类）"}
INDICATORS = {"M01": "固定资产投资（不含农户）序时完成率", "M09": "信访事项按期办结率"}


def make_scheme(units: dict[str, str]) -> SchemeVersion:
    """Adopt a scheme of two groups and two indicators for units (code: group)."""
    scheme = Scheme.model_validate(
        {
            "code": "S2026",
            "name": "云渡县2026年度考核方案",
            "effective_from": "2026-01-01",
            "groups": [{"code": code, "name": name, "root": "S"} for code, name in GROUPS.items()],
            "units": [{"code": code, "name": code, "group": group} for code, group in units.items()],
            "nodes": [{"code": "S", "name": "月度得分", "frequency": "month"}],
            "indicators": [
                {
                    "code": code,
                    "name": name,
                    "parent": "S",
                    "points": {"*": 50},
                    "rule": {"kind": "completion"},
                    "unit": "万元",
                    "frequency": "month",
                    "definition": "年初至本月累计完成投资÷序时计划",
                }
                for code, name in INDICATORS.items()
            ],
        }
    )
    version = SchemeVersion.objects.create(
        code=scheme.code,
        name=scheme.name,
        digest=digest(scheme),
        year=2026,
        effective_from=date(2026, 1, 1),
        adopted_at=clock.now(),
    )
    SchemeText.objects.create(version=version, text=to_yaml(scheme))
    return version


def make_units(count: int) -> list[Unit]:
    """Make townships, the first of them with the longest name there is."""
    names = ["国家税务总局云渡县税务局第一税务分局（办税服务厅）", *(f"柳林驿{number}镇" for number in range(1, count))]
    return [make_unit(f"T{number:03d}", name, order=number) for number, name in enumerate(names)]


def make_result(user: User, units: list[Unit], period: str = "2026-09", *, published: bool = True) -> Run:
    """Make a month with a run in which the units follow each other, the last one behind; published or a trial."""
    groups = {unit.code: list(GROUPS)[number % 2] for number, unit in enumerate(units)}
    version = SchemeVersion.objects.first() or make_scheme(groups)
    month = Month.objects.create(
        scheme=version, period=period, state=MonthState.SCORED, opened_at=clock.now(), publish_on=date(2026, 10, 25)
    )
    run = Run.objects.create(
        month=month, kind=RunKind.OFFICIAL, state=RunState.DONE, scheme=version, by=user, begun_at=clock.now()
    )
    results, leaves, nodes = [], [], []
    for number, unit in enumerate(units):
        place, group = number // 2 + 1, groups[unit.code]
        score = Decimal(100) - number * Decimal("0.512345")
        light = Light.GREEN if number < len(units) - 2 else Light.RED
        common = {"run": run, "unit": unit, "group": group}
        results.append(
            UnitResult(
                **common,
                score=score,
                full=100,
                rank=place,
                mean=score - 1,
                mean_rank=place,
                score_before=score + 2,
                rank_before=place + 1,
                movement=Movement.WORSE if light == Light.RED else Movement.USUAL,
                light=light,
            )
        )
        nodes.append(NodeResult(**common, node="S", score=score, full=100, light=light))
        leaves += [
            LeafResult(
                **common,
                indicator=code,
                value="39450",
                target="41000",
                points=score / 2,
                full=50,
                rank=place,
                light=light,
                behind=2 if light == Light.RED else 0,
            )
            for code in INDICATORS
        ]
    for model, rows in ((UnitResult, results), (NodeResult, nodes), (LeafResult, leaves)):
        model.objects.bulk_create(rows)  # type: ignore[attr-defined]
    if published:
        Publication.objects.create(month=month, run=run, issue=1, published_by=user, published_at=clock.now())
    return run


def make_figure(user: User, unit: Unit, **fields: object) -> Figure:
    """Make a figure that came in with a workbook."""
    batch = Batch.objects.create(
        kind="workbook", unit=unit, by=user, at=clock.now(), file_name="2026年09月_县发改局_固定资产投资.xlsx"
    )
    given = {
        "series": "M01",
        "figure": "actual",
        "period": "2026-09",
        "value": "39450",
        "source": FigureSource.WORKBOOK,
    }
    return Figure.objects.create(unit=unit, batch=batch, sheet="填报", cell="C7", **given | fields)
