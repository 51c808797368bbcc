"""Which reports a county gets in a year: who reports what, for which units, in which month."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from baton.engine.panel import Observation
from baton.engine.terms import Frequency
from baton.example.figures import CountyYear
from baton.sheets.forms import Field, fields_of

type Figures = Mapping[tuple[str, str, str], Decimal]
"""Figures by unit, series and figure: what stands in the cells of one report."""
type Known = Mapping[str, Figures]
"""All figures, by period."""
type Fields = tuple[Field, ...]

GROUP_WORDS = {
    "TA": "乡镇A组",
    "TB": "乡镇B组",
    "DQ": "党群综合组",
    "JJ": "经济发展组",
    "MS": "民生执法组",
    "YQ": "园区国企组",
    "ZH": "指挥部",
}
# What is reported together: the subject in file names and titles, and its series.
SUBJECTS = {
    "固定资产投资": ("INV",),
    "规上工业增加值": ("IVA",),
    "招商引资到位资金": ("FDI",),
    "重点项目节点": ("MST",),
    "撂荒地复耕": ("ARB",),
    "防返贫和人居环境": ("MON", "ENV"),
    "地表水断面水质": ("WQ",),
    "信访事项办理": ("PET",),
    "重大事故隐患整改": ("HAZ",),
    "12345热线办理": ("HOT",),
    "督办事项办理": ("SUP",),
    "月度重点任务": ("TASK",),
    "考核数据审核质量": ("DQA",),
    "三公经费": ("SAN",),
    "地方税收": ("TAX",),
    "四上企业": ("ENT",),
    "限上零售额": ("RET",),
    "亩均税收": ("TPM",),
    "单位能耗": ("ENE",),
    "村级集体经济": ("VCE",),
    "粮食生产": ("GRN",),
    "耕地保护": ("LND",),
    "监测对象收入": ("MIN",),
    "乡村振兴实绩": ("UPR",),
    "污染防治考核": ("POL",),
    "平安建设考核": ("PEA",),
    "安全生产控制": ("DTH",),
    "民生实事": ("PPL",),
    "医保参保": ("INS",),
    "城镇就业": ("JOB",),
    "从严治党": ("PTY",),
    "党建述职等次": ("BLD",),
    "宣传思想文化": ("IDE",),
    "法治建设": ("LAW",),
    "人才工作": ("TAL",),
    "调训任务": ("TRN",),
    "效能作风": ("STY",),
    "条线考核位次": ("LIN",),
    "营商环境评价": ("BIZ",),
    "建议提案办理": ("CPP",),
    "支出绩效评价": ("FIN",),
    "国资保值增值": ("SOE",),
    "指挥部项目投资": ("ZINV",),
    "指挥部节点和问题": ("ZMST", "ZISS"),
    "指挥部开工竣工": ("ZSTA",),
    "指挥部要素保障": ("ZFAC",),
    "指挥部安全质量廉洁": ("ZSAF",),
}
OWN_REPORTS = "撂荒地复耕"
"""The one subject that each township reports for itself; everything else comes from a lead department for a group."""
TARGETS = "年度目标"
FINAL = "核定数"
"""Mark in the name of the report that replaces December's provisional investment."""


@dataclass(frozen=True)
class Report:
    """One sheet-to-be: `who` sends figures of a subject for `units`; `mark` stands at the end of the file's name."""

    period: str
    who: str
    subject: str
    group: str
    fields: tuple[Field, ...]
    units: tuple[str, ...]
    figures: Figures
    mark: str = ""
    provisional: bool = False

    @property
    def key(self) -> str:
        """Name the report within its year, for chance of its own."""
        return f"{self.period}:{self.who}:{self.subject}:{self.group}:{self.mark}"


def table_reports(year: CountyYear) -> list[Report]:
    """Give all reports with units in rows, by period and subject."""
    fields, known = tuple(fields_of(year.scheme).values()), _by_period(year.observations)
    found = [report for subject in SUBJECTS for report in _of_subject(year, subject, fields, known)]
    found += _targets(year, fields, known)
    return sorted(found, key=lambda report: (report.period, report.mark, report.who, report.subject))


def _by_period(observations: tuple[Observation, ...]) -> dict[str, dict[tuple[str, str, str], Decimal]]:
    found: dict[str, dict[tuple[str, str, str], Decimal]] = {}
    for one in observations:
        if one.value is not None:
            found.setdefault(one.period, {})[one.unit, one.series, one.figure] = one.value
    return found


def _of_subject(year: CountyYear, subject: str, fields: Fields, known: Known) -> Iterator[Report]:
    asked = [field for field in fields if field.series in SUBJECTS[subject] and not field.target]
    lead = asked[0].lead or ""
    for period, all_figures in known.items():
        figures = {key: value for key, value in all_figures.items() if key[1] in SUBJECTS[subject]}
        here = tuple(field for field in asked if _in(period, field.frequency))
        if not figures or not here:
            continue
        for group, units in _groups(year, here).items():
            own = {key: value for key, value in figures.items() if key[0] in units}
            if subject == OWN_REPORTS:
                yield from (_single(period, unit, subject, here, own) for unit in units)
            elif own:
                yield from _lead_reports(year, Report(period, lead, subject, group, here, units, own))


def _lead_reports(year: CountyYear, report: Report) -> Iterator[Report]:
    """December's investment comes twice: provisional, and settled in February."""
    first = {(o.unit, o.series, o.figure): o.value for o in year.provisional if o.period == report.period}
    provisional = {key: first[key] for key in report.figures if key in first}
    if not provisional:
        yield report
        return
    values = {**report.figures, **{key: value for key, value in provisional.items() if value is not None}}
    parts = (report.period, report.who, report.subject, report.group, report.fields, report.units)
    yield Report(*parts, figures=values, provisional=True)
    yield Report(*parts, figures=report.figures, mark=FINAL)


def _single(period: str, unit: str, subject: str, fields: tuple[Field, ...], figures: Figures) -> Report:
    own = {key: value for key, value in figures.items() if key[0] == unit}
    return Report(period, unit, subject, "", fields, (unit,), own)


def _in(period: str, frequency: Frequency) -> bool:
    """Whether figures of a frequency are reported for a period: `2025-06`, `2025-Q2` or `2025`."""
    grain = Frequency.YEAR if len(period) == 4 else Frequency.QUARTER if "Q" in period else Frequency.MONTH
    return grain is frequency


def _groups(year: CountyYear, fields: tuple[Field, ...]) -> dict[str, tuple[str, ...]]:
    """Give the units that carry the fields, by group, in the scheme's order."""
    carried = {unit for field in fields for unit in field.units}
    found: dict[str, tuple[str, ...]] = {}
    for unit in year.scheme.units:
        if unit.group and unit.code in carried:
            found[unit.group] = (*found.get(unit.group, ()), unit.code)
    return found


def _targets(year: CountyYear, fields: Fields, known: Known) -> Iterator[Report]:
    """Give the targets of the year for what is reported every month."""
    targets = tuple(field for field in fields if field.target)
    for group, units in _groups(year, targets).items():
        here = tuple(field for field in targets if set(field.units) & set(units))
        names = {(field.series, field.figure) for field in here}
        own = {key: value for key, value in known[str(year.year)].items() if key[0] in units and key[1:] in names}
        yield Report(str(year.year), "D06", TARGETS, group, here, units, own)
