"""The schemes that tests make are valid, varied, and survive being written and read."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.scheme.small import SMALL
from tests.strategies import RULES, observations, schemes

from baton.engine.panel import Observation
from baton.engine.rules import KINDS
from baton.engine.scheme.digest import digest
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure import check
from baton.engine.scheme.text import from_yaml, to_yaml

RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def test_every_kind_of_rule_is_made() -> None:
    assert set(RULES) == {kind.model_fields["kind"].default for kind in KINDS}


@RELAXED
@given(schemes())
def test_a_made_scheme_can_be_computed(scheme: Scheme) -> None:
    assert check(scheme) == ()


@RELAXED
@given(schemes())
def test_yaml_loses_nothing(scheme: Scheme) -> None:
    text = to_yaml(scheme)
    (again,) = from_yaml(text, "made.yaml")
    assert again == scheme
    assert digest(again) == digest(scheme)
    assert to_yaml(again) == text


@RELAXED
@given(schemes().flatmap(observations))
def test_a_made_panel_reports_no_figure_twice(found: list[Observation]) -> None:
    keys = [(one.unit, one.series, one.figure, one.period) for one in found]
    assert len(keys) == len(set(keys))


@RELAXED
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    scheme = from_yaml(SMALL, "")[0].model_copy(update={"note": text})
    assert from_yaml(to_yaml(scheme), "")[0].note == text
