"""Rules, sums and flags of a leaf in the words of the catalogue."""

from baton.engine.explain import LeafExplanation
from baton.engine.explain.kinds import Setting, told
from baton.engine.flags import Happened
from baton.engine.plan import Leaf
from baton.reports.results import Results
from baton.reports.results.handled import flag_word

_FLAG = "engine.flag_"


def rule_lines(results: Results, leaf: Leaf) -> list[str]:
    """Say a leaf's rule, a sentence each."""
    lines = told(leaf.rule, Setting(leaf.points, leaf.sign, {**leaf.indicator.figures}))
    return [line.text(results.language) for line in lines]


def rule_in_words(results: Results, leaf: Leaf) -> str:
    """Say a leaf's rule in one text."""
    return results.run_on(rule_lines(results, leaf))


def hand_check(results: Results, leaf: LeafExplanation) -> str:
    """Write the sum to do by hand; empty where the points came about otherwise."""
    if not leaf.check:
        return ""
    return results.say("reports.hand_check", sum=results.joined([line.text(results.language) for line in leaf.check]))


def flags_of(leaf: LeafExplanation) -> Happened:
    """Give the flags of a leaf."""
    found = Happened.NOTHING
    for line in leaf.flags:
        found |= Happened[line.code.removeprefix(_FLAG).upper()]
    return found


def flags_in_short(results: Results, leaf: LeafExplanation) -> str | None:
    """Give the short words of what happened to a leaf; None where nothing did."""
    return results.say("reports.words_joined_by").join(flag_word(results, flag) for flag in flags_of(leaf)) or None
