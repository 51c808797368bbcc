"""The fourth part: what a reader should look at, as counts of facts; nothing here judges anybody."""

from collections import Counter
from collections.abc import Iterator

from baton.documents.content import Block, Paragraph
from baton.reports.results import Results, by_indicator

_NO_PLACE = ("engine.quota_full", "engine.pool_too_small", "engine.tie_at_boundary")
_VETO = ("engine.veto_cap", "engine.grade_dropped")


def striking(results: Results) -> Iterator[Block]:
    """Give a paragraph per kind of fact that occurs."""
    reasons = [{code for code, _ in one.reasons} for one in results.sheet.standings]
    counts = {
        "reports.striking_no_place": sum(any(code in found for code in _NO_PLACE) for found in reasons),
        "reports.striking_veto": sum(any(code in found for code in _VETO) for found in reasons),
        "reports.striking_moved_up": sum("engine.moved_up" in found for found in reasons),
    }
    for code, units in counts.items():
        if units:
            yield Paragraph(results.say(code, units=units))
    yield from _equal(results)
    yield from _capped(results)
    yield from _undivided(results)


def _equal(results: Results) -> Iterator[Block]:
    totals = Counter((one.group, one.compared) for one in results.sheet.standings if one.compared is not None)
    ranks = Counter((one.group, one.rank) for one in results.sheet.standings if one.rank is not None)
    equal = sum(units for units in totals.values() if units > 1)
    shared = sum(units for units in ranks.values() if units > 1)
    if equal:
        yield Paragraph(results.say("reports.striking_equal", units=equal, shared=shared))


def _capped(results: Results) -> Iterator[Block]:
    for reason, code in (
        ("engine.total_cap", "reports.striking_total_cap"),
        ("engine.same_matter", "reports.striking_same_matter"),
    ):
        found = [one for one in results.sheet.adjustments if one.reason == reason]
        if found:
            yield Paragraph(results.say(code, cases=len(found), units=len({one.unit for one in found})))


def _undivided(results: Results) -> Iterator[Block]:
    """Name the indicators on which every unit of a group got everything: they cannot tell units apart."""
    full = [
        key
        for key, got in by_indicator(results).items()
        if got.full and got.points == got.full and not results.indicators[key[1]].units and got.times > 1
    ]
    if full:
        names = dict.fromkeys(f"{code} {results.indicators[code].name}" for _, code in full)
        listed = results.say("reports.words_joined_by").join(sorted(names))
        counts = {"indicators": len(names), "groups": len({group for group, _ in full})}
        yield Paragraph(results.say("reports.striking_undivided", names=listed, **counts))
