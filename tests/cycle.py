"""A month that is under way, for tests of the desks: townships, lead departments, windows, figures, own reports."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from baton.assessment.actions.months import open_month
from baton.assessment.actions.schemes import adopt_scheme
from baton.assessment.choices import BatchKind, FigureSource
from baton.assessment.models import Batch, Figure, Month, Submission, Window
from baton.core import clock
from baton.core.acting import SYSTEM
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import to_yaml
from baton.org.models import Unit
from people import make_unit

PERIOD = "2026-09"
DEPARTMENTS = {
    "D06": "县委组织部",
    "D21": "县发展和改革局",
    "D26": "县农业农村局",
    "D46": "县信访局",
}
LONG = "国家税务总局云渡县税务局第一税务分局（办税服务厅）"


def on(day: date, hour: int = 9) -> None:
    """Let the house live on a day; tests restore the settings by pytest-django's fixture `settings`."""
    moment = timezone.make_aware(datetime.combine(day, time(hour)))
    settings.CLOCK_OFFSET = moment - timezone.now()


def in_october(number: int) -> date:
    """Give a day of the month in which September is reported."""
    return date(2026, 10, number)


@dataclass
class Cycle:
    """The month and its units by code."""

    month: Month
    units: dict[str, Unit] = field(default_factory=dict)

    def window(self, stage: str, code: str) -> Window:
        """Give the plain window of a unit."""
        return Window.objects.get(month=self.month, stage=stage, unit=self.units[code], release=None)

    def figure(self, code: str, series: str = "M01", value: str = "39450", **given: Any) -> Figure:
        """Report a figure about a unit."""
        by = given.pop("reporter", "D21")
        batch = Batch.objects.create(kind=BatchKind.GRID, month=self.month, unit=self.units[by], at=clock.now())
        fields = {"figure": "actual", "period": PERIOD, "source": FigureSource.TYPED}
        return Figure.objects.create(unit=self.units[code], series=series, value=value, batch=batch, **(fields | given))

    def own(self, code: str, value: str, state: str = "verifier", series: str = "M05") -> Submission:
        """Put a unit's own report to whoever has it in a state."""
        found = Submission.objects.get(month=self.month, unit=self.units[code], series=series)
        found.values, found.state = {f"actual:{PERIOD}": value}, state
        found.save()
        return found


def make_scheme(townships: int, public_ranges: bool = False) -> Scheme:
    """Make a scheme: one figure that the lead department reports, one that needs evidence, one that units report."""
    units = [{"code": f"T{n:02d}", "name": _township(n), "group": "TA"} for n in range(1, townships + 1)]
    units += [{"code": code, "name": name, "group": "DA"} for code, name in DEPARTMENTS.items()]
    common = {"parent": "S", "rule": {"kind": "completion"}, "frequency": "month", "target": {"value": 41000}}
    return Scheme.model_validate(
        {
            "code": "S2026",
            "name": "云渡县2026年度考核方案",
            "effective_from": "2026-01-01",
            "ranking": {"intervals_in_public": public_ranges},
            "groups": [
                {"code": "TA", "name": "乡镇A组（城镇工业类）", "root": "Y"},
                {"code": "DA", "name": "县直综合组", "root": "Y"},
            ],
            "units": units,
            "nodes": [
                {"code": "Y", "name": "年度"},
                {"code": "S", "name": "月度得分", "parent": "Y", "frequency": "month"},
            ],
            "tasks": [{"code": "Z1", "name": "工业立县", "kind": "main_line"}],
            "indicators": [
                common | given | {"code": code, "name": name, "hooks": ["Z1"]}
                for code, name, given in (
                    (
                        "M01",
                        "固定资产投资（不含农户）序时完成率",
                        {
                            "points": {"TA": 40},
                            "lead": "D21",
                            "source": "县统计局",
                            "unit": "万元",
                            "definition": "年初至本月累计完成投资÷序时计划",
                        },
                    ),
                    (
                        "M09",
                        "信访事项按期办结率",
                        {"points": {"*": 30}, "lead": "D46", "unit": "件", "evidence": "required"},
                    ),
                    (
                        "M05",
                        "新增高标准农田",
                        {"points": {"*": 30}, "lead": "D26", "reviewer": "D06", "reporter": "unit", "unit": "亩"},
                    ),
                )
            ],
        }
    )


def _township(number: int) -> str:
    return LONG if number == 1 else f"柳林驿{number}镇"


def make_cycle(townships: int = 3, day: int = 9, public_ranges: bool = False) -> Cycle:
    """Open September 2026 and stop on a day of October: reported to the 5th, verified to the 8th, then checked."""
    on(in_october(1))
    scheme = make_scheme(townships, public_ranges)
    units = {one.code: make_unit(one.code, one.name, order=number) for number, one in enumerate(scheme.units)}
    adopt_scheme(by=SYSTEM, text=to_yaml(scheme))
    month = open_month(by=SYSTEM, period=PERIOD)
    on(in_october(day))
    return Cycle(month, units)


MINUTE = timedelta(minutes=1)
