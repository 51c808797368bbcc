"""Who is assessed by what: the list of units and the question about one unit say the same, on made schemes."""

from hypothesis import given
from tests.strategies import schemes

from baton.engine.scheme.structure.index import Index


@given(schemes())
def test_the_units_listed_are_those_that_are_assessed_one_by_one(scheme):
    index = Index(scheme)
    for indicator in scheme.indicators:
        asked = [unit for unit in scheme.units if index.carried_by(indicator, unit)]
        assert index.carrying(indicator) == asked
