"""Every rule kind in words, and as a calculation that a reader can do again."""

from collections.abc import Callable, Mapping
from typing import Any

from baton.engine.explain.kinds import cases, ends, group, table, target
from baton.engine.explain.kinds.facts import Check, Facts, Setting
from baton.engine.explain.line import Line, shown
from baton.engine.rules import RuleBase

__all__ = ["CHECKS", "WORDS", "Check", "Facts", "Setting", "checked", "told"]

WORDS: Mapping[str, Callable[[Any, Setting], list[Line]]] = {
    "completion": target.completion,
    "control": target.control,
    "attain": target.attain,
    "time_progress": target.time_progress,
    "conversion": target.conversion,
    "efficacy_linear": ends.efficacy_linear,
    "efficacy_exponential": ends.efficacy_exponential,
    "min_max": ends.min_max,
    "distance_to_best": ends.distance_to_best,
    "goalposts": ends.goalposts,
    "ratio_to_best": group.ratio_to_best,
    "z_score": group.z_score,
    "growth": group.growth,
    "rank_points": group.rank_points,
    "rank_scale": group.rank_scale,
    "exponential_rank": group.exponential_rank,
    "bands": table.bands,
    "rank_table": table.rank_table,
    "level_table": table.level_table,
    "piecewise_linear": table.piecewise_linear,
    "checklist": table.checklist,
    "threshold_deduct": cases.threshold_deduct,
    "per_case_deduct": cases.per_case_deduct,
    "ballot": cases.ballot,
    "ballot_rate": cases.ballot_rate,
}
CHECKS: Mapping[str, Callable[[Any, Facts], Check]] = {
    "completion": target.check_completion,
    "control": target.check_control,
    "attain": target.check_attain,
    "time_progress": target.check_time_progress,
    "conversion": target.check_conversion,
    "efficacy_linear": ends.check_efficacy_linear,
    "efficacy_exponential": ends.check_efficacy_exponential,
    "min_max": ends.check_min_max,
    "distance_to_best": ends.check_distance_to_best,
    "goalposts": ends.check_goalposts,
    "ratio_to_best": group.check_ratio_to_best,
    "z_score": group.check_z_score,
    "growth": group.check_growth,
    "rank_points": group.check_rank_points,
    "rank_scale": group.check_rank_scale,
    "exponential_rank": group.check_exponential_rank,
    "bands": table.check_bands,
    "rank_table": table.check_bands,
    "level_table": table.check_level_table,
    "piecewise_linear": table.check_piecewise_linear,
    "checklist": table.check_checklist,
    "threshold_deduct": cases.check_threshold_deduct,
    "per_case_deduct": cases.check_per_case_deduct,
    "ballot": cases.check_ballot,
    "ballot_rate": cases.check_ballot_rate,
}


def told(rule: RuleBase, at: Setting) -> list[Line]:
    """Say a rule in words with its parameters filled in, and between which points it stays.

    A rule whose parts have rules of their own (综合, several raters) is told part by part, so it has no words here.
    """
    if rule.parts():
        return []
    lines = WORDS[kind_of(rule)](rule, at)
    bounds = rule.bounds(at.w)
    if bounds.floor is not None and bounds.cap is not None:
        return [*lines, Line("engine.explain_between", {"floor": shown(bounds.floor), "cap": shown(bounds.cap)})]
    if bounds.floor is not None:
        return [*lines, Line("engine.explain_at_least", {"floor": shown(bounds.floor)})]
    return lines if bounds.cap is None else [*lines, Line("engine.explain_at_most", {"cap": shown(bounds.cap)})]


def checked(rule: RuleBase, facts: Facts) -> Check:
    """Give the calculation of one leaf, before bounds, in numbers."""
    return CHECKS[kind_of(rule)](rule, facts)


def kind_of(rule: RuleBase) -> str:
    """Give the kind of a rule as the scheme writes it."""
    return str(type(rule).model_fields["kind"].default)
