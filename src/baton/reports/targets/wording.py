"""A flag in words: what is worth checking, why, and what ordinary explanation there may be."""

from decimal import Decimal

from baton.engine.integrity import Flag
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


def in_words(flag: Flag, language: Language) -> dict[str, str]:
    """Give the kind, the reason with its numbers, and the ordinary explanations of a flag."""
    shown = {name: _shown(name, value) for name, value in flag.evidence.items()}
    return {
        "title": text(f"integrity.kind_{flag.kind}", language),
        "reason": text(f"integrity.reason_{flag.kind}", language, **shown),
        "ordinary": text(f"integrity.ordinary_{flag.kind}", language),
    }


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
