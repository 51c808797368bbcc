"""What units of the example answer where their work lags: most say why and what they do, some are silent."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from baton.assessment.actions.tracking import answer_item
from baton.assessment.choices import ItemState
from baton.assessment.models import TrackedItem
from baton.core import clock
from baton.example.running.staff import Staff

_ANSWERS: Final = (
    ("两个入库项目因用地手续未办结推迟开工", "镇长每周调度，用地报件月底前补齐；倒排工期，下月集中开工"),
    ("签约项目资金受企业年度预算影响到位偏慢", "逐户对接，签订分期到位承诺；另新增两个在谈项目"),
    ("汛期停工，实物工作量减少", "增加作业面，晴天抢工；按周报进度"),
)
_SILENT_ONE_IN: Final = 3


def answer_what_lags(staff: Mapping[int, Staff]) -> None:
    """Let the heads of units answer open items that nobody has answered; every third is left as it is."""
    waiting = TrackedItem.objects.filter(state=ItemState.OPEN, cause="").order_by("pk")
    for item in waiting:
        if item.pk % _SILENT_ONE_IN == 0 or item.unit_id not in staff:
            continue
        cause, measures = _ANSWERS[item.pk % len(_ANSWERS)]
        until = clock.today() + timedelta(days=60)
        answer_item(by=staff[item.unit_id].head, item=item.pk, cause=cause, measures=measures, new_date=until)
