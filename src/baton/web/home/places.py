"""Where each thing to do is done, in one click."""

from collections.abc import Callable, Mapping

from django.urls import NoReverseMatch, reverse

from baton.assessment.queries.inbox import Do, ToDo

type Codes = Mapping[int, str]
"""Codes of units by their numbers."""


def _first(*ways: tuple[str, list[object]]) -> str:
    """Give the first address that is there: a room that is not built has none."""
    for name, given in ways:
        try:
            return reverse(name, args=given)
        except NoReverseMatch:
            continue
    return ""


_PLACES: Mapping[Do, Callable[[ToDo, Codes], str]] = {
    Do.REPORT: lambda one, codes: _first(("report-grid", [one.period, codes[one.unit_number]])),
    Do.OWN_REPORT: lambda one, _: _first(("report-own", [one.number])),
    Do.CHECK: lambda one, codes: _first(("check-sheet", [one.period, codes[one.unit_number]])),
    Do.CONTEST: lambda one, _: _first(("contest-answer", [one.number])),
    Do.CLAIM: lambda one, _: _first(("ledger-entry", [one.number])),
    Do.REPLY: lambda one, _: _first(("ledger-entry", [one.number])),
    Do.TASK: lambda one, _: _first(("task", [one.number])),
    Do.TRACKED: lambda one, _: _first(("tracked-item", [one.number]), ("tracking", [])),
    Do.ANNOUNCE: lambda one, _: _first(("ledger-entry", [one.number])),
    Do.CONFIRM: lambda one, _: _first(("ledger-entry", [one.number])),
    Do.RELEASE: lambda one, _: _first(("release", [one.period, one.number])),
    Do.SCORE: lambda one, _: _first(("office-month", [one.period])),
    Do.PUBLISH: lambda one, _: _first(("publish", [one.period])),
    Do.CORRECTION: lambda one, _: _first(("correction", [one.number])),
    Do.SCHEME_COMMENT: lambda one, _: _first(("workshop-comments", [one.number])),
    Do.SCHEME_ANSWER: lambda one, _: _first(("workshop-comments", [one.number])),
    Do.SCHEME_TARGETS: lambda one, _: _first(("workshop-own", [one.number])),
    Do.SCHEME_PUBLISH: lambda one, _: _first(("workshop-decide", [one.number])),
    Do.TARGET_PROPOSE: lambda one, _: _first(("targets-sheet", [])),
    Do.TARGET_ANSWER: lambda one, _: _first(("targets", [])) + "?turn=mine",
    Do.TARGET_FIX: lambda one, _: _first(("targets-ready", [])),
    Do.TARGET_ADJUST: lambda one, _: _first(("target-adjustments", [])) + "?state=open",
    Do.REISSUE: lambda one, _: _first(("office-month", [one.period])),
    Do.ANNUAL_DECIDE: lambda one, _: _first(("year-decide", [one.period])),
    Do.ANNUAL_ANNOUNCE: lambda one, _: _first(("year-publicity", [one.period])),
    Do.ANNUAL_PUBLISH: lambda one, _: _first(("year-publish", [one.period])),
    Do.TALLY: lambda one, _: _first(("year-tally", [one.period, one.number])),
    Do.ANNUAL_REISSUE: lambda one, _: _first(("year", [one.period])),
    Do.ANNUAL_LOOK: lambda one, _: _first(("year-results", [one.period])),
    Do.OBJECTION_SIGN: lambda one, _: _first(("objection", [one.number])),
    Do.OBJECTION_ASSIGN: lambda one, _: _first(("objection", [one.number])),
    Do.OBJECTION_OPINION: lambda one, _: _first(("objection", [one.number])),
    Do.OBJECTION_DECIDE: lambda one, _: _first(("objection", [one.number])),
    Do.OBJECTION_CARRY: lambda one, _: _first(("objection", [one.number])),
    Do.PLAN_ITEM: lambda one, _: _first(("plan-item", [one.number])),
    Do.SPECIAL_REPORT: lambda one, codes: _first(("special-grid", [one.number, codes[one.unit_number]])),
    Do.SPECIAL_RETURNED: lambda one, codes: _first(("special-grid", [one.number, codes[one.unit_number]])),
    Do.SPECIAL_VERIFY: lambda one, _: _first(("special-verify", [one.number])),
    Do.SPECIAL_CHECK: lambda one, codes: _first(("special-check", [one.number, codes[one.unit_number]])),
    Do.SPECIAL_CONTEST: lambda one, codes: _first(("special-check", [one.number, codes[one.unit_number]])),
    Do.CONSEQUENCE: lambda one, _: _first(("tracked-item", [one.number]), ("tracking", [])),
}


def place_of(one: ToDo, codes: Codes) -> str:
    """Give the address of the page where a thing is done; empty where its room is not there."""
    return _PLACES[one.do](one, codes)
