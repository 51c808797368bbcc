"""Events that make no sense are refused, all at once, with place and words."""

import pytest

from baton.engine.adjust.check import check
from baton.engine.scheme.adjustments import Event
from baton.words import Refused, render


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ({"unit": "T99", "item": "B1", "level": "省级"}, "engine.event_unknown_unit"),
        ({"unit": "OLD", "item": "B1", "level": "省级"}, "engine.event_unit_not_assessed"),
        ({"item": "B99"}, "engine.event_unknown_item"),
        ({"item": "V1", "on": "2024-12-31"}, "engine.event_outside_dates"),
        ({"item": "V1", "on": "2026-01-01"}, "engine.event_outside_dates"),
        ({"item": "B1", "level": "县级"}, "engine.event_unknown_level"),
        ({"item": "B1"}, "engine.event_unknown_level"),
        ({"item": "B2"}, "engine.event_quantity_missing"),
        ({"item": "K2", "quantity": -1}, "engine.event_quantity_negative"),
        ({"item": "B6"}, "engine.event_points_missing"),
        ({"item": "B6", "points": "0.7"}, "engine.event_points_not_allowed"),
        ({"item": "V3"}, "engine.event_indicator_missing"),
        ({"item": "V3", "indicator": "Y99"}, "engine.event_unknown_indicator"),
        ({"item": "V3", "indicator": "Y26"}, "engine.event_indicator_not_carried"),
        ({"item": "Y26", "quantity": 1, "matter": "a"}, "engine.event_indicator_not_carried"),
        ({"item": "Y15", "matter": "a"}, "engine.event_quantity_missing"),
        ({"item": "Y15", "quantity": 1}, "engine.event_matter_missing"),
    ],
)
def test_each_mistake_has_its_code_place_and_words(scheme, event, code) -> None:
    (problem,) = check(scheme, [Event.model_validate({"unit": "T01", **event})])
    assert problem.code == code
    assert problem.place.field == "events[1]"
    for language in ("zh", "en"):
        assert render(problem, language).mend


def test_all_mistakes_are_reported_at_once(settle) -> None:
    with pytest.raises(Refused) as refused:
        settle({"item": "B1", "level": "省级"}, {"item": "B99"}, {"unit": "T99", "item": "B2"})
    assert [(p.code, p.place.field) for p in refused.value.problems] == [
        ("engine.event_unknown_item", "events[2]"),
        ("engine.event_unknown_unit", "events[3]"),
        ("engine.event_quantity_missing", "events[3]"),
    ]


def test_the_first_and_the_last_day_belong_to_the_scheme(scheme) -> None:
    events = [Event.model_validate({"unit": "T01", "item": "V1", "on": day}) for day in ("2025-01-01", "2025-12-31")]
    assert check(scheme, events) == ()
