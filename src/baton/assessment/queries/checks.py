"""What was reported about a unit, as it stands for its check."""

from dataclasses import dataclass

from baton.assessment.models import Check, Figure, Month
from baton.assessment.rules.receipts import digest_of_figures
from baton.core.models import User
from baton.org.models import Unit


@dataclass(frozen=True, slots=True)
class About:
    """The figures of a month about a unit; `seen` is handed to `check_and_sign`. `signed`: the newest receipt.

    `changed`: a figure has changed since that receipt.
    """

    figures: tuple[Figure, ...]
    seen: str
    signed: Check | None

    @property
    def changed(self) -> bool:
        """Whether a further round is due."""
        return self.signed is not None and self.signed.seen != self.seen


def figures_about(user: User, month: Month, unit: Unit) -> About:
    """Give what a person may see of the figures of a month about a unit."""
    rows = Figure.objects.visible_to(user).counting().filter(unit=unit, period=month.period)
    found = tuple(rows.select_related("batch__by", "batch__unit").order_by("series", "figure"))
    seen = digest_of_figures((one.series, one.figure, one.period, one.version, one.value) for one in found)
    signed = Check.objects.visible_to(user).filter(month=month, unit=unit).first()
    return About(found, seen, signed)
