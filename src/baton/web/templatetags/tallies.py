"""How counted sheets are shown: heads, cells of the form, states, and the rule in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import template

from baton.assessment.choices import TallyState
from baton.assessment.queries.annual.votes import VoteLine
from baton.assessment.queries.workshop.lines import rule_lines
from baton.assessment.rules.annual.tally import Voters
from baton.sheets.forms.mark import COUNTS
from baton.web.templatetags.words import page_language
from baton.words import text

register = template.Library()
_TAGS = {
    TallyState.WAITING: "tag-warn",
    TallyState.CONFIRMED: "tag-good",
    TallyState.DECLINED: "tag-bad",
    TallyState.TAKEN_BACK: "tag-plain",
}


@dataclass(frozen=True, slots=True)
class Input:
    """A cell of the form: its name, what it asks for, and what came in another way."""

    name: str
    what: str
    held: str = ""


@register.filter
def tally_words(state: str) -> str:
    """Say how a count stands."""
    return text(f"tallies.state_{state}", page_language())


@register.filter
def tally_tag(state: str) -> str:
    """Give the look of a state."""
    return _TAGS[TallyState(state)]


@register.filter
def heads_of(voters: Voters) -> list[str]:
    """Give the heads of counts and figures, in the order of the columns."""
    counts = [text(f"sheets.count_{one}", page_language()) for one in COUNTS]
    return [*counts, *(one.heading if voters.is_mean else one.name for one in voters.fields)]


@register.filter
def cells_of(line: VoteLine) -> Iterator[Input]:
    """Give the cells in which a unit's sheets are entered, in the order of the heads."""
    names = [*COUNTS, *(one.figure for one in line.voters.fields)]
    for name, what in zip(names, heads_of(line.voters), strict=True):
        held = "" if line.own is not None or name in COUNTS else line.held.get(name, "")
        yield Input(f"{line.unit.code}:{name}", what, held)


@register.filter
def rule_of(voters: Voters) -> list[str]:
    """Say the rule by which the votes count."""
    return [line.text(page_language()) for line in rule_lines(voters.indicator)]
