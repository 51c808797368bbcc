"""Every call of the API against its own description: data made up from it, right and wrong, in a month of a county."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from baton.assessment.actions.scores import score_month
from baton.assessment.choices import RunKind
from baton.core.acting import SYSTEM
from baton.core.actions.tokens import issue_token
from baton.core.chain import verify_chain
from baton.core.choices import Scope
from county import make_county

SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
SCHEMA.config.generation.update(modes=list(GenerationMode), allow_extra_parameters=False)
EXAMPLES = settings(
    max_examples=15,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""The same examples each time, few enough for every run."""


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Keep the test's connection, as Django's own client does: a server closes its own after each request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def key(db: None, settings: Any) -> str:
    """The key of the office's head, in the small county with September scored and checked."""
    county = make_county(settings)
    county.month()
    county.fill()
    county.on(date(2026, 10, 9))
    score_month(by=SYSTEM, period="2026-09", kind=RunKind.TRIAL)
    return issue_token(by=SYSTEM, user=county.people["chief"], name="核查", scopes=Scope)[1]


@SCHEMA.parametrize()
@EXAMPLES
def test_a_call_answers_as_described(case: schemathesis.Case, key: str) -> None:
    # What fits the description may still be refused by the month's state: 422 with the house's problems.
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, excluded_checks=[positive_data_acceptance])
    assert verify_chain()[1] is None
