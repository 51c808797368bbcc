"""A flag in words: what is worth checking, why, and what ordinary explanation there may be."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from baton.engine.integrity import Flag, FlagKind
from baton.engine.integrity.alarms import FALSE_ALARMS
from baton.words import Language, text

_SHARES = frozenset(
    {
        "above_physical",
        "completion",
        "below_peers",
        "foretold",
        "points_share",
        "rise",
        "physical_rise",
        "share",
        "share_of_peers",
        "share_of_year",
        "share_passed_before",
        "share_reached",
        "spread",
    }
)
"""Numbers of the evidence that are shares of something."""
_DIGITS = 4
_EVEN = (0.8, 1.25)
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def in_words(flag: Flag, language: Language, names: Mapping[str, str] = _NO_NAMES) -> dict[str, str]:
    """Give the kind, the reason with its numbers, the ordinary explanations and the false-alarm rate of a flag.

    `names` of units stand for their codes.
    """
    shown = {name: _shown(name, value) for name, value in flag.evidence.items()}
    if "other" in shown:
        shown["other"] = names.get(shown["other"], shown["other"])
    reason = text(f"integrity.reason_{flag.kind}", language, **shown)
    return {
        "title": text(f"integrity.kind_{flag.kind}", language),
        "reason": reason + _weight(flag, shown, language),
        "ordinary": text(f"integrity.ordinary_{flag.kind}", language),
        "alarm": _alarm(flag.kind, language),
    }


def _weight(flag: Flag, shown: Mapping[str, str], language: Language) -> str:
    """Say where the unit's other indicators made a flag come sooner or later; near one they changed little."""
    weight = flag.evidence.get("unit_weight", 1.0)
    if isinstance(weight, str) or _EVEN[0] < weight < _EVEN[1]:
        return ""
    code = "integrity.weight_raised" if weight > 1 else "integrity.weight_lowered"
    return " " + text(code, language, unit_weight=shown["unit_weight"])


def _alarm(kind: str, language: Language) -> str:
    """Say how often a kind is raised over honest figures; kinds that are counted have no such rate."""
    rate = FALSE_ALARMS.get(FlagKind(kind))
    if rate is None:
        return text("integrity.alarm_counted", language)
    return text("integrity.alarm", language, rate=f"{rate:g}")


def span(flag: Flag) -> str:
    """Write the months of a flag: one, several, or from - to where they follow one another."""
    first, last = flag.months[0], flag.months[-1]
    apart = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7])
    if len(flag.months) == 1:
        return first
    return f"{first}–{last}" if apart == len(flag.months) - 1 else "、".join(flag.months)


def percent(share: float) -> str:
    """Write a share as a percentage with one decimal."""
    return f"{100 * share:.1f}%"


def number(value: float) -> Decimal:
    """Write an estimate with four digits that count; more would be a show of precision."""
    shown = Decimal(f"{value:.{_DIGITS}g}")
    return shown if shown.as_tuple().exponent in (0, "n", "N", "F") else Decimal(format(shown, "f"))


def _shown(name: str, value: float | str) -> str:
    if isinstance(value, str):
        return value if name != "digest" else f"{value[:12]}…" if len(value) > 12 else value
    if name in _SHARES:
        return percent(value)
    return format(number(value), "f")
